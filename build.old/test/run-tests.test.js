import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { COMPILED } from '../tools/repository.js';
/** Runs tests of which one suite is skipped, whatever this machine has, for a reason with "Wine" in it. */
function runSkipping(failWhenSkipped) {
    // Without this variable, which would make it report to the run that this test is part of.
    const environment = Object.entries(process.env).filter(([name]) => name !== 'NODE_TEST_CONTEXT');
    const { status, stdout } = spawnSync(process.execPath, [join(COMPILED, 'tools', 'run-tests.js'), 'wine/'], {
        encoding: 'utf8',
        env: {
            ...Object.fromEntries(environment),
            WINDOWS_NODE: join(COMPILED, 'no-such.exe'),
            FAIL_WHEN_SKIPPED: failWhenSkipped,
        },
    });
    return { status, lines: stdout.trimEnd().split(/\r?\n/) };
}
suite('what runs the tests', () => {
    test('says why tests were skipped, and ends with the counts on a line of their own', () => {
        const { status, lines } = runSkipping('');
        assert.equal(status, 0);
        assert.match(lines.at(-2) ?? '', /^skipped: 1 tests: needs .*Wine/);
        assert.equal(lines.at(-1), '1 passed, 0 failed, 1 skipped');
    });
    test('fails where tests are skipped that this machine has to run', () => {
        const { status, lines } = runSkipping('PowerShell,Wine');
        assert.equal(status, 1);
        assert.match(lines.at(-2) ?? '', /^The run fails for it/);
        assert.equal(lines.at(-1), '1 passed, 0 failed, 1 skipped');
        assert.equal(runSkipping('PowerShell').status, 0);
    });
});
//# sourceMappingURL=run-tests.test.js.map