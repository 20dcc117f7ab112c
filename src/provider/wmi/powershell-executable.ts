import { join } from 'node:path';

import { findInSystem32, findOnPath, system32 } from '../executable-finder.js';

const WINDOWS_POWERSHELL = ['WindowsPowerShell', 'v1.0'] as const;

/** The PowerShell to run: the one that was named, or by default that of Windows in System32, and elsewhere pwsh. */
export function findPowerShell(
  named: string | undefined,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (platform !== 'win32') return findOnPath(named ?? 'pwsh', environment);
  if (named !== undefined) return findOnPath(named, environment, ['', '.exe']);
  return findInSystem32(environment, ...WINDOWS_POWERSHELL, 'powershell.exe');
}

/** What PowerShell and WMI need of Windows; the account's own folders, because PowerShell keeps a cache there. */
const ENVIRONMENT_FOR_POWERSHELL = [
  'SystemRoot',
  'SystemDrive',
  'windir',
  'ComSpec',
  'COMPUTERNAME',
  'PROCESSOR_ARCHITECTURE',
  'NUMBER_OF_PROCESSORS',
  'ProgramData',
  'ProgramFiles',
  'USERPROFILE',
  'USERNAME',
  'USERDOMAIN',
  'USERDNSDOMAIN',
  'LOCALAPPDATA',
  'APPDATA',
  'TEMP',
  'TMP',
  'HOME',
];

/**
 * On Windows modules come from the system's own folder alone: an agent that was started from PowerShell 7 hands its
 * PSModulePath down, and an earlier step could have planted a CimCmdlets of its own in any other folder.
 */
export function environmentForPowerShell(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const kept = ENVIRONMENT_FOR_POWERSHELL.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const modules =
    platform === 'win32'
      ? { PSModulePath: join(system32(environment), ...WINDOWS_POWERSHELL, 'Modules') }
      : {};
  return {
    ...Object.fromEntries(kept),
    ...modules,
    // Off, because a pipeline's step sends nothing about itself to anybody.
    POWERSHELL_TELEMETRY_OPTOUT: '1',
    POWERSHELL_UPDATECHECK: 'Off',
  };
}
