import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
/**
 * The curl of the system. On Windows always the one of System32, which uses SSPI and Schannel: the account of the
 * runner and the machine's certificate store. Elsewhere the first on the PATH, whose relative folders are passed
 * over: a workspace must not be able to put a curl of its own in the way.
 */
export function findCurl(environment, platform = process.platform) {
    const candidates = platform === 'win32'
        ? [join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32', 'curl.exe')]
        : (environment['PATH'] ?? '')
            .split(delimiter)
            .filter((folder) => isAbsolute(folder))
            .map((folder) => join(folder, 'curl'));
    return candidates.find(isExecutableFile);
}
function isExecutableFile(path) {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
    }
    catch {
        return false;
    }
}
/**
 * What curl gets of the environment: where a Kerberos ticket is, and what Windows needs to start a process.
 * Everything else stays out, above all CURL_HOME, CURL_CA_BUNDLE, SSL_CERT_FILE, SSLKEYLOGFILE and the proxy
 * variables, each of which would change whom curl trusts or talks to.
 */
const ENVIRONMENT_FOR_CURL = [
    'KRB5CCNAME',
    'KRB5_CONFIG',
    'KRB5_CLIENT_KTNAME',
    'HOME',
    'SystemRoot',
    'SystemDrive',
    'windir',
    'USERPROFILE',
    'USERNAME',
    'USERDOMAIN',
    'USERDNSDOMAIN',
    'LOCALAPPDATA',
    'APPDATA',
];
export function environmentForCurl(environment) {
    const kept = ENVIRONMENT_FOR_CURL.flatMap((name) => {
        const value = environment[name];
        return value === undefined ? [] : [[name, value]];
    });
    // curl's own messages are shown to people and must not depend on the machine's language.
    return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
//# sourceMappingURL=curl-executable.js.map