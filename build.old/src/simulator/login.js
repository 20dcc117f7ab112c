/** The scheme of an Authorization header; what follows it is a secret and is never kept. */
export function authorizationKind(header) {
    if (header === undefined) {
        return 'none';
    }
    const { scheme } = readHeader(header);
    return scheme === 'bearer' || scheme === 'negotiate' ? scheme : 'other';
}
const OFFERED = ['Negotiate'];
/** What an earlier request of the connection brought does not count. */
export function loginCheck(options) {
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
function readHeader(header) {
    const [, scheme = '', text = ''] = /^(\S+) +(\S+)$/u.exec(header) ?? [];
    return { scheme: scheme.toLowerCase(), token: Buffer.from(text, 'base64'), text };
}
//# sourceMappingURL=login.js.map