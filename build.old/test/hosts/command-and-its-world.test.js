import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync, } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { remainsOf, NOTHING, settled, SITE_WITH_SMALL_GROUP, SMALL_GROUP_UPDATES, } from '../servicing/site-afterwards.js';
import { TOKEN } from '../site-under-test.js';
import { until } from '../until.js';
import { runCommand, serveSite, service, SMALL, small, THE_MAIN_JOB } from './command-under-test.js';
suite('the command and the world around it', () => {
    test('takes nothing from the workspace, from .curlrc or from proxy variables', async (t) => {
        const site = await serveSite(t, small);
        const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
        writeFileSync(join(folder, 'curl'), '#!/bin/sh\necho stolen > stolen\nexit 1\n');
        chmodSync(join(folder, 'curl'), 0o755);
        writeFileSync(join(folder, '.curlrc'), 'max-time = 0.001\n');
        const environment = {
            ...site.environment,
            PATH: `.:${process.env['PATH'] ?? ''}`,
            HOME: folder,
            CURL_HOME: folder,
            https_proxy: 'http://127.0.0.1:1',
            HTTPS_PROXY: 'http://127.0.0.1:1',
            ALL_PROXY: 'http://127.0.0.1:1',
            SSL_CERT_FILE: '/no/such/file',
        };
        const { exitCode, stderr } = await runCommand(['service', ...site.reach, ...SMALL], {
            environment,
            folder,
        });
        const seen = readdirSync(folder);
        rmSync(folder, { recursive: true });
        assert.equal(exitCode, 0, stderr);
        assert.deepEqual(seen.sort(), ['.curlrc', 'curl']);
    });
    test('keeps the token out of arguments, files and everything that it prints', { skip: process.platform !== 'linux' && 'reads /proc' }, async (t) => {
        const site = await serveSite(t, {
            ...small,
            latencyMilliseconds: 40,
            faults: [{ kind: 'error-500', request: 2 }],
        });
        const spawned = service(site, '--json');
        let looked = 0;
        const seen = [];
        const looking = setInterval(() => {
            for (const file of filesBelow(spawned.temporary))
                seen.push(file);
            for (const commandLine of commandLinesOfCurl(spawned.temporary)) {
                looked++;
                seen.push(commandLine);
            }
        }, 5);
        const { exitCode, stdout, stderr } = await spawned.ended;
        clearInterval(looking);
        assert.equal(exitCode, 0, stderr);
        assert.ok(looked > 10);
        for (const text of [...seen, stdout, stderr])
            assert.ok(!text.includes(TOKEN));
    });
    test('shows names of the site so that they cannot do anything to a terminal', async (t) => {
        const name = 'Evil\u001b[2J\u202e\r\n::error::x';
        const groups = [
            { ciId: 17_000_009, name, description: '', updates: SMALL_GROUP_UPDATES, deployed: false },
        ];
        const site = await serveSite(t, { description: { ...SITE_WITH_SMALL_GROUP, groups } });
        const { exitCode, stdout } = await runCommand(['service', ...site.reach, '--update-group', '17000009', '--image', 'LAB00010'], site);
        assert.equal(exitCode, 0);
        assert.match(stdout, /Update group "Evil\\u\{1b\}\[2J\\u\{202e\}\\u\{d\} ::error::x"/);
    });
    for (const [signal, code, told] of [
        [
            'SIGINT',
            130,
            /^Cancelling: [^]*\nCancelled\. Schedule \d+ was removed; nothing is left at the site\.\n$/,
        ],
        ['SIGTERM', 1, /Error OS501:[^]*Undone: schedule \d+/],
        ['SIGHUP', 1, /Error OS501:[^]*Undone: schedule \d+/],
    ]) {
        test(`${signal} in the middle of the writes: undone, no child and no folder left, exit code ${code}`, async (t) => {
            const site = await serveSite(t, { ...small, latencyMilliseconds: 150 });
            const spawned = service(site);
            await until(() => site.simulator.requests.some(({ className }) => className === 'SMS_ImageServicingScheduledUpdate'), 'an update is being linked');
            spawned.child.kill(signal);
            const { exitCode, stderr, left } = await spawned.ended;
            assert.equal(exitCode, code);
            assert.match(stderr, told);
            assert.deepEqual(left, []);
            await settled(site.simulator);
            assert.deepEqual(remainsOf(site.simulator), NOTHING);
            assert.deepEqual(commandLinesOfCurl(spawned.temporary), []);
        });
    }
    test('SIGTERM while it reads: nothing was written, and it says so', async (t) => {
        const site = await serveSite(t, { ...small, latencyMilliseconds: 60_000 });
        const spawned = service(site);
        await until(() => site.simulator.requests.length > 0, 'the first request has arrived');
        spawned.child.kill('SIGTERM');
        const { exitCode, stderr, left } = await spawned.ended;
        assert.equal(exitCode, 1);
        assert.match(stderr, /Error OS501/);
        assert.deepEqual(left, []);
    });
    test('a second signal ends it at once, and still no folder and no child is left', async (t) => {
        const slow = { kind: 'delay', milliseconds: 60_000, every: true, method: 'DELETE' };
        const site = await serveSite(t, { ...small, latencyMilliseconds: 100, faults: [slow] });
        const spawned = service(site);
        await until(() => site.simulator.requests.some(({ className }) => className === 'SMS_ImageServicingScheduledUpdate'), 'an update is being linked');
        spawned.child.kill('SIGTERM');
        await until(() => site.simulator.requests.some(({ method }) => method === 'DELETE'), 'the undo has begun');
        spawned.child.kill('SIGTERM');
        const { exitCode, left } = await spawned.ended;
        assert.equal(exitCode, 1);
        assert.deepEqual(left, []);
        assert.deepEqual(commandLinesOfCurl(spawned.temporary), []);
    });
    test('a signal while it undoes does not stop the undo', async (t) => {
        const refused = {
            kind: 'refuse',
            request: 2,
            class: 'SMS_ImageServicingScheduledUpdate',
            method: 'POST',
        };
        const site = await serveSite(t, { ...small, latencyMilliseconds: 200, faults: [refused] });
        const spawned = service(site);
        spawned.child.stdout?.on('data', (text) => {
            if (text.includes('removing what was written'))
                spawned.child.kill('SIGTERM');
        });
        const { exitCode, stderr } = await spawned.ended;
        assert.equal(exitCode, 1);
        assert.match(stderr, /Error OS40[12]/);
        await settled(site.simulator);
        assert.deepEqual(remainsOf(site.simulator), NOTHING);
    });
    test('a reader that goes away does not end the run, and the result is told all the same', async (t) => {
        const site = await serveSite(t, { ...small, latencyMilliseconds: 100 });
        const spawned = service(site);
        spawned.child.stdout?.once('data', () => spawned.child.stdout?.destroy());
        const { exitCode, stderr, left } = await spawned.ended;
        assert.equal(exitCode, 0, stderr);
        assert.deepEqual(left, []);
        const [schedule] = remainsOf(site.simulator).schedules;
        assert.match(stderr, new RegExp(`^Result: scheduled\\. Schedule ${schedule} applies 4 updates`));
        assert.doesNotMatch(stderr, /OS\d\d\d/);
    });
    test('a temporary folder that is not there is told, and the command ends', async () => {
        const { exitCode, stderr } = await runCommand(THE_MAIN_JOB, {
            environment: { RUNNER_TEMP: '/no/such/folder' },
        });
        assert.equal(exitCode, 1);
        assert.match(stderr, /Error OS310: No folder can be made in the temporary folder \/no\/such\/folder/);
        const empty = await runCommand([...THE_MAIN_JOB, '--dry-run', 'true'], {
            environment: { RUNNER_TEMP: '' },
        });
        assert.equal(empty.exitCode, 0);
        assert.deepEqual(empty.left, []);
    });
    test('a token with a line end is hidden as it is sent', async (t) => {
        const site = await serveSite(t, small);
        const { stdout, exitCode } = await runCommand(['service', ...site.reach, '--image', `LAB ${TOKEN}`, '--update-group', 'Small', '--json'], { environment: { CONFIGMGR_TOKEN: `${TOKEN}\n` } });
        assert.equal(exitCode, 1);
        assert.ok(!stdout.includes(TOKEN));
    });
});
function filesBelow(folder) {
    try {
        return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
            try {
                return entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), 'latin1')] : [];
            }
            catch {
                return [];
            }
        });
    }
    catch {
        return [];
    }
}
/** Of every curl that the command started: they run below its temporary folder. Seen on Linux alone. */
function commandLinesOfCurl(temporary) {
    if (process.platform !== 'linux')
        return [];
    return readdirSync('/proc').flatMap((pid) => {
        try {
            const isIts = /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(join(temporary, 'configmgr-'));
            return isIts ? [readFileSync(`/proc/${pid}/cmdline`, 'latin1')] : [];
        }
        catch {
            // Gone meanwhile.
            return [];
        }
    });
}
//# sourceMappingURL=command-and-its-world.test.js.map