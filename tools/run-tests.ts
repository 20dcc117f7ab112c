import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

import { COMPILED } from './repository.js';

/**
 * Runs every compiled `*.test.js` below test/, or those whose path holds one of the arguments, and ends with the counts
 * on a line of their own.
 */
const wanted = process.argv.slice(2);
const folder = join(COMPILED, 'test');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort()
  .map((file) => join(folder, file));

const counts = { passed: 0, failed: 0, skipped: 0 };
const isSuite = (details: object): boolean => 'type' in details && details.type === 'suite';
const tests = run({ files, concurrency: true })
  .on('test:pass', ({ details, skip, todo }) => {
    if (isSuite(details)) return;
    const isSkipped = (skip ?? false) !== false || (todo ?? false) !== false;
    counts[isSkipped ? 'skipped' : 'passed']++;
  })
  .on('test:fail', ({ details }) => {
    if (!isSuite(details)) counts.failed++;
  });
tests.pipe(new spec()).pipe(process.stdout);
tests.on('end', () => {
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
  process.on('exit', () => {
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  });
});
