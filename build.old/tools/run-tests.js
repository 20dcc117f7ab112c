import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { environmentForPowerShell, findPowerShell } from '../src/provider/wmi/powershell-executable.js';
import { COMPILED } from './repository.js';
/**
 * Runs every compiled `*.test.js` below test/, or those whose path holds one of the arguments. Ends with why tests were
 * skipped, and with the counts on a line of their own.
 *
 * The variable FAIL_WHEN_SKIPPED holds words with commas between. A skipped test whose reason holds one of them makes the
 * run fail: it is for a machine that has what such tests need.
 */
const wanted = process.argv.slice(2);
const folder = join(COMPILED, 'test');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .sort()
    .map((file) => join(folder, file));
stopWithoutStartingPowerShell(findPowerShell('pwsh', process.env));
/** A pwsh on the PATH that does not start would fail or hang a hundred tests, none of which would say why. */
function stopWithoutStartingPowerShell(path) {
    if (path === undefined)
        return;
    const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', 'exit 42'];
    const options = { env: environmentForPowerShell(process.env), encoding: 'utf8', timeout: 120_000 };
    const { status, stderr, error } = spawnSync(path, args, options);
    if (status === 42)
        return;
    const why = error?.message ?? `it ended with ${status ?? 'a signal'}: ${stderr.trim()}`;
    console.error(`${path} is on the PATH and does not start: ${why}. Mend it, or take it off the PATH.`);
    process.exit(1);
}
const counts = { passed: 0, failed: 0, skipped: 0 };
const skippedBecause = new Map();
const isSuite = (details) => 'type' in details && details.type === 'suite';
const tests = run({ files, concurrency: true })
    .on('test:pass', ({ details, skip, todo }) => {
    const isSkipped = (skip ?? false) !== false || (todo ?? false) !== false;
    // A suite that is skipped stands for its tests, which nobody hears of.
    if (isSuite(details) && !isSkipped)
        return;
    counts[isSkipped ? 'skipped' : 'passed']++;
    if (!isSkipped)
        return;
    const why = typeof skip === 'string' ? skip : 'without a reason';
    skippedBecause.set(why, (skippedBecause.get(why) ?? 0) + 1);
})
    .on('test:fail', ({ details }) => {
    if (!isSuite(details))
        counts.failed++;
});
tests.pipe(new spec()).pipe(process.stdout);
const neverSkipped = (process.env['FAIL_WHEN_SKIPPED'] ?? '').split(',').filter((word) => word !== '');
const mustRun = (why) => neverSkipped.some((word) => why.includes(word));
tests.on('end', () => {
    const hasSkippedWhatMustRun = [...skippedBecause.keys()].some(mustRun);
    process.exitCode = counts.failed > 0 || counts.passed === 0 || hasSkippedWhatMustRun ? 1 : 0;
    process.on('exit', () => {
        console.log();
        for (const [why, tests] of skippedBecause) {
            console.log(`skipped: ${tests} tests: ${why}`);
            if (mustRun(why))
                console.log('The run fails for it: this machine has what these tests need.');
        }
        console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    });
});
//# sourceMappingURL=run-tests.js.map