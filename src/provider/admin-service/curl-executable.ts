import { findInSystem32, findOnPath } from '../executable-finder.js';

/**
 * The curl of the system. On Windows always the one of System32, which uses SSPI and Schannel: the account of the
 * runner and the machine's certificate store. Elsewhere the first on the PATH.
 */
export function findCurl(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  return platform === 'win32' ? findInSystem32(environment, 'curl.exe') : findOnPath('curl', environment);
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

export function environmentForCurl(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept = ENVIRONMENT_FOR_CURL.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // curl's own messages are shown to people and must not depend on the machine's language.
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
