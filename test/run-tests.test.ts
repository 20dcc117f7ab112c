import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { slowWordsOfNoFile } from '../tools/fast-tests.js';
import { COMPILED } from '../tools/repository.js';

interface Ended {
  readonly status: number | null;
  readonly lines: readonly string[];
  readonly complaint: string;
}

function runTests(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Ended {
  // Without this variable, which would make it report to the run that this test is part of.
  const environment = Object.entries(process.env).filter(([name]) => name !== 'NODE_TEST_CONTEXT');
  const runner = join(COMPILED, 'tools', 'run-tests.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [runner, ...args], {
    encoding: 'utf8',
    env: { ...Object.fromEntries(environment), ...variables },
  });
  return { status, lines: stdout.trimEnd().split(/\r?\n/), complaint: stderr.trim() };
}

/** Runs tests of which one suite is skipped, whatever this machine has, for a reason with "Wine" in it. */
function runSkipping(failWhenSkipped: string): Ended {
  return runTests(['wine/'], {
    WINDOWS_NODE: join(COMPILED, 'no-such.exe'),
    FAIL_WHEN_SKIPPED: failWhenSkipped,
  });
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

  test('runs only the fast ones of the files when asked to, and names the slowest of them', () => {
    const { status, lines } = runTests(['--fast', 'non-empty', 'wine/', 'fault-matrix']);
    assert.equal(status, 0);
    assert.match(lines.at(-3) ?? '', /^The slowest of 1 files \(all of them took \d+\.\d s\):$/);
    assert.match(lines.at(-2) ?? '', /^ +\d+\.\d s {2}collections\/non-empty\.test\.[jt]s$/);
    assert.match(lines.at(-1) ?? '', /^\d+ passed, 0 failed, 0 skipped$/);
  });

  const isWindows = process.platform === 'win32';
  const unstarted = [
    ['a program that cannot be run', '#!/no/such/program\n', /does not start: \S/],
    [
      'a program that ends',
      '#!/bin/sh\necho "no libicu" >&2\nexit 3\n',
      /it ended with 3: no libicu\. Mend it/,
    ],
  ] as const;
  for (const [name, content, why] of unstarted) {
    const skip = isWindows && name === 'a program that ends' && 'Windows runs no such file';
    test(`stops before the first test where pwsh is ${name}`, { skip }, (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'broken pwsh '));
      t.after(() => {
        rmSync(folder, { recursive: true });
      });
      writeFileSync(join(folder, isWindows ? 'pwsh.exe' : 'pwsh'), content, { mode: 0o755 });
      const { status, lines, complaint } = runTests(['non-empty'], { PATH: folder });
      assert.deepEqual([status, lines], [1, ['']]);
      assert.match(complaint, /pwsh(?:\.exe)? is on the PATH and does not start: /);
      assert.match(complaint, why);
    });
  }

  test('notices a slow file that the list of the slow ones does not name any more', () => {
    assert.deepEqual(slowWordsOfNoFile(['wine/a.test.js']).includes('wine/'), false);
    assert.ok(slowWordsOfNoFile(['wine/a.test.js']).includes('kerberos/'));
  });
});
