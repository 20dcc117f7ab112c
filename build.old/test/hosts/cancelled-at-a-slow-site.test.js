import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import { NOTHING, remainsOf, settled } from '../servicing/site-afterwards.js';
import { TOKEN } from '../site-under-test.js';
import { environmentOfTest, makeLauncher, POWERSHELLS, WITHOUT_POWERSHELL, } from '../simulated-wmi/powershells.js';
import { startSimulatedWmi } from '../simulated-wmi/simulated-wmi.js';
import { serveSite } from './command-under-test.js';
import { inputsFor, readOutputs, reportIn, spawnAction, spawnTask, WITH_TOKEN, } from './pipelines-under-test.js';
import { commandsIn, endAsHostDoes, HAS_SHELL, isCurl, siteWithUpdates, until, untilLinking, } from './signals-of-a-host.js';
const run = promisify(execFile);
const HOSTS = [
    {
        host: 'the action',
        spawn: spawnAction,
        outputsIn: (_, files) => readOutputs(files['output'] ?? ''),
        summaryIn: (files) => files['summary'] ?? '',
        error: /::error title=[^:]*::Error (OS\d+)/,
    },
    {
        host: 'the task',
        spawn: spawnTask,
        outputsIn: (stdout) => Object.fromEntries([...stdout.matchAll(/##vso\[task\.setvariable variable=(\w+);[^\]]*\](.*)/g)].map(([, name = '', value = '']) => [name, value.trim()])),
        summaryIn: (files) => Object.entries(files).find(([name]) => name.endsWith('.md'))?.[1] ?? '',
        error: /Error (OS\d+)/,
    },
];
const SITES = [
    { updates: 44, latencyMilliseconds: 1_000 },
    { updates: 44, latencyMilliseconds: 3_000 },
    { updates: 1_000, latencyMilliseconds: 100 },
];
suite('a step that its host ends at a slow site', { concurrency: 2 }, () => {
    for (const { host, spawn, outputsIn, summaryIn, error } of HOSTS) {
        for (const { updates, latencyMilliseconds } of SITES) {
            test(`${host}, ${updates} updates at ${latencyMilliseconds} ms: tells everything before it would be killed`, async (t) => {
                const site = await serveSite(t, {
                    description: siteWithUpdates(updates),
                    faults: slowWrites(latencyMilliseconds),
                });
                const spawned = spawn(t, inputsFor(site, WITH_TOKEN));
                await untilLinking(site.simulator);
                const { wasKilled, milliseconds } = await endAsHostDoes(spawned);
                const { stdout, stderr, files, left, modes, exitCode } = await spawned.pipelineEnded;
                assert.equal(wasKilled, false, stdout);
                assert.ok(milliseconds < 9_500, String(milliseconds));
                const code = error.exec(stdout)?.[1];
                const outputs = outputsIn(stdout, files);
                assert.equal(outputs['state'], 'failed', stdout);
                const report = reportIn({ files, modes, stdout, stderr, left, exitCode }, outputs['report'] ?? '');
                assert.equal(report.errors[0]?.code, code);
                assert.match(summaryIn(files), /Offline servicing (cancelled|failed)/);
                assert.deepEqual(left, []);
                await settled(site.simulator);
                if (code === 'OS501')
                    assert.deepEqual(remainsOf(site.simulator), NOTHING);
                else {
                    assert.equal(code, 'OS402', stdout);
                    assert.equal(report.errors[0]?.schedules.length, 1);
                    assert.match(stdout, /\| Remove-CimInstance/);
                    assert.match(stdout, /curl .*--request DELETE/);
                    await runCurl(site, report.errors.flatMap(({ commands }) => commands.flatMap(({ lines }) => lines)));
                    assert.deepEqual(remainsOf(site.simulator), NOTHING, stdout);
                }
            });
        }
    }
    test('over WMI: what is left is removed by the line that was printed', { skip: WITHOUT_POWERSHELL }, async (t) => {
        const [powerShell = ''] = POWERSHELLS;
        const site = await serveSite(t, { description: siteWithUpdates(44) });
        const wmi = await startSimulatedWmi(site.simulator, {
            faults: [
                { kind: 'delay', milliseconds: 1_000, every: true, class: 'SMS_ImageServicingScheduledUpdate' },
            ],
        });
        const folder = mkdtempSync(join(tmpdir(), 'launcher-'));
        t.after(async () => {
            await wmi.stop();
            rmSync(folder, { recursive: true });
        });
        const inputs = inputsFor({ ...site, reach: [] }, { powershell: makeLauncher(folder, powerShell, wmi.environment) });
        const spawned = spawnAction(t, inputs);
        await untilLinking({ ...site.simulator, requests: wmi.requests });
        await until(() => remainsOf(site.simulator).updates > 1, 'two links');
        const { wasKilled } = await endAsHostDoes(spawned);
        const { stdout, stderr } = await spawned.pipelineEnded;
        assert.equal(wasKilled, false, stdout);
        assert.match(stdout, /Error OS402/);
        const [line, ...others] = commandsIn({ stdout, stderr });
        assert.deepEqual(others, []);
        const fast = await startSimulatedWmi(site.simulator);
        t.after(async () => fast.stop());
        const environment = {
            ...environmentOfTest(powerShell, fast.environment),
            PATH: process.env['PATH'] ?? '',
        };
        await run(powerShell, ['-NoProfile', '-NonInteractive', '-Command', line ?? ''], { env: environment });
        assert.deepEqual(remainsOf(site.simulator), NOTHING, line);
    });
});
/**
 * Slow where it matters: reads that take their time too would only make the test long, and so would the commands that
 * remove what is left.
 */
function slowWrites(milliseconds) {
    const slow = { kind: 'delay', milliseconds };
    const classes = ['', 'dImage', 'dUpdate'].map((end) => `SMS_ImageServicingSchedule${end}`);
    // No more deletes go out in the time of an undo, eight at once.
    const mostDeletes = 8 * (Math.ceil(6_500 / milliseconds) + 1);
    const deletes = Array.from({ length: mostDeletes }, (_, place) => {
        return { ...slow, method: 'DELETE', class: 'SMS_ImageServicingScheduledUpdate', request: place + 1 };
    });
    return [
        ...classes.map((each) => ({ ...slow, every: true, method: 'POST', class: each })),
        ...deletes,
    ];
}
/** As a person would, at a site that has become fast again. */
async function runCurl({ simulator }, lines) {
    const ofCurl = lines.filter(isCurl);
    assert.ok(ofCurl.length > 0, lines.join('\n'));
    if (!HAS_SHELL)
        return;
    for (const line of ofCurl) {
        await run('sh', ['-c', line], {
            env: { PATH: process.env['PATH'], CONFIGMGR_TOKEN: TOKEN },
            maxBuffer: 1e8,
        });
    }
    await settled(simulator);
}
//# sourceMappingURL=cancelled-at-a-slow-site.test.js.map