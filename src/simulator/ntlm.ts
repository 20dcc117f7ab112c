import { createHmac, timingSafeEqual } from 'node:crypto';
import { md4 } from './md4.js';

/** An account of the made-up domain that NTLM is good for. */
export interface NtlmAccount {
  readonly user: string;
  readonly password: string;
}

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
/** Unicode, NTLM, extended session security, a target of the kind domain with its details, 56 and 128 bits. */
const FLAGS = 0xa0898205;

/** Which message of the handshake a token is; undefined for one of Kerberos, or of nothing. */
export function ntlmMessageType(token: Buffer): 'negotiate' | 'authenticate' | undefined {
  if (token.length < 16 || !token.subarray(0, 8).equals(SIGNATURE)) {
    return undefined;
  }
  const type = token.readUInt32LE(8);
  return type === 1 ? 'negotiate' : type === 3 ? 'authenticate' : undefined;
}

/** The server's answer to the first message: eight bytes that the client has to work into its proof. */
export function ntlmChallenge(challenge: Buffer, domain: string, computer: string): Buffer {
  const target = utf16(domain);
  const details = Buffer.concat([detail(2, target), detail(1, utf16(computer)), detail(0, Buffer.alloc(0))]);
  const head = Buffer.alloc(56);
  SIGNATURE.copy(head);
  head.writeUInt32LE(2, 8);
  writeField(head, 12, target.length, head.length);
  head.writeUInt32LE(FLAGS, 20);
  challenge.copy(head, 24);
  writeField(head, 40, details.length, head.length + target.length);
  return Buffer.concat([head, target, details]);
}

/** Whether the last message proves (NTLMv2) that its sender knows the password of the account. */
export function ntlmProves(message: Buffer, challenge: Buffer, account: NtlmAccount): boolean {
  const response = readField(message, 20);
  const domain = readField(message, 28)?.toString('utf16le');
  const user = readField(message, 36)?.toString('utf16le');
  if (response === undefined || domain === undefined || user?.toUpperCase() !== account.user.toUpperCase()) {
    return false;
  }
  // 24 bytes are the length of the response of NTLMv1, which proves less.
  if (response.length <= 24) {
    return false;
  }
  const key = hmacMd5(md4(utf16(account.password)), utf16(user.toUpperCase() + domain));
  const proof = hmacMd5(key, Buffer.concat([challenge, response.subarray(16)]));
  return timingSafeEqual(proof, response.subarray(0, 16));
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const hmacMd5 = (key: Buffer, data: Buffer): Buffer => createHmac('md5', key).update(data).digest();

function detail(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** Length, room, and place in the message. */
function writeField(head: Buffer, at: number, length: number, offset: number): void {
  head.writeUInt16LE(length, at);
  head.writeUInt16LE(length, at + 2);
  head.writeUInt32LE(offset, at + 4);
}

function readField(message: Buffer, at: number): Buffer | undefined {
  if (message.length < at + 8) {
    return undefined;
  }
  const [length, offset] = [message.readUInt16LE(at), message.readUInt32LE(at + 4)];
  return offset + length <= message.length ? message.subarray(offset, offset + length) : undefined;
}
