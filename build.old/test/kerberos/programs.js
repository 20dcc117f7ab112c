import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findCurl } from '../../src/provider/admin-service/curl-executable.js';
/** Where Debian and Ubuntu put them. */
export const PROGRAMS = {
    kdc: '/usr/sbin/krb5kdc',
    makeDatabase: '/usr/sbin/kdb5_util',
    administer: '/usr/sbin/kadmin.local',
    getTicket: '/usr/bin/kinit',
    getServiceTicket: '/usr/bin/kvno',
    apache: '/usr/sbin/apache2',
};
export const APACHE_MODULES = '/usr/lib/apache2/modules';
/** Known to no name server: curl itself takes every name below `localhost` for this machine. */
export const PROVIDER_NAME = 'cm01.corp.localhost';
/** Why the tests with a real Kerberos cannot run on this machine; undefined when they can. */
function whyNoKerberos() {
    const wanted = [...Object.values(PROGRAMS), `${APACHE_MODULES}/mod_auth_gssapi.so`];
    const missing = wanted.filter((path) => !existsSync(path));
    if (missing.length > 0)
        return `a KDC and Apache of Debian are needed; missing: ${missing.join(', ')}`;
    const curl = findCurl(process.env);
    if (curl === undefined)
        return 'there is no curl';
    if (!spawnSync(curl, ['-q', '--version'], { encoding: 'utf8' }).stdout.includes('GSS-API'))
        return 'this curl was built without GSS-API';
    const noSuchHost = 6;
    if (spawnSync(curl, ['-q', '-s', `https://${PROVIDER_NAME}:1/`]).status === noSuchHost)
        return `this curl cannot resolve ${PROVIDER_NAME}`;
    return undefined;
}
/** For each test that needs a KDC, so that each is counted where there is none. */
export const KERBEROS = { skip: whyNoKerberos() ?? false };
//# sourceMappingURL=programs.js.map