import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { suite, test } from 'node:test';
import { HOST_TEMPORARY, HOSTS, runOn } from './hosts-on-windows.js';
import { siteOverAdminService } from './site-on-windows.js';
import { BUNDLES, CURL, POWERSHELL } from './windows.js';
const WORK = { image: 'LAB00010', 'update-group': 'Small', 'site-code': 'LAB' };
const PWSH = 'C:\\Program Files\\PowerShell\\7\\pwsh.exe';
/** The script at a site that has nothing. */
const emptySite = async (program) => {
    const [, ...operations] = (await program.input).trimEnd().split('\n');
    const say = (line) => program.write(Buffer.from(`${JSON.stringify(line)}\r\n`));
    say({ place: { computer: '', protocol: '', namespace: 'root\\SMS\\site_LAB' } });
    operations.forEach((_operation, number) => say({ number, done: [] }));
    program.exit(0);
};
/** Words in the code page that consoles in Western Europe have, and an end without a line. */
const failsInCodePage850 = async (program) => {
    await program.input;
    program.complain(Buffer.from('Zugriff verweigert f\x81r M\x81ller\x07\r\n', 'latin1'));
    program.exit(1);
};
/** Which programs are started, and from where. */
export function programsOnWindows(windows) {
    const started = () => windows.stage.starts().map(({ executable }) => executable);
    suite('PowerShell', () => {
        test('is the one of System32, and the site that it reaches is told of', async () => {
            windows.stage.play(emptySite);
            const { stderr } = await runOn(windows, 'cli', WORK).finished;
            assert.match(stderr, /\bOS2\d\d\b/);
            assert.deepEqual(started().map((path) => path.toLowerCase()), [POWERSHELL.toLowerCase()]);
        });
        test('that is missing there is not looked for in the current folder or on the PATH', async (context) => {
            without(context, windows, POWERSHELL);
            windows.stage.play(emptySite);
            const decoys = 'C:\\decoys';
            for (const name of ['powershell.exe', 'pwsh.exe'])
                placeFor(context, windows, `${decoys}\\${name}`);
            const { exitCode, stderr, folders } = await runOn(windows, 'cli', WORK, { WINEPATH: decoys }).finished;
            assert.equal(exitCode, 1);
            assert.match(stderr, /\bOS311\b.*System32/s);
            assert.deepEqual(started(), []);
            assert.deepEqual(folders, []);
        });
        for (const [powershell, why] of [
            [PWSH, 'by its whole path, with spaces'],
            ['pwsh', 'by its name, to which .exe is added'],
            ['pwsh.exe', 'by its whole name'],
        ]) {
            test(`of the input is found ${why}`, async (context) => {
                placeFor(context, windows, PWSH);
                windows.stage.play(emptySite);
                // A relative folder of the PATH would be one in the workspace.
                const path = 'tools;C:\\Program Files\\PowerShell\\7';
                await runOn(windows, 'cli', { ...WORK, powershell }, { WINEPATH: path }).finished;
                assert.deepEqual(started(), [PWSH]);
            });
        }
        for (const powershell of ['C:pwsh.exe', '..\\pwsh.exe', 'tools\\pwsh.exe']) {
            test(`${powershell} is refused: it depends on the current folder`, async () => {
                const { exitCode, stderr } = await runOn(windows, 'cli', { ...WORK, powershell }).finished;
                assert.equal(exitCode, 2);
                assert.match(stderr, /\bOS106\b.*--powershell/s);
            });
        }
        test('that ends with words in a code page of its console is told, without control characters', async () => {
            windows.stage.play(failsInCodePage850);
            const { exitCode, stderr, folders } = await runOn(windows, 'cli', WORK).finished;
            assert.equal(exitCode, 1);
            assert.match(stderr, /\bOS315\b.*Zugriff verweigert f.r M.ller/s);
            assert.ok(!stderr.includes('\x07'));
            assert.deepEqual(folders, []);
        });
    });
    for (const host of HOSTS) {
        test(`a password beyond every code page reaches the script of ${host} as it is, and nothing else`, async () => {
            windows.stage.play(emptySite);
            const password = 'hunter2 ä€ ✓ "x" & %PATH% \\';
            const account = { 'sms-provider': 'cm01.corp.example.com', username: 'CORP\\svc', password };
            const { stdout, stderr } = await runOn(windows, host, { ...WORK, ...account }).finished;
            const [start] = windows.stage.starts();
            assert.ok(start !== undefined);
            const [batch = ''] = (await start.input).split('\n');
            const read = JSON.parse(batch);
            assert.deepEqual([read['user'], read['password']], ['string:CORP\\svc', `string:${password}`]);
            assert.ok(!JSON.stringify([start.args, start.environment]).includes('hunter2'));
            const printed = (stdout + stderr)
                .split(/\r?\n/)
                .filter((line) => !/^(?:::add-mask::|##vso\[task\.setsecret\])/.test(line));
            assert.ok(!printed.join('\n').includes('hunter2'));
        });
    }
    test('curl is the one of System32 or none, whatever is on the PATH', async (context) => {
        const { inputs } = await siteOverAdminService(context, windows);
        without(context, windows, CURL);
        placeFor(context, windows, 'C:\\decoys\\curl.exe');
        const { exitCode, stderr } = await runOn(windows, 'cli', inputs, { WINEPATH: 'C:\\decoys' }).finished;
        assert.equal(exitCode, 1);
        assert.match(stderr, /\bOS301\b/);
        assert.deepEqual(started(), []);
    });
    test('curl gets the switch that Schannel needs, and no certificate goes unchecked', async (context) => {
        const { inputs, simulator } = await siteOverAdminService(context, windows);
        const { exitCode } = await runOn(windows, 'cli', { ...inputs, 'dry-run': 'true' }).finished;
        assert.equal(exitCode, 0);
        assert.ok(simulator.requests.length > 0);
        for (const { input } of windows.stage.starts()) {
            assert.match(await input, /^ssl-revoke-best-effort$/m);
            assert.doesNotMatch(await input, /^(?:insecure|ssl-no-revoke)$/m);
        }
        const { stderr } = await runOn(windows, 'cli', { ...inputs, 'ca-certificate': '' }).finished;
        assert.match(stderr, /\bOS303\b/);
    });
    suite('wrong inputs are told all at once', () => {
        for (const [host, spelled] of [
            ['cli', ['--cim-protocol', '--dry-run']],
            ['github', ['cim-protocol', 'dry-run']],
            ['azure', ['cimProtocol', 'dryRun']],
        ]) {
            test(`by ${host}`, async () => {
                windows.stage.play(emptySite);
                const inputs = { ...WORK, image: '', 'cim-protocol': 'x', 'dry-run': 'x' };
                const { exitCode, stdout, stderr } = await runOn(windows, host, inputs).finished;
                assert.equal(exitCode, { cli: 2, github: 1, azure: 0 }[host]);
                const told = stdout + stderr;
                for (const name of spelled)
                    assert.ok(told.includes(`: ${name} `), told);
                for (const code of ['OS101', 'OS102', 'OS103'])
                    assert.ok(told.includes(code), told);
                assert.deepEqual(started(), []);
            });
        }
    });
    test('the version is told', async () => {
        const { exitCode, stdout } = await windows.start([`${BUNDLES}\\cli\\index.mjs`, '--version']).ended;
        assert.equal(exitCode, 0);
        assert.match(stdout, /^\d+\.\d+\.\d+\r?\n$/);
    });
    test('a temporary folder that is not there is told with its path', async (context) => {
        const { inputs } = await siteOverAdminService(context, windows);
        const missing = `${HOST_TEMPORARY}\\not there`;
        const { exitCode, stderr } = await runOn(windows, 'cli', inputs, { RUNNER_TEMP: missing }).finished;
        assert.equal(exitCode, 1);
        assert.match(stderr, /\bOS310\b/);
        assert.ok(stderr.includes(missing), stderr);
    });
}
function placeFor(context, windows, path) {
    mkdirSync(windows.pathHere(path.slice(0, path.lastIndexOf('\\'))), { recursive: true });
    windows.place(path);
    context.after(() => rmSync(windows.pathHere(path)));
}
function without(context, windows, path) {
    rmSync(windows.pathHere(path));
    context.after(() => windows.place(path));
}
//# sourceMappingURL=programs-on-windows.js.map