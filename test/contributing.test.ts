import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { REPOSITORY } from '../tools/repository.js';

const PAGE = readFileSync(join(REPOSITORY, 'CONTRIBUTING.md'), 'utf8').replaceAll('\r\n', '\n');

/** Without the indent of the list that a block can be in. */
const LINES = [...PAGE.matchAll(/^( *)```sh\n([\s\S]*?)^\1```$/gm)].flatMap(([, indent = '', block = '']) =>
  block.split('\n').map((line) => line.slice(indent.length)),
);

function commandsOf(start: string): readonly string[] {
  const found = LINES.filter((line) => line.startsWith(start));
  assert.ok(found.length > 0, start);
  return [...new Set(found)];
}

/** The words of a command line, of which some are in quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runAsPrinted(line: string): Ended {
  const [program = '', ...args] = wordsOf(line);
  const executable = program === 'node' ? process.execPath : program;
  return spawnSync(executable, args, { cwd: REPOSITORY, encoding: 'utf8', timeout: 60_000 });
}

suite('what CONTRIBUTING.md tells to run', () => {
  for (const line of commandsOf('node dist/')) {
    test(line, () => {
      const { status, stdout, stderr } = runAsPrinted(line);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^Update group "Windows 7" /m);
    });
  }

  for (const line of commandsOf('git grep')) {
    test(line, () => {
      const { status, stdout, stderr } = runAsPrinted(line);
      assert.equal(status, 0, stderr);
      assert.equal(stdout.trimEnd().split('\n').length, 1, 'one place, so that nobody changes another one');
    });
  }

  test('every npm script exists', () => {
    const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = commandsOf('npm run ').map((line) => wordsOf(line)[2] ?? '');
    assert.deepEqual(
      named.filter((script) => !Object.hasOwn(scripts, script)),
      [],
    );
  });

  test('every file and folder that it names is there', () => {
    const named = [...PAGE.matchAll(/`((?:src|test|tools|docs)\/[\w./-]*)`/g)].map(([, path = '']) => path);
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((path) => !existsSync(join(REPOSITORY, path))),
      [],
    );
  });
});
