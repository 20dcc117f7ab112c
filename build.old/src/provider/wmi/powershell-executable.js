import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
/**
 * The PowerShell to run. By itself that of Windows, in System32, and elsewhere pwsh. One that was named is an absolute
 * path or is looked for on the PATH, whose relative folders are passed over: a workspace must not be able to put a
 * PowerShell of its own in the way.
 */
export function findPowerShell(named, environment, platform = process.platform) {
    return candidates(named, environment, platform).find(isExecutableFile);
}
function candidates(named, environment, platform) {
    if (platform !== 'win32')
        return onThePath(named ?? 'pwsh', environment, ['']);
    if (named !== undefined)
        return onThePath(named, environment, ['', '.exe']);
    return [join(windowsPowerShell(environment), 'powershell.exe')];
}
function onThePath(named, environment, endings) {
    const folders = (environment['PATH'] ?? environment['Path'] ?? '')
        .split(delimiter)
        .filter((folder) => isAbsolute(folder));
    const paths = isAbsolute(named) ? [named] : folders.map((folder) => join(folder, named));
    return paths.flatMap((path) => endings.map((ending) => path + ending));
}
function windowsPowerShell(environment) {
    return join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0');
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
export function environmentForPowerShell(environment, platform = process.platform) {
    const kept = ENVIRONMENT_FOR_POWERSHELL.flatMap((name) => {
        const value = environment[name];
        return value === undefined ? [] : [[name, value]];
    });
    const modules = platform === 'win32' ? { PSModulePath: join(windowsPowerShell(environment), 'Modules') } : {};
    return {
        ...Object.fromEntries(kept),
        ...modules,
        // Off, because a pipeline's step sends nothing about itself to anybody.
        POWERSHELL_TELEMETRY_OPTOUT: '1',
        POWERSHELL_UPDATECHECK: 'Off',
    };
}
//# sourceMappingURL=powershell-executable.js.map