import { chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateFor } from '../loopback-certificate.js';
import { APACHE_MODULES, PROGRAMS, PROVIDER_NAME } from './programs.js';
import { freePort, startServer } from './server-process.js';
/** Apache refuses to run as root, so root starts it as `nobody`. */
const NOBODY = 65_534;
export async function startGate(context, folder, realm, { port: sitePort, certificatePem: siteCertificate }) {
    const user = process.getuid?.() === 0 ? NOBODY : undefined;
    mkdirSync(folder);
    const inFolder = (name) => join(folder, name);
    const port = await freePort();
    const { certificatePem, privateKeyPem } = await certificateFor(PROVIDER_NAME, 'other.corp.localhost', 'localhost');
    writeFileSync(inFolder('certificate.pem'), certificatePem);
    writeFileSync(inFolder('key.pem'), privateKeyPem);
    writeFileSync(inFolder('site.pem'), siteCertificate);
    writeFileSync(inFolder('apache.conf'), configuration(folder, port, sitePort));
    copyFileSync(realm.serviceKeytab, inFolder('service.keytab'));
    if (user !== undefined)
        for (const path of [folder, inFolder('service.keytab')])
            chownSync(path, user, user);
    const textOf = (name) => existsSync(inFolder(name)) ? readFileSync(inFolder(name), 'utf8') : '';
    await startServer(context, {
        executable: PROGRAMS.apache,
        args: ['-f', inFolder('apache.conf'), '-DFOREGROUND'],
        // Without a place of its own the record of tickets that were seen would be in /var/tmp.
        environment: { KRB5_CONFIG: realm.configuration, KRB5RCACHENAME: `file2:${inFolder('replay-cache')}` },
        port,
        log: () => textOf('error.log'),
        ...(user === undefined ? {} : { user }),
    });
    return {
        port,
        certificatePem,
        log: () => textOf('access.log').split('\n').slice(0, -1),
    };
}
function configuration(folder, port, sitePort) {
    const modules = [
        'mpm_event',
        'authn_core',
        'authz_core',
        'authz_user',
        'auth_gssapi',
        'ssl',
        'proxy',
        'proxy_http',
    ];
    return `${modules.map((name) => `LoadModule ${name}_module ${APACHE_MODULES}/mod_${name}.so`).join('\n')}
ServerRoot "${folder}"
ServerName ${PROVIDER_NAME}
Listen 127.0.0.1:${port}
PidFile "${folder}/apache.pid"
DefaultRuntimeDir "${folder}"
ErrorLog "${folder}/error.log"
LogFormat "%>s %u %m %U" request
CustomLog "${folder}/access.log" request
Mutex pthread default
StartServers 1
ThreadsPerChild 16
MaxRequestWorkers 16
LimitRequestLine 16384
LimitRequestFieldSize 16384

SSLEngine on
SSLCertificateFile "${folder}/certificate.pem"
SSLCertificateKeyFile "${folder}/key.pem"
SSLProxyEngine on
SSLProxyVerify require
# No other certificate than that one is taken, and Apache knows none that is for an address.
SSLProxyCheckPeerName off
SSLProxyCACertificateFile "${folder}/site.pem"

AllowEncodedSlashes NoDecode
# The site may close a connection at any time; on one that was used before a request could then be lost.
ProxyPass / https://127.0.0.1:${sitePort}/ nocanon disablereuse=on
<Location />
  AuthType GSSAPI
  AuthName "SMS Provider"
  GssapiCredStore "keytab:${folder}/service.keytab"
  # As the administration service has it: a login counts for one request.
  GssapiConnectionBound Off
  Require valid-user
</Location>
`;
}
//# sourceMappingURL=kerberos-gate.js.map