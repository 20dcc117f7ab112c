import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { shown } from './input-errors.js';
import type { LOGIN_INPUTS } from './connection-inputs.js';
import type { Inputs } from './inputs.js';

/** The absolute path of a PEM file with certificates. The file is read only to say at once when it is none. */
export function readCaCertificate(inputs: Inputs<typeof LOGIN_INPUTS>): string | undefined {
  const given = inputs.text('ca-certificate');
  if (given === undefined) return undefined;
  const path = resolve(given);
  const problem = problemWith(path);
  if (problem === undefined) return path;
  return inputs.errors.add(
    'OS109',
    `${inputs.spell('ca-certificate')}: ${shown(path)} ${problem.what}.`,
    problem.next,
  );
}

interface Problem {
  readonly what: string;
  readonly next: string;
}

const WANTED =
  'Give a PEM file: Base-64 text between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----, as "certutil -encode site-ca.cer site-ca.pem" writes it.';
const BEGIN = '-----BEGIN CERTIFICATE-----';
/** Its three bytes as Latin-1. `Set-Content -Encoding utf8` of Windows PowerShell writes them; OpenSSL takes them for a text of that line. */
const UTF8_MARK = '\u00ef\u00bb\u00bf';

function problemWith(path: string): Problem | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return {
      what: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      next: WANTED,
    };
  }
  const encoding = wideEncodingOf(bytes);
  const content = encoding === undefined ? bytes.toString('latin1') : withoutZeros(bytes);
  if (content.includes('PRIVATE KEY')) {
    return {
      what: 'holds a private key',
      next: 'Give a file with the public certificate only; a private key does not belong on a runner.',
    };
  }
  if (encoding !== undefined) {
    return {
      what: `is in ${encoding}, which curl cannot read`,
      next: 'Save it as ASCII or UTF-8, for example Get-Content site-ca.pem | Set-Content -Encoding ascii site-ca-ascii.pem.',
    };
  }
  if (content.startsWith(UTF8_MARK + BEGIN)) {
    return {
      what: 'begins with a byte order mark, for which curl may pass over its first certificate',
      next: 'Save it as ASCII, or as UTF-8 without a byte order mark, for example Get-Content site-ca.pem | Set-Content -Encoding ascii site-ca-ascii.pem.',
    };
  }
  if (content.includes(BEGIN)) return undefined;
  // A certificate in DER is an ASN.1 sequence.
  if (bytes[0] === 0x30) return { what: 'is a binary (DER) certificate and not in PEM form', next: WANTED };
  return { what: 'holds no certificate in PEM form', next: WANTED };
}

/** `>` and `Out-File` of Windows PowerShell write UTF-16; without its mark, every second byte of ASCII is zero. */
function wideEncodingOf(bytes: Buffer): 'UTF-16' | 'UTF-32' | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'UTF-32' : 'UTF-16';
  if (first === 0xfe && second === 0xff) return 'UTF-16';
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'UTF-32';
  const isWide = bytes.includes(Buffer.from(BEGIN, 'utf16le')) || bytes.includes(bigEndian(BEGIN));
  return isWide ? 'UTF-16' : undefined;
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Enough to find ASCII words in a wide encoding of either byte order. */
function withoutZeros(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\u0000', '');
}
