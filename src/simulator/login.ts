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
  const [scheme = ''] = header.split(' ', 1);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return 'bearer';
    case 'negotiate':
      return 'negotiate';
    default:
      return 'other';
  }
}

/** Whether one request brings a login that its route takes. What an earlier request brought does not count. */
export function isLoggedIn(
  header: string | undefined,
  route: Route | undefined,
  options: LoginOptions,
): boolean {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/u.exec(header ?? '') ?? [];
  switch (route) {
    case 'AdminService_TokenAuth':
      return scheme.toLowerCase() === 'bearer' && value === options.token;
    case 'AdminService':
      return (
        scheme.toLowerCase() === 'negotiate' &&
        (options.trustNegotiate?.(Buffer.from(value, 'base64')) ?? false)
      );
    case undefined:
      // No service is registered for such a path, so nobody asks for a login either.
      return true;
  }
}
