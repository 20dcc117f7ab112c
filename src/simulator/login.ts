import type { Route } from './admin-service.js';

export interface LoginOptions {
  readonly token: string;
  readonly trustNegotiate?: (token: Buffer) => boolean;
}

export type AuthorizationKind = 'none' | 'bearer' | 'negotiate' | 'other';

/** The scheme of an Authorization header; what follows it is a secret and is never kept. */
export function authorizationKind(header: string | undefined): AuthorizationKind {
  if (header === undefined) {
    return 'none';
  }
  const { scheme } = readHeader(header);
  return scheme === 'bearer' || scheme === 'negotiate' ? scheme : 'other';
}

/** Undefined: the request may go on. Otherwise what the 401 says in `WWW-Authenticate`. */
export type LoginRefusal = readonly string[] | undefined;

/** Decides about the login of one request. */
export type LoginCheck = (header: string | undefined, route: Route | undefined) => LoginRefusal;

const OFFERED = ['Negotiate'];

/** What an earlier request of the connection brought does not count. */
export function loginCheck(options: LoginOptions): LoginCheck {
  return (header, route) => {
    const { scheme, token, text } = readHeader(header ?? '');
    switch (route) {
      case 'AdminService_TokenAuth':
        return scheme === 'bearer' && text === options.token ? undefined : OFFERED;
      case 'AdminService':
        return scheme === 'negotiate' && options.trustNegotiate?.(token) === true ? undefined : OFFERED;
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
