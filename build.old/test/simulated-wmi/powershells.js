import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';
import { environmentForPowerShell, findPowerShell } from '../../src/provider/wmi/powershell-executable.js';
import { REPOSITORY } from '../../tools/repository.js';
/**
 * Every PowerShell that this machine has: pwsh on the PATH and, on Windows, the one that is part of it. The first is the
 * one that tests take which do not ask for each.
 */
export const POWERSHELLS = [
    findPowerShell('pwsh', process.env),
    process.platform === 'win32' ? findPowerShell(undefined, process.env) : undefined,
].filter((path) => path !== undefined);
/** For the option `skip` of a test; tools/run-tests.ts counts these. */
export const WITHOUT_POWERSHELL = POWERSHELLS.length === 0 ? 'needs PowerShell (pwsh on the PATH)' : false;
const MODULES = join(REPOSITORY, 'test', 'simulated-wmi', 'modules');
/** What a PowerShell gets in a test: what the product gives it, and the module of the simulated site before all others. */
export function environmentOfTest(executable, ofSite) {
    const environment = environmentForPowerShell(process.env);
    return { ...environment, ...ofSite, PSModulePath: [MODULES, ...ownModules(executable)].join(delimiter) };
}
/** PowerShell puts its own modules first unless the list has them already. */
function ownModules(executable) {
    return existsSync(executable) ? [join(dirname(realpathSync(executable)), 'Modules')] : [];
}
/**
 * A file that starts a PowerShell with that environment, to be given as the executable where the product makes the
 * environment itself: in tests of its bundles.
 */
export function makeLauncher(folder, executable, ofSite) {
    const { PSModulePath } = environmentOfTest(executable, {});
    const variables = Object.entries({ ...ofSite, PSModulePath: PSModulePath ?? '' });
    const isWindows = process.platform === 'win32';
    const path = join(folder, isWindows ? 'launcher.cmd' : 'launcher.sh');
    const lines = isWindows
        ? [...variables.map(([name, value]) => `@set "${name}=${value}"`), `@"${executable}" %*`]
        : [
            '#!/bin/sh',
            ...variables.map(([name, value]) => `export ${name}='${value}'`),
            `exec '${executable}' "$@"`,
        ];
    writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o700 });
    return path;
}
/** The script as it is in the repository. */
export const SCRIPT = join(REPOSITORY, 'src', 'provider', 'wmi', 'sms-provider-batch.ps1');
//# sourceMappingURL=powershells.js.map