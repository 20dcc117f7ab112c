import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import { NOTHING, remainsOf, settled } from '../servicing/site-afterwards.js';
import { TOKEN } from '../site-under-test.js';
import { serveSite, service, small, spawnCommand, THE_MAIN_JOB } from './command-under-test.js';
import { commandsIn, HAS_SHELL, isCurl, until, untilLinking } from './signals-of-a-host.js';
const run = promisify(execFile);
const SLOW_DELETE = { kind: 'delay', milliseconds: 9_000, method: 'DELETE' };
const SLOW_DELETES = { ...SLOW_DELETE, every: true };
const NO_SIGNALS = process.platform === 'win32' && 'a process of Windows gets no signals from another one';
/** What the process has said so far. */
function listen({ child }) {
    let text = '';
    for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (part) => (text += part));
    return { said: () => text };
}
suite('a command that a person ends', { skip: NO_SIGNALS, concurrency: 2 }, () => {
    test('says so at once, and takes as long as it needs', async (t) => {
        const site = await serveSite(t, { ...small, faults: [SLOW_DELETES] });
        const spawned = service(site);
        const { said } = listen(spawned);
        await untilLinking(site.simulator);
        const begun = performance.now();
        spawned.child.kill('SIGINT');
        await until(() => said().includes('Cancelling:'), 'the first words', 10_000);
        assert.match(said(), /Press Ctrl\+C again to stop at once/);
        // A terminal that is closed now asks for nothing else.
        spawned.child.kill('SIGHUP');
        const { exitCode, stderr } = await spawned.ended;
        assert.equal(exitCode, 130);
        assert.ok(performance.now() - begun > 9_000);
        assert.match(stderr, /\nCancelled\. Schedule \d+ was removed; nothing is left at the site\.\n$/);
        assert.deepEqual(remainsOf(site.simulator), NOTHING);
    });
    test('stops at once at the second Ctrl+C, and names what is left with what removes it', async (t) => {
        // The links; the commands that remove the rest find a site that is fast again.
        const slow = [1, 2, 3, 4, 5].map((request) => ({ ...SLOW_DELETE, request }));
        const site = await serveSite(t, { ...small, faults: slow });
        const spawned = service(site);
        await untilLinking(site.simulator);
        spawned.child.kill('SIGINT');
        await until(() => site.simulator.requests.some(({ method }) => method === 'DELETE'), 'a delete');
        const begun = performance.now();
        spawned.child.kill('SIGINT');
        const { exitCode, stderr, stdout, left } = await spawned.ended;
        assert.ok(performance.now() - begun < 5_000);
        assert.equal(exitCode, 130);
        assert.match(stderr, /Error OS402: The run was cancelled\. Not undone for certain: schedule \d+/);
        assert.deepEqual(left, []);
        const lines = commandsIn({ stdout, stderr });
        assert.ok(lines.some((line) => line.endsWith('| Remove-CimInstance }')));
        await settled(site.simulator);
        if (!HAS_SHELL)
            return;
        for (const line of lines.filter(isCurl))
            await run('sh', ['-c', line], { env: { PATH: process.env['PATH'], CONFIGMGR_TOKEN: TOKEN } });
        assert.deepEqual(remainsOf(site.simulator), NOTHING, stderr);
    });
    test('in a step of a pipeline has the time of a pipeline, and a second SIGINT is no news', async (t) => {
        const site = await serveSite(t, { ...small, faults: [SLOW_DELETES] });
        const environment = { ...site.environment, GITHUB_ACTIONS: 'true' };
        const spawned = service({ ...site, environment });
        await untilLinking(site.simulator);
        const begun = performance.now();
        spawned.child.kill('SIGINT');
        await until(() => site.simulator.requests.some(({ method }) => method === 'DELETE'), 'a delete');
        spawned.child.kill('SIGINT');
        const { exitCode, stderr } = await spawned.ended;
        const milliseconds = performance.now() - begun;
        assert.ok(milliseconds > 5_000 && milliseconds < 9_000, String(milliseconds));
        assert.equal(exitCode, 130);
        assert.doesNotMatch(stderr, /Ctrl\+C/);
        assert.match(stderr, /Error OS402/);
    });
    test('before anything was written has nothing to remove', async (t) => {
        const site = await serveSite(t, { ...small, latencyMilliseconds: 60_000 });
        const spawned = service(site);
        await until(() => site.simulator.requests.length > 0, 'a request');
        spawned.child.kill('SIGINT');
        const { exitCode, stderr } = await spawned.ended;
        assert.equal(exitCode, 130);
        assert.match(stderr, /\nCancelled\. Nothing is left at the site\.\n$/);
    });
    test('at its own simulated site is undone as well', async () => {
        const spawned = spawnCommand(THE_MAIN_JOB);
        const { said } = listen(spawned);
        await until(() => /Schedule \d+ written/.test(said()), 'a schedule');
        spawned.child.kill('SIGINT');
        const { exitCode, stderr, left } = await spawned.ended;
        assert.equal(exitCode, 130, stderr);
        assert.match(stderr, /Cancelled\. Schedule \d+ was removed; nothing is left at the site\.\n$/);
        assert.deepEqual(left, []);
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        test(`${signal} ends the simulated site that it serves, with nothing left`, async () => {
            const spawned = spawnCommand(['simulate']);
            const { said } = listen(spawned);
            await until(() => said().includes('Ctrl+C'), 'the address');
            spawned.child.kill(signal);
            const { exitCode, stdout, left } = await spawned.ended;
            assert.equal(exitCode, 0);
            assert.match(stdout, /Stopped\.\n$/);
            assert.deepEqual(left, []);
        });
    }
    test('a second one ends the simulated site although somebody waits for it', async (t) => {
        const spawned = spawnCommand(['simulate', '--latency', '10m'], {
            environment: { CONFIGMGR_TOKEN: TOKEN },
        });
        const { said } = listen(spawned);
        await until(() => said().includes('Ctrl+C'), 'the address');
        const address = /https:\/\/\S+TokenAuth/.exec(said())?.[0] ?? '';
        const waiting = execFile('curl', [
            '-sk',
            '-H',
            `Authorization: Bearer ${TOKEN}`,
            `${address}/wmi/SMS_Site`,
        ]);
        t.after(() => waiting.kill());
        await new Promise((resolve) => setTimeout(resolve, 500));
        spawned.child.kill('SIGINT');
        await new Promise((resolve) => setTimeout(resolve, 300));
        spawned.child.kill('SIGINT');
        const { exitCode } = await spawned.ended;
        assert.ok(exitCode === 0 || exitCode === 130, String(exitCode));
    });
});
//# sourceMappingURL=ended-by-a-person.test.js.map