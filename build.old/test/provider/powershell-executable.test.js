import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, suite, test } from 'node:test';
import { environmentForPowerShell, findPowerShell } from '../../src/provider/wmi/powershell-executable.js';
const folder = mkdtempSync(join(tmpdir(), 'executables '));
after(() => {
    rmSync(folder, { recursive: true });
});
/** An empty file that may be run, below the folder of these tests. */
function executable(...path) {
    const file = join(folder, ...path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    return file;
}
suite('the PowerShell that is taken', () => {
    const windows = executable('Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
    const onWindows = { SystemRoot: join(folder, 'Windows'), PATH: join(folder, 'bin') };
    const pwsh = executable('bin', 'pwsh.exe');
    test('on Windows is the one of System32, whatever the PATH', () => {
        executable('bin', 'powershell.exe');
        assert.equal(findPowerShell(undefined, onWindows, 'win32'), windows);
        assert.equal(findPowerShell(undefined, { ...onWindows, SystemRoot: '/nowhere' }, 'win32'), undefined);
    });
    test('may be named, with its ending or without', () => {
        for (const named of ['pwsh', 'pwsh.exe', pwsh])
            assert.equal(findPowerShell(named, onWindows, 'win32'), pwsh);
        assert.equal(findPowerShell('power', onWindows, 'win32'), undefined);
    });
    test('elsewhere is the first pwsh of the PATH that may be run', () => {
        writeFileSync(join(folder, 'pwsh'), 'no program', { mode: 0o644 });
        const found = executable('other', 'pwsh');
        const PATH = [folder, join(folder, 'other')].join(delimiter);
        // Windows knows no such right: there the ending of a name decides.
        if (process.platform !== 'win32')
            assert.equal(findPowerShell(undefined, { PATH }, 'linux'), found);
        assert.equal(findPowerShell(undefined, { PATH: join(folder, 'other') }, 'linux'), found);
    });
    test('is never taken from the current folder or a relative one', () => {
        for (const named of [undefined, 'pwsh'])
            assert.equal(findPowerShell(named, { PATH: ['', '.', 'bin', ''].join(delimiter) }, 'linux'), undefined);
        assert.equal(findPowerShell(undefined, {}, 'linux'), undefined);
    });
});
suite('the environment of PowerShell', () => {
    const handedDown = {
        SystemRoot: 'C:\\Windows',
        USERPROFILE: 'C:\\Users\\svc',
        PSModulePath: 'C:\\Program Files\\PowerShell\\7\\Modules;C:\\agent\\_work\\1\\s',
        PSExecutionPolicyPreference: 'Unrestricted',
        PATH: 'C:\\agent\\_work\\1\\s',
        COR_PROFILER: 'x',
        DOTNET_STARTUP_HOOKS: 'x',
        NODE_OPTIONS: 'x',
        LD_PRELOAD: 'x',
        HTTPS_PROXY: 'x',
        CONFIGMGR_PASSWORD: 'x',
        INPUT_PASSWORD: 'x',
    };
    test('on Windows has modules of the system alone, whatever an agent hands down', () => {
        const { PSModulePath, ...others } = environmentForPowerShell(handedDown, 'win32');
        assert.match(PSModulePath ?? '', /^C:\\Windows[\\/]System32[\\/]WindowsPowerShell[\\/]v1\.0[\\/]Modules$/);
        assert.deepEqual(others, {
            SystemRoot: 'C:\\Windows',
            USERPROFILE: 'C:\\Users\\svc',
            POWERSHELL_TELEMETRY_OPTOUT: '1',
            POWERSHELL_UPDATECHECK: 'Off',
        });
    });
    test('elsewhere has no list of modules', () => {
        assert.ok(!('PSModulePath' in environmentForPowerShell(handedDown, 'linux')));
    });
});
//# sourceMappingURL=powershell-executable.test.js.map