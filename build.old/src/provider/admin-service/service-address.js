import { isHostName } from '../host-name.js';
const ROUTE = /\/AdminService(?:_TokenAuth)?$/i;
/**
 * Takes the host name of an SMS Provider, or the base URL of its administration service.
 * A host name becomes the route that fits the login (docs/configmgr.md, "Ways into the administration service").
 * Returns undefined for anything else: another scheme than https, a login, a query, another path.
 * What comes before the route is kept: a cloud management gateway has such a path.
 */
export function serviceAddress(smsProvider, login) {
    if (isHostName(smsProvider)) {
        const route = login === 'token' ? 'AdminService_TokenAuth' : 'AdminService';
        return `https://${smsProvider}/${route}`;
    }
    if (!URL.canParse(smsProvider))
        return undefined;
    const url = new URL(smsProvider);
    const path = url.pathname.replace(/\/$/, '');
    const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
    if (url.protocol !== 'https:' || !plain || path.includes('//') || !ROUTE.test(path))
        return undefined;
    return `https://${url.host}${path}`;
}
//# sourceMappingURL=service-address.js.map