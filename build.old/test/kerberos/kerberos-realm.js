import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS, PROVIDER_NAME } from './programs.js';
import { freePort, startServer } from './server-process.js';
const REALM = 'CORP.EXAMPLE';
/** The account of the runner. */
export const ACCOUNT = `runner@${REALM}`;
export async function startRealm(context, folder) {
    mkdirSync(folder);
    const port = await freePort();
    const inFolder = (name) => join(folder, name);
    const configuration = inFolder('krb5.conf');
    writeFileSync(configuration, clientConfiguration(port));
    writeFileSync(inFolder('kdc.conf'), kdcConfiguration(folder, port));
    const environment = { KRB5_CONFIG: configuration, KRB5_KDC_PROFILE: inFolder('kdc.conf') };
    const run = (executable, args, input = '') => {
        const { status, stdout, stderr } = spawnSync(executable, [...args], {
            env: environment,
            encoding: 'utf8',
            input,
        });
        if (status !== 0)
            throw new Error(`${executable} ${args.join(' ')}: ${stdout}${stderr}`);
        return stdout;
    };
    const accountKeytab = inFolder('account.keytab');
    const serviceKeytab = inFolder('service.keytab');
    run(PROGRAMS.makeDatabase, ['create', '-s', '-P', 'of no use outside', '-r', REALM]);
    run(PROGRAMS.administer, ['-r', REALM], [
        'addprinc -randkey runner',
        `addprinc -randkey HTTP/${PROVIDER_NAME}`,
        `ktadd -k ${accountKeytab} runner`,
        `ktadd -k ${serviceKeytab} HTTP/${PROVIDER_NAME}`,
        '',
    ].join('\n'));
    const stopKdc = await startServer(context, {
        executable: PROGRAMS.kdc,
        args: ['-n', '-P', inFolder('kdc.pid')],
        environment,
        port,
        log: () => (existsSync(inFolder('kdc.log')) ? readFileSync(inFolder('kdc.log'), 'utf8') : ''),
    });
    const getTicket = (name, lifetime = '1h') => {
        const cache = inFolder(name);
        run(PROGRAMS.getTicket, ['-l', lifetime, '-k', '-t', accountKeytab, '-c', cache, 'runner']);
        return cache;
    };
    return {
        configuration,
        accountKeytab,
        serviceKeytab,
        getTicket,
        getExpiredTicket: async () => {
            const cache = getTicket('expired', '1s');
            // klist goes by the time alone; the KDC allows for some difference of the clocks.
            const isGood = () => spawnSync(PROGRAMS.getServiceTicket, ['-c', cache, `HTTP/${PROVIDER_NAME}`], { env: environment })
                .status === 0;
            while (isGood())
                await new Promise((resolve) => setTimeout(resolve, 50));
            return cache;
        },
        changeServiceKey: () => {
            run(PROGRAMS.administer, ['-r', REALM, 'change_password', '-randkey', `HTTP/${PROVIDER_NAME}`]);
        },
        stopKdc,
    };
}
/** Nothing is asked of a name server, and an expired ticket is expired within a second. */
function clientConfiguration(port) {
    return `[libdefaults]
  default_realm = ${REALM}
  dns_canonicalize_hostname = false
  dns_lookup_kdc = false
  dns_lookup_realm = false
  rdns = false
  clockskew = 1
  udp_preference_limit = 1
[realms]
  ${REALM} = {
    kdc = 127.0.0.1:${port}
  }
[domain_realm]
  .corp.localhost = ${REALM}
`;
}
function kdcConfiguration(folder, port) {
    return `[kdcdefaults]
  kdc_listen = ""
  kdc_tcp_listen = 127.0.0.1:${port}
[realms]
  ${REALM} = {
    database_name = ${folder}/principal
    key_stash_file = ${folder}/stash
    acl_file = ${folder}/acl
    supported_enctypes = aes256-cts:normal
  }
[logging]
  default = FILE:${folder}/kdc.log
  kdc = FILE:${folder}/kdc.log
  admin_server = FILE:${folder}/kdc.log
`;
}
//# sourceMappingURL=kerberos-realm.js.map