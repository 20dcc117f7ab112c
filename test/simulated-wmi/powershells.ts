import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';

import { environmentForPowerShell, findPowerShell } from '../../src/provider/wmi/powershell-executable.js';
import { IS_FAST } from '../../tools/fast-tests.js';
import { REPOSITORY } from '../../tools/repository.js';

/**
 * Every PowerShell that this machine has: pwsh on the PATH and, on Windows, the one that is part of it. The first is the
 * one that tests take which do not ask for each. The fast tests start none.
 */
export const POWERSHELLS: readonly string[] = IS_FAST ? [] : powerShellsOfThisMachine();

function powerShellsOfThisMachine(): readonly string[] {
  const ofWindows = process.platform === 'win32' ? findPowerShell(undefined, process.env) : undefined;
  return [findPowerShell('pwsh', process.env), ofWindows].filter((path) => path !== undefined);
}

/** For the option `skip` of a test; tools/run-tests.ts counts these. */
export const WITHOUT_POWERSHELL = POWERSHELLS.length === 0 && whyNoPowerShell();

/** FAIL_WHEN_SKIPPED looks for the word PowerShell, and what the fast tests skip on purpose is no failure. */
function whyNoPowerShell(): string {
  return IS_FAST ? 'not part of npm run test:fast' : 'needs PowerShell (pwsh on the PATH)';
}

const MODULES = join(REPOSITORY, 'test', 'simulated-wmi', 'modules');

/** What a PowerShell gets in a test: what the product gives it, and the module of the simulated site before all others. */
export function environmentOfTest(
  executable: string,
  ofSite: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const environment = environmentForPowerShell(process.env);
  return { ...environment, ...ofSite, PSModulePath: [MODULES, ...ownModules(executable)].join(delimiter) };
}

/** PowerShell puts its own modules first unless the list has them already. */
function ownModules(executable: string): readonly string[] {
  return existsSync(executable) ? [join(dirname(realpathSync(executable)), 'Modules')] : [];
}

/**
 * A file that starts a PowerShell with that environment, to be given as the executable where the product makes the
 * environment itself: in tests of its bundles.
 */
export function makeLauncher(
  folder: string,
  executable: string,
  ofSite: Readonly<Record<string, string>>,
): string {
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
