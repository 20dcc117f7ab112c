import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { suite, test } from 'node:test';

import { runChild, type ChildEnd, type ChildRequest } from '../../src/provider/child-process.js';

interface Ran {
  readonly end: ChildEnd;
  readonly lines: readonly string[];
}

/** Runs a script in a real Node.js process. */
async function run(script: string, request: Partial<ChildRequest> = {}): Promise<Ran> {
  const lines: string[] = [];
  const end = await runChild({
    executable: process.execPath,
    args: ['-e', script],
    environment: {},
    folder: tmpdir(),
    input: '',
    onLine: (line) => lines.push(line),
    outputBytes: 4 * 1024 * 1024,
    deadlineMilliseconds: 20_000,
    cancelled: new AbortController().signal,
    ...request,
  });
  return { end, lines };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const FOR_EVER = 'console.log(process.pid); setInterval(() => {}, 1000);';

suite('a child process', () => {
  test('hands over its lines, whatever their ends, and its exit code', async () => {
    const { end, lines } = await run(`process.stdout.write('one\\r\\ntwo\\n\\nlast'); process.exitCode = 3;`);
    assert.deepEqual(lines, ['one', 'two', '', 'last']);
    assert.deepEqual(end, { ended: 'by-itself', exitCode: 3, stderr: '' });
  });

  test('gets its input whole, and characters that are split between reads stay whole', async () => {
    const input = 'ä🙂€'.repeat(200_000);
    const { lines } = await run(
      `const parts = []; process.stdin.on('data', (part) => parts.push(part)).on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        console.log(text.length, text === 'ä🙂€'.repeat(200000));
        console.log(text);
      });`,
      { input },
    );
    assert.equal(lines[0], `${input.length} true`);
    assert.equal(lines[1], input);
  });

  test('that ends before it has read a large input does not end this process', async () => {
    const { end } = await run('process.exit(7)', { input: 'x'.repeat(8_000_000) });
    assert.deepEqual(end, { ended: 'by-itself', exitCode: 7, stderr: '' });
  });

  test('finds its standard input closed when there is none', async () => {
    const { lines } = await run(`process.stdin.resume().on('end', () => console.log('closed'));`);
    assert.deepEqual(lines, ['closed']);
  });

  test('has the environment that it was given and nothing else', async () => {
    process.env['LEAKED'] = 'yes';
    const { lines } = await run('console.log(JSON.stringify(process.env))', { environment: { GIVEN: '1' } });
    delete process.env['LEAKED'];
    const environment = JSON.parse(lines[0] ?? '') as Record<string, string>;
    assert.equal(environment['GIVEN'], '1');
    assert.deepEqual(
      Object.keys(environment).filter((name) => name !== 'GIVEN' && !name.startsWith('__')),
      [],
    );
  });

  test('is gone when the run is cancelled', async () => {
    const controller = new AbortController();
    let pid = 0;
    const { end } = await run(FOR_EVER, {
      cancelled: controller.signal,
      onLine: (line) => {
        pid = Number(line);
        controller.abort();
      },
    });
    assert.equal(end.ended === 'killed' && end.why, 'cancelled');
    assert.ok(pid > 0);
    assert.equal(isAlive(pid), false);
  });

  test('is not left running when it was cancelled before it started', async () => {
    const { end } = await run(FOR_EVER, { cancelled: AbortSignal.abort() });
    assert.equal(end.ended === 'killed' && end.why, 'cancelled');
  });

  test('that a key of the terminal ended together with this process counts as cancelled', async (t) => {
    if (process.platform === 'win32') {
      t.skip('a process of Windows gets no signals from another one');
      return;
    }
    const controller = new AbortController();
    const { end } = await run(`console.log(1); setTimeout(() => process.kill(process.pid, 'SIGINT'), 50);`, {
      cancelled: controller.signal,
      // Later than the child ends, as it may be.
      onLine: () => setTimeout(() => controller.abort(), 90),
    });
    assert.equal(end.ended === 'killed' && end.why, 'cancelled');
  });

  test('is ended at its deadline', async () => {
    const { end } = await run(FOR_EVER, { deadlineMilliseconds: 400 });
    assert.equal(end.ended === 'killed' && end.why, 'deadline');
  });

  test('leaves no timer behind, however it ends: the process would stay as long as its deadline', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    // Long beside the test, and short enough that a timer left behind fails it instead of keeping the suite.
    const watched = { watch: () => undefined, watchMilliseconds: 20, deadlineMilliseconds: 30_000 };
    await run('', watched);
    await run('process.exit(3)', watched);
    await run(FOR_EVER, { ...watched, cancelled: AbortSignal.timeout(200) });
    await run('', { ...watched, executable: '/no/such/executable' });
    assert.equal(timers(), before);
  });

  test('is ended when it writes without an end, in little time even without line ends', async () => {
    const { end } = await run(
      `const part = 'x'.repeat(1 << 20); setInterval(() => process.stdout.write(part), 1);`,
    );
    assert.equal(end.ended === 'killed' && end.why, 'output');
  });

  test('is ended when the watch says so, with its reason', async () => {
    const { end } = await run(FOR_EVER, {
      watch: () => 'seen enough',
      watchMilliseconds: 20,
    });
    assert.deepEqual(end, { ended: 'killed', why: 'watch', stderr: 'seen enough' });
  });

  test('that cannot start is told, not thrown', async () => {
    const { end } = await run('', { executable: '/no/such/executable' });
    assert.equal(end.ended, 'never-started');
  });

  test('is never started by a bare or relative name', async () => {
    await assert.rejects(run('', { executable: 'node' }), TypeError);
    await assert.rejects(run('', { executable: './node' }), TypeError);
  });

  test('complains on standard error, which is kept up to a limit', async () => {
    const { end } = await run(`console.error('x'.repeat(1000000)); process.exitCode = 1;`);
    assert.equal(end.ended, 'by-itself');
    assert.ok(end.stderr.length > 1_000 && end.stderr.length < 200_000);
  });

  test('many at once are told apart', async () => {
    const ends = await Promise.all(
      [1, 2, 3, 4, 5].map(async (code) => run(`setTimeout(() => process.exit(${code}), 50)`)),
    );
    assert.deepEqual(
      ends.map(({ end }) => end.ended === 'by-itself' && end.exitCode),
      [1, 2, 3, 4, 5],
    );
  });
});
