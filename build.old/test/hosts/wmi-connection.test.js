import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { formsOf } from '../../src/report/secret-mask.js';
import { REPOSITORY } from '../../tools/repository.js';
import { until } from '../until.js';
import { NODES, runCommand, spawnCommand } from './command-under-test.js';
import { inputsFor, spawnAction, spawnTask } from './pipelines-under-test.js';
import { NO_STAND_IN, powerShellThatRecords } from './powershell-that-records.js';
const WORK = ['--image', 'LAB00010', '--update-group', 'Small', '--site-code', 'LAB'];
const USER = 'CORP\\svc-servicing';
const PASSWORD = `hunter2 & "b<c>" 'ä`;
const REMOTE = ['--sms-provider', 'cm01.corp.example.com', '--username', USER];
/** Every text in which the password could be found. */
const FORMS = [...formsOf(PASSWORD), ...formsOf(`${USER}:${PASSWORD}`)];
function assertWithoutPassword(text) {
    for (const form of FORMS)
        assert.ok(!text.includes(form), form);
}
suite('the connection wmi, as it is shipped', { skip: NO_STAND_IN }, () => {
    for (const { version, path } of NODES) {
        test(`on the SMS Provider itself: the script beside the bundle, under Node.js ${version}`, async (t) => {
            const powerShell = powerShellThatRecords(t, 'empty-site');
            const { exitCode, stderr, left } = await runCommand(['service', ...WORK, '--powershell', powerShell.executable], { node: path });
            assert.equal(exitCode, 1);
            assert.match(stderr, /^Error OS2\d\d: /);
            assert.deepEqual(left, []);
            const [first, ...others] = powerShell.starts();
            assert.ok(first !== undefined);
            assert.deepEqual(others, [], 'one start for a batch');
            const script = join(REPOSITORY, 'dist', 'cli', 'sms-provider-batch.ps1');
            assert.deepEqual(first.args, [
                '-NoLogo',
                '-NoProfile',
                '-NonInteractive',
                '-ExecutionPolicy',
                'Bypass',
                '-File',
                script,
            ]);
            assert.match(readFileSync(script, 'ascii'), /CimCmdlets\\Get-CimInstance/);
            const { parent, ...rest } = first.batch;
            assert.ok(first.operations.length > 1);
            assert.equal(typeof parent, 'number');
            assert.deepEqual({ ...rest, batchSeconds: Number(rest['batchSeconds']) > 240 }, {
                order: 'unordered',
                operationSeconds: 120,
                batchSeconds: true,
                computer: '',
                // For a site server whose provider is on another machine.
                protocols: ['wsman', 'dcom'],
                user: 'string:',
                password: 'string:',
                siteCode: 'LAB',
                namespace: '',
            });
        });
    }
    test('to another machine: the login goes in by standard input and nowhere else', async (t) => {
        const powerShell = powerShellThatRecords(t, 'empty-site');
        const { stdout, stderr } = await runCommand(['service', ...WORK, ...REMOTE, '--cim-protocol', 'dcom', '--powershell', powerShell.executable], { environment: { CONFIGMGR_PASSWORD: `${PASSWORD}\n`, CONFIGMGR_TOKEN: 'x', http_proxy: 'y' } });
        assert.match(stderr, /^Error OS2\d\d: /);
        const [started] = powerShell.starts();
        assert.ok(started !== undefined);
        const { batch, args, environment } = started;
        assert.deepEqual([batch['computer'], batch['protocols'], batch['user'], batch['password']], ['cm01.corp.example.com', ['dcom'], `string:${USER}`, `string:${PASSWORD}`]);
        assertWithoutPassword(JSON.stringify([args, environment]) + stdout + stderr);
        assert.deepEqual(Object.keys(environment).filter((name) => /CONFIGMGR|proxy|^PATH$/i.test(name)), []);
    });
    test('a name is looked for on the PATH, but never in a relative folder of it', async (t) => {
        const powerShell = powerShellThatRecords(t, 'empty-site');
        const given = ['service', ...WORK, '--powershell', 'pwsh'];
        const relative = await runCommand(given, { folder: powerShell.folder, environment: { PATH: '.:' } });
        assert.match(relative.stderr, /^Error OS311: .*"pwsh"/);
        await runCommand(given, { environment: { PATH: powerShell.folder } });
        assert.equal(powerShell.starts().length, 1);
    });
    test('without any PowerShell: says so at once, and what to do', async () => {
        const { exitCode, stderr, left } = await runCommand(['service', ...WORK], { environment: { PATH: '' } });
        assert.equal(exitCode, 1);
        assert.match(stderr, /^Error OS311: There is no PowerShell[^]*What to do: .*--connection admin-service/);
        assert.deepEqual(left, []);
    });
    test('but wrong inputs come first, and all of them', async () => {
        const { exitCode, stderr } = await runCommand(['service', '--powershell', './pwsh', '--cim-protocol', 'x', '--sms-provider', 'https://cm01/x'], { environment: { PATH: '', CONFIGMGR_PASSWORD: PASSWORD } });
        assert.equal(exitCode, 2);
        assert.match(stderr, /OS102: --cim-protocol[^]*OS106: --sms-provider[^]*OS101: --username[^]*OS106: --powershell[^]*OS101: --image/);
        assertWithoutPassword(stderr);
    });
    test('cancelled: PowerShell is ended, and no folder is left', async (t) => {
        const powerShell = powerShellThatRecords(t, 'hangs');
        const spawned = spawnCommand(['service', ...WORK, '--powershell', powerShell.executable]);
        await until(() => powerShell.starts().length > 0, 'PowerShell has started');
        spawned.child.kill('SIGTERM');
        const { exitCode, stderr, left } = await spawned.ended;
        assert.equal(exitCode, 1);
        assert.match(stderr, /Error OS501/);
        assert.deepEqual(left, []);
        const [started] = powerShell.starts();
        assert.throws(() => process.kill(started?.process ?? 0, 0), /ESRCH/);
    });
    for (const [host, spawnStep, hidden] of [
        ['the action', spawnAction, (line) => line.startsWith('::add-mask::')],
        ['the task', spawnTask, (line) => line.startsWith('##vso[task.setsecret]')],
    ]) {
        test(`${host} hides the login in every form, before it can come back in the words of a site`, async (t) => {
            const powerShell = powerShellThatRecords(t, 'refuses-login');
            const inputs = inputsFor({ reach: [] }, {
                'sms-provider': 'cm01.corp.example.com',
                username: USER,
                password: PASSWORD,
                powershell: powerShell.executable,
            });
            const { stdout, stderr, files } = await spawnStep(t, inputs).pipelineEnded;
            const lines = stdout.split(/\r?\n/);
            const masks = lines.filter(hidden).join('\n');
            // A host writes its commands in an escaped form.
            for (const form of FORMS.filter((each) => /^[\w+/=\\:-]+$/.test(each)))
                assert.ok(masks.includes(form), form);
            const published = Object.entries(files).filter(([name]) => name !== '.taskkey');
            const rest = [lines.filter((line) => !hidden(line)), stderr, published].flat(2).join('\n');
            assert.match(rest, /Error OS304: .*Refused: string:CORP\\svc-servicing string:\*\*\*/);
            assertWithoutPassword(rest);
            const [started] = powerShell.starts();
            assert.equal(started?.batch['password'], `string:${PASSWORD}`);
            assertWithoutPassword(JSON.stringify([started.args, started.environment]));
        });
    }
});
//# sourceMappingURL=wmi-connection.test.js.map