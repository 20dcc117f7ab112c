import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { readOutputs } from '../hosts/pipelines-under-test.js';
import { readReport } from '../report/report-validity.js';
import { remainsOf, SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
import { WITHOUT_POWERSHELL } from '../simulated-wmi/powershells.js';
import { TOKEN } from '../site-under-test.js';
import { HOST_TEMPORARY, HOSTS, runOn } from './hosts-on-windows.js';
import { IMAGE_NAME, siteOverAdminService, siteOverWmi } from './site-on-windows.js';
import { BUNDLES, CURL, POWERSHELL, TEMPORARY } from './windows.js';
const CONNECTIONS = [
    { name: 'admin-service', open: siteOverAdminService, program: CURL, skip: false },
    { name: 'wmi', open: siteOverWmi, program: POWERSHELL, skip: WITHOUT_POWERSHELL },
];
/** What libuv and Wine add to whatever environment a program of Windows is started with. */
const ADDED = /^(?:HOMEDRIVE|HOMEPATH|LOGONSERVER|PATH|SYSTEMDRIVE|SYSTEMROOT|TEMP|USER\w*|WINDIR|WINE\w*)$/i;
/** What the product hands on besides. */
const HANDED_ON = /^(?:ComSpec|COMPUTERNAME|PROCESSOR_ARCHITECTURE|NUMBER_OF_PROCESSORS|ProgramData|ProgramFiles|LOCALAPPDATA|APPDATA|TMP|HOME|LC_ALL|PSModulePath|POWERSHELL_\w+)$/i;
/** A run of each bundle over each connection: what the site holds, what the host is told, what the children got. */
export function wholeRuns(windows) {
    for (const { name, open, program, skip } of CONNECTIONS) {
        suite(`a whole run over ${name}`, { skip }, () => {
            for (const host of HOSTS) {
                test(`of ${host}`, async (context) => {
                    const site = await open(context, windows);
                    const ended = await runOn(windows, host, site.inputs, { HOSTILE_VARIABLE: 'x' }).finished;
                    assertScheduled(host, ended, site);
                    assertChildren(windows, host, program);
                    assert.deepEqual(ended.folders, [], 'a private folder is left');
                });
            }
        });
    }
    test('the report goes to a path with a drive and spaces', async (context) => {
        const { inputs } = await siteOverAdminService(context, windows);
        mkdirSync(windows.pathHere('C:\\reports of runs'), { recursive: true });
        const report = 'C:\\reports of runs\\the report.json';
        const { exitCode } = await runOn(windows, 'cli', { ...inputs, report, 'dry-run': 'true' }).finished;
        assert.equal(exitCode, 0);
        assert.equal(readReport(readFileSync(windows.pathHere(report), 'utf8')).state, 'planned');
    });
    test('a list may have the line ends of Windows', async (context) => {
        const { inputs } = await siteOverAdminService(context, windows);
        const [one = 0, another = 0] = SMALL_GROUP_UPDATES;
        const lists = { 'update-group': '', updates: `${one}\r\n${another}\r\n`, 'dry-run': 'true' };
        const { exitCode, stdout, files } = await runOn(windows, 'github', { ...inputs, ...lists }).finished;
        assert.equal(exitCode, 0, stdout);
        const { output = '' } = files;
        assert.equal(readOutputs(output)['state'], 'planned');
        for (const ciId of [one, another])
            assert.ok(stdout.includes(String(ciId)), stdout);
    });
    test('without a folder from the host, what is private is in the one of the account', async (context) => {
        const { inputs } = await siteOverAdminService(context, windows);
        const before = readdirSync(windows.pathHere(TEMPORARY));
        const { exitCode } = await runOn(windows, 'cli', { ...inputs, 'dry-run': 'true' }, { RUNNER_TEMP: '' })
            .finished;
        assert.equal(exitCode, 0);
        for (const { folder } of windows.stage.starts())
            assert.ok(folder.startsWith(`${TEMPORARY}\\`), folder);
        assert.deepEqual(readdirSync(windows.pathHere(TEMPORARY)), before);
    });
}
function assertScheduled(host, ended, { simulator }) {
    const { stdout, stderr, exitCode, files } = ended;
    assert.equal(exitCode, 0, stdout + stderr);
    const { schedules, images, updates, runs } = remainsOf(simulator);
    assert.deepEqual([schedules.length, images, updates, runs.length], [1, 1, 4, 1], stdout);
    assert.ok(stdout.includes(IMAGE_NAME), stdout);
    switch (host) {
        case 'cli':
            return;
        case 'github': {
            const { output = '', summary = '' } = files;
            const outputs = readOutputs(output);
            assert.equal(outputs['state'], 'scheduled');
            assert.equal(outputs['schedule-id'], String(schedules[0]));
            assert.ok(summary.includes('LAB00010'));
            assertReport(outputs['report'], files);
            return;
        }
        case 'azure': {
            const variable = (name) => new RegExp(`^##vso\\[task\\.setvariable variable=${name};[^\\]]*\\](.*?)\\r?$`, 'm').exec(stdout)?.[1];
            assert.equal(variable('state'), 'scheduled');
            assert.equal(variable('scheduleId'), String(schedules[0]));
            assertReport(variable('report'), files);
            assert.match(stdout, /^##vso\[task\.uploadsummary\]C:\\a runner\\_temp\\/m);
            return;
        }
    }
}
function assertReport(path, files) {
    assert.ok(path?.startsWith(`${HOST_TEMPORARY}\\`) === true, path);
    const report = readReport(files[path.slice(HOST_TEMPORARY.length + 1)] ?? '');
    assert.equal(report.state, 'scheduled');
}
function assertChildren(windows, host, program) {
    const starts = windows.stage.starts();
    assert.ok(starts.length > 1);
    for (const { executable, args, environment, folder } of starts) {
        assert.equal(executable.toLowerCase(), program.toLowerCase());
        assert.ok(folder.startsWith(`${HOST_TEMPORARY}\\`), folder);
        assert.ok(!existsSync(windows.pathHere(folder)), `${folder} is left`);
        assert.deepEqual(Object.keys(environment).filter((name) => !ADDED.test(name) && !HANDED_ON.test(name)), []);
        assert.ok(!JSON.stringify([args, environment]).includes(TOKEN));
        if (program === POWERSHELL) {
            assert.equal(args.at(-1), `${BUNDLES}\\${host}\\sms-provider-batch.ps1`);
            assert.equal(environment['PSModulePath'], 'C:\\windows\\System32\\WindowsPowerShell\\v1.0\\Modules');
        }
        else
            assert.deepEqual(args, ['-q', '--config', '-']);
    }
}
//# sourceMappingURL=whole-runs.js.map