import { isHostName } from '../host-name.js';

/** Where an administration service answers; ends in `/AdminService` or `/AdminService_TokenAuth`, without a slash. */
export type ServiceAddress = string & { readonly brand: 'ServiceAddress' };

export type LoginKind = 'integrated' | 'token';

const ROUTE = /\/AdminService(?:_TokenAuth)?$/i;

/**
 * Takes the host name of an SMS Provider, or the base URL of its administration service.
 * A host name becomes the route that fits the login (docs/configmgr.md, "Routes to the administration service").
 * Returns undefined for anything else: another scheme than https, a login, a query, another path.
 * What comes before the route is kept: a cloud management gateway has such a path.
 */
export function serviceAddress(smsProvider: string, login: LoginKind): ServiceAddress | undefined {
  if (isHostName(smsProvider)) {
    const route = login === 'token' ? 'AdminService_TokenAuth' : 'AdminService';
    return `https://${smsProvider}/${route}` as ServiceAddress;
  }
  if (!URL.canParse(smsProvider)) return undefined;
  const url = new URL(smsProvider);
  const path = url.pathname.replace(/\/$/, '');
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url.protocol !== 'https:' || !plain || path.includes('//') || !ROUTE.test(path)) return undefined;
  return `https://${url.host}${path}` as ServiceAddress;
}
