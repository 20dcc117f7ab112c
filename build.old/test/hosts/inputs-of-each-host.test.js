import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { NOTHING, remainsOf } from '../servicing/site-afterwards.js';
import { runCommand, serveSite, service, small } from './command-under-test.js';
import { inputsFor, spawnAction, spawnTask, WITH_TOKEN } from './pipelines-under-test.js';
/** The two pipelines, each with its spelling and the place of its secrets. */
const PIPELINES = [
    { name: 'GitHub', spawn: spawnAction, dryRun: 'dry-run', updateGroup: 'update-group', token: 'token' },
    { name: 'Azure', spawn: spawnTask, dryRun: 'dryRun', updateGroup: 'updateGroup', token: 'CONFIGMGR_TOKEN' },
];
for (const { name, spawn, dryRun, updateGroup, token } of PIPELINES) {
    suite(`inputs on ${name}`, () => {
        /** The end of a step whose inputs are wrong, and how often the site was asked. */
        async function refused(t, inputs) {
            const site = await serveSite(t, small);
            const { stdout, files } = await spawn(t, inputsFor(site, { ...WITH_TOKEN, ...inputs })).pipelineEnded;
            assert.equal(site.simulator.requests.length, 0, stdout);
            const summary = Object.entries(files).find(([file]) => file === 'summary' || file.endsWith('.md'))?.[1];
            return { stdout, summary: summary ?? '' };
        }
        test('a boolean of any letter case, and an empty one that is an error', async (t) => {
            const site = await serveSite(t, small);
            const dry = await spawn(t, inputsFor(site, { ...WITH_TOKEN, 'dry-run': 'True' })).pipelineEnded;
            assert.match(dry.stdout, /Result: planned/);
            assert.deepEqual(remainsOf(site.simulator), NOTHING);
            const { stdout } = await refused(t, { 'dry-run': '' });
            assert.match(stdout, new RegExp(`OS105: ${dryRun} is empty\\.`));
        });
        test('a variable that was not replaced is sent nowhere', async (t) => {
            const secret = await refused(t, { token: '$(ConfigMgrToken)' });
            assert.match(secret.stdout, new RegExp(`OS112: ${token} is the name of a variable`));
            const group = await refused(t, { 'update-group': '$(group.name)' });
            assert.match(group.stdout, new RegExp(`OS112: ${updateGroup} has .*group\\.name`));
        });
        test('a name that is not there, in the spelling of the host, in the log and the summary', async (t) => {
            const site = await serveSite(t, small);
            const inputs = inputsFor(site, { ...WITH_TOKEN, 'update-group': 'Smal', image: '10' });
            const { stdout, files } = await spawn(t, inputs).pipelineEnded;
            const summary = Object.entries(files).find(([file]) => file === 'summary' || file.endsWith('.md'))?.[1] ?? '';
            for (const text of [stdout, summary]) {
                assert.ok(text.includes(`Correct the input ${updateGroup}`), text);
                assert.doesNotMatch(text, /[\ufdd0-\ufdd3]/);
            }
        });
        test('a site code that YAML read as a number, with quotes', async (t) => {
            const { stdout, summary } = await refused(t, { 'site-code': '1', updates: '2502147' });
            assert.match(stdout, /OS106: (?:site-code|siteCode) is "1".*quotes.*: '001'/);
            assert.match(stdout, /OS106: updates names "2502147".*Did you mean KB2502147\?/);
            assert.match(summary, /### OS106/);
            assert.doesNotMatch(summary, /Probable cause/);
        });
    });
}
suite('inputs of the command', () => {
    test('a bare flag is true, and a list that is repeated has more values', async (t) => {
        const site = await serveSite(t, small);
        const { exitCode, stdout, stderr } = await service(site, '--image', 'LAB00010', '--dry-run').ended;
        assert.equal(exitCode, 0, stderr);
        assert.match(stdout, /Result: planned/);
        const two = await service(site, '--dry-run', '--image', 'No such one').ended;
        assert.match(two.stderr, /OS202: No image is named "No such one"/);
    });
    test('a secret that is the name of a variable is sent nowhere', async (t) => {
        const site = await serveSite(t, small);
        const { exitCode, stderr } = await runCommand(['service', ...site.reach, '--image', 'LAB00010', '--update-group', 'Small'], { environment: { CONFIGMGR_TOKEN: '$(ConfigMgrToken)' } });
        assert.equal(exitCode, 2);
        assert.match(stderr, /^Error OS112: CONFIGMGR_TOKEN is the name of a variable.*\n$/);
        assert.equal(site.simulator.requests.length, 0);
    });
    test('errors of the site in the spelling of the command', async (t) => {
        const site = await serveSite(t, small);
        const { stdout, stderr } = await service(site, '--update-group', 'KB5034441', '--json').ended;
        assert.match(stderr, /What to do: Write --updates KB5034441 for the updates of that article; --update-group/);
        for (const text of [stdout, stderr])
            assert.doesNotMatch(text, /[\ufdd0-\ufdd3]/);
        assert.match(stdout, /"next": "Write --updates KB5034441/);
    });
});
//# sourceMappingURL=inputs-of-each-host.test.js.map