import { hostname } from 'node:os';
import { WmiError } from './wmi-error.js';
/** This machine, with the provider of the one site on it. */
export function thisMachine(siteCode) {
    return { locations: [{ machine: hostname(), siteCode, isForLocalSite: true }] };
}
/** The host that a session leads to, or the failure of a way that is closed. */
export function hostOfSession(hosts, request) {
    const { computer, protocol, user, password } = request;
    const host = hosts.find(({ name }) => name?.toLowerCase() === computer.toLowerCase());
    if (host === undefined || !(host.open ?? ['Wsman', 'Dcom']).includes(protocol)) {
        throw new WmiError(protocol === 'Wsman' ? '0x80338012' : '0x800706ba');
    }
    const given = user === null ? undefined : { user, password: Buffer.from(password ?? '', 'base64').toString('utf16le') };
    if (given?.user !== host.login?.user || given?.password !== host.login?.password) {
        throw new WmiError('0x80070005');
    }
    return host;
}
export function locationsOf(host) {
    if (host.locations === undefined)
        throw new WmiError('0x8004100e');
    return host.locations.map(({ machine, siteCode, isForLocalSite }) => ({
        class: 'SMS_ProviderLocation',
        namespace: 'root\\sms',
        properties: [
            { name: 'Machine', type: 'String', value: machine },
            { name: 'NamespacePath', type: 'String', value: `\\\\${machine}\\root\\sms\\site_${siteCode}` },
            { name: 'ProviderForLocalSite', type: 'Boolean', value: isForLocalSite },
            { name: 'SiteCode', type: 'String', value: siteCode },
        ],
    }));
}
//# sourceMappingURL=hosts.js.map