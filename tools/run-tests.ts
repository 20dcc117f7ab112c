import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

import { environmentForPowerShell, findPowerShell } from '../src/provider/wmi/powershell-executable.js';
import { environmentOfFastTests, isFast, slowWordsOfNoFile } from './fast-tests.js';
import { COMPILED } from './repository.js';

/**
 * Runs every compiled `*.test.js` below test/, or those whose path holds one of the arguments. With `--fast` it leaves
 * out the files of tools/fast-tests.ts. Ends with the slowest files, why tests were skipped, and the counts on a line of
 * their own.
 *
 * The variable FAIL_WHEN_SKIPPED holds words with commas between. A skipped test whose reason holds one of them makes the
 * run fail: it is for a machine that has what such tests need.
 */
const fastOnly = process.argv.includes('--fast');
const wanted = process.argv.slice(2).filter((word) => word !== '--fast');
const folder = join(COMPILED, 'test');
const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.js'))
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const files = all
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .filter((file) => !fastOnly || isFast(file));

if (fastOnly) {
  stopWhereTheListIsOld(slowWordsOfNoFile(all));
  Object.assign(process.env, environmentOfFastTests);
} else stopWithoutStartingPowerShell(findPowerShell('pwsh', process.env));

/** A word that matches no file any more means that a slow file has moved, and is now among the fast ones. */
function stopWhereTheListIsOld(words: readonly string[]): void {
  if (words.length === 0) return;
  console.error(`No test file matches ${words.join(', ')}. Correct the list in tools/fast-tests.ts.`);
  process.exit(1);
}

/** A pwsh on the PATH that does not start would fail or hang a hundred tests, none of which would say why. */
function stopWithoutStartingPowerShell(path: string | undefined): void {
  if (path === undefined) return;
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', 'exit 42'];
  const options = { env: environmentForPowerShell(process.env), encoding: 'utf8', timeout: 120_000 } as const;
  const { status, stderr, error } = spawnSync(path, args, options);
  if (status === 42) return;
  const why = error?.message ?? `it ended with ${status ?? 'a signal'}: ${stderr.trim()}`;
  console.error(`${path} is on the PATH and does not start: ${why}. Mend it, or take it off the PATH.`);
  process.exit(1);
}

const LONGEST_FAST_RUN = 60_000;
const TOO_SLOW =
  'The fast tests took over a minute. If the machine was idle, add the slowest files to the list in tools/fast-tests.ts.';

const counts = { passed: 0, failed: 0, skipped: 0 };
const skippedBecause = new Map<string, number>();

interface TestEvent {
  readonly file?: string | undefined;
  readonly nesting: number;
  readonly details: { readonly duration_ms: number };
}

/** Milliseconds in the tests of each file. A file's own start isn't part of it. */
const durations = new Map<string, number>();
const countTime = ({ file, nesting, details }: TestEvent): void => {
  if (nesting !== 0 || file === undefined) return;
  // A source map makes it the path of the source, which is another folder with the same parts below test/.
  const name = file.replaceAll('\\', '/').split('/test/').at(-1) ?? file;
  durations.set(name, (durations.get(name) ?? 0) + details.duration_ms);
};
const isSuite = (details: object): boolean => 'type' in details && details.type === 'suite';
const begin = performance.now();
const tests = run({ files: files.map((file) => join(folder, file)), concurrency: concurrency() })
  .on('test:pass', (event) => {
    countTime(event);
    const { details, skip, todo } = event;
    const isSkipped = (skip ?? false) !== false || (todo ?? false) !== false;
    // A suite that is skipped stands for its tests, which nobody hears of.
    if (isSuite(details) && !isSkipped) return;
    counts[isSkipped ? 'skipped' : 'passed']++;
    if (!isSkipped) return;
    const why = typeof skip === 'string' ? skip : 'without a reason';
    skippedBecause.set(why, (skippedBecause.get(why) ?? 0) + 1);
  })
  .on('test:fail', (event) => {
    countTime(event);
    if (!isSuite(event.details)) counts.failed++;
  });
tests.pipe(new spec()).pipe(process.stdout);

/** The fast tests take every core: none of them measures time closely. `true` leaves one core free. */
function concurrency(): number | true {
  return fastOnly ? availableParallelism() : true;
}

function timesOfRun(): readonly string[] {
  const slowest = [...durations].sort(([, one], [, other]) => other - one).slice(0, 5);
  const lines = slowest.map(([file, time]) => `${seconds(time).padStart(8)}  ${file}`);
  const whole = performance.now() - begin;
  const told = [`The slowest of ${durations.size} files (all of them took ${seconds(whole)}):`, ...lines];
  return fastOnly && whole > LONGEST_FAST_RUN ? [...told, TOO_SLOW] : told;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

const neverSkipped = (process.env['FAIL_WHEN_SKIPPED'] ?? '').split(',').filter((word) => word !== '');
const mustRun = (why: string): boolean => neverSkipped.some((word) => why.includes(word));
tests.on('end', () => {
  const hasSkippedWhatMustRun = [...skippedBecause.keys()].some(mustRun);
  process.exitCode = counts.failed > 0 || counts.passed === 0 || hasSkippedWhatMustRun ? 1 : 0;
  process.on('exit', () => {
    console.log();
    for (const line of timesOfRun()) console.log(line);
    for (const [why, tests] of skippedBecause) {
      console.log(`skipped: ${tests} tests: ${why}`);
      if (mustRun(why)) console.log('The run fails for it: this machine has what these tests need.');
    }
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  });
});
