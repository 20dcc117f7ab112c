import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { runChild } from '../child-process.js';
import { examinationConfiguration, readTransferReport } from './curl-configuration.js';
import type { Curl } from './curl-process.js';
import type { HttpRequest } from './http-exchange.js';
import type { ServiceAddress } from './service-address.js';

/** What curl tells about a login that was refused, when it is asked once more and has to talk. */
export interface LoginExamination {
  /** Of the answer to that one request; 0 without an answer. */
  readonly status: number;
  /** What curl sent as the login. `unknown`: it had something, of a kind that is not known here. */
  readonly sent: 'nothing' | 'kerberos' | 'ntlm' | 'unknown';
  /** The schemes that the server asks for, in lower case. */
  readonly offered: readonly string[];
  /** What GSS-API or SSPI said; empty when there was none. */
  readonly words: string;
}

/** The login itself takes milliseconds; a site that hangs must not hold up the error. */
const ANSWER_SECONDS = 15;

/**
 * Repeats the login with one read and lets curl talk, because without that it says nothing of a ticket that is missing
 * (docs/configmgr.md, "curl as the client"). The lines go past and are not kept: a token is in them. Undefined when
 * curl told nothing.
 */
export async function examineLogin(
  curl: Curl,
  address: ServiceAddress,
  cancelled: AbortSignal,
): Promise<LoginExamination | undefined> {
  const answerFile = join(curl.folder, 'login-answer');
  const request: HttpRequest = {
    method: 'GET',
    url: `${address}/wmi/SMS_Identification?$top=1`,
    body: undefined,
    label: 'login',
    effect: 'read',
  };
  const listener = listenToCurl();
  const answerSeconds = Math.min(curl.settings.answerSeconds, ANSWER_SECONDS);
  const end = await runChild({
    executable: curl.executable,
    args: ['-q', '--config', '-'],
    environment: curl.environment,
    folder: curl.folder,
    input: examinationConfiguration({ request, answerFile }, { ...curl.settings, answerSeconds }),
    onLine: listener.record,
    outputBytes: 256 * 1024,
    deadlineMilliseconds: (answerSeconds + curl.settings.connectSeconds) * 1_000,
    cancelled,
  });
  await rm(answerFile, { force: true });
  return end.ended === 'by-itself' ? listener.recorded() : undefined;
}

/** Understands what curl says with `verbose`, line by line. */
export function listenToCurl(): {
  readonly record: (line: string) => void;
  readonly recorded: () => LoginExamination | undefined;
} {
  let status: number | undefined;
  let sent: LoginExamination['sent'] = 'nothing';
  let words = '';
  const offered = new Set<string>();
  return {
    record: (line) => {
      const authorization = /^> Authorization: *(\S+) +(\S+)/i.exec(line);
      if (authorization !== null) sent = kindOfToken(authorization[2] ?? '');
      const scheme = /^< WWW-Authenticate: *([\w-]+)/i.exec(line)?.[1];
      if (scheme !== undefined) offered.add(scheme.toLowerCase());
      const failure = FAILURE.exec(line)?.[1];
      if (failure !== undefined && words === '') words = failure.replace(/[\s.]+$/, '');
      status = readTransferReport(line)?.status ?? status;
    },
    recorded: () => (status === undefined ? undefined : { status, sent, offered: [...offered], words }),
  };
}

/** How curl begins the lines with the words of GSS-API and of SSPI. */
const FAILURE =
  /^\* (?:gss_(?:init_sec_context|import_name)\(\) failed|InitializeSecurityContext failed|AcquireCredentialsHandle failed)[: ]+(.*)$/;

/** SPNEGO begins with this byte; it wraps a Kerberos ticket, or NTLM. */
const SPNEGO = 0x60;

function kindOfToken(base64: string): LoginExamination['sent'] {
  const token = Buffer.from(base64, 'base64');
  if (token.includes('NTLMSSP\0', 0, 'latin1')) return 'ntlm';
  return token[0] === SPNEGO ? 'kerberos' : 'unknown';
}
