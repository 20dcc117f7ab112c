import { randomBytes } from 'node:crypto';
import type { Route } from './admin-service.js';
import { ntlmChallenge, ntlmMessageType, ntlmProves, type NtlmAccount } from './ntlm.js';

export interface LoginOptions {
  readonly token: string;
  readonly trustNegotiate?: (token: Buffer) => boolean;
  readonly ntlm?: NtlmAccount;
  readonly keepsNtlmLogin?: boolean;
}

export type AuthorizationKind = 'none' | 'bearer' | 'negotiate' | 'ntlm' | 'other';

/** The first build that takes no NTLM: version 2509. */
const NO_MORE_NTLM = 9141;

/** The scheme of an Authorization header; what follows it is a secret and is never kept. */
export function authorizationKind(header: string | undefined): AuthorizationKind {
  if (header === undefined) {
    return 'none';
  }
  const { scheme, token } = readHeader(header);
  if (scheme === 'ntlm' || (scheme === 'negotiate' && ntlmMessageType(token) !== undefined)) {
    return 'ntlm';
  }
  return scheme === 'bearer' || scheme === 'negotiate' ? scheme : 'other';
}

/** Undefined: the request may go on. Otherwise what the 401 says in `WWW-Authenticate`. */
export type LoginRefusal = readonly string[] | undefined;

/** Decides about the login of one request; `connection` is any object that stays the same for one connection. */
export type LoginCheck = (
  connection: object,
  header: string | undefined,
  route: Route | undefined,
) => LoginRefusal;

/**
 * What an earlier request brought does not count, except within a handshake of NTLM, which belongs to a connection:
 * two requests with an answer 401 in between, of which the second is the one that is done.
 */
export function loginCheck(options: LoginOptions, buildNumber: number, serverName: string): LoginCheck {
  const account = buildNumber < NO_MORE_NTLM ? options.ntlm : undefined;
  const offered = account === undefined ? ['Negotiate'] : ['Negotiate', 'NTLM'];
  const challenges = new WeakMap<object, Buffer>();
  const keptLogins = new WeakSet();

  const checkNtlm = (connection: object, scheme: string, token: Buffer): LoginRefusal => {
    if (account === undefined) {
      return offered;
    }
    if (ntlmMessageType(token) === 'negotiate') {
      const challenge = randomBytes(8);
      challenges.set(connection, challenge);
      const [computer = '', domain = ''] = serverName.toUpperCase().split('.');
      const message = ntlmChallenge(challenge, domain, computer).toString('base64');
      return [`${scheme === 'ntlm' ? 'NTLM' : 'Negotiate'} ${message}`];
    }
    const challenge = challenges.get(connection);
    challenges.delete(connection);
    if (challenge === undefined || !ntlmProves(token, challenge, account)) {
      return offered;
    }
    if (options.keepsNtlmLogin === true) {
      keptLogins.add(connection);
    }
    return undefined;
  };

  return (connection, header, route) => {
    const { scheme, token, text } = readHeader(header ?? '');
    switch (route) {
      case 'AdminService_TokenAuth':
        return scheme === 'bearer' && text === options.token ? undefined : offered;
      case 'AdminService':
        if (options.ntlm !== undefined && authorizationKind(header) === 'ntlm') {
          return checkNtlm(connection, scheme, token);
        }
        if (scheme === 'negotiate') {
          return options.trustNegotiate?.(token) === true ? undefined : offered;
        }
        return header === undefined && keptLogins.has(connection) ? undefined : offered;
      case undefined:
        // No service is registered for such a path, so nobody asks for a login either.
        return undefined;
    }
  };
}

function readHeader(header: string): { scheme: string; token: Buffer; text: string } {
  const [, scheme = '', text = ''] = /^(\S+) +(\S+)$/u.exec(header) ?? [];
  return { scheme: scheme.toLowerCase(), token: Buffer.from(text, 'base64'), text };
}
