/* eslint-disable no-control-regex -- what a terminal gets is made of control characters */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { promisify, stripVTControlCharacters } from 'node:util';

import { COMMAND, runCommand, spawnCommand, THE_MAIN_JOB } from './command-under-test.js';

/** Gives the command a pseudo-terminal of a width, and prints what came to it. */
const IN_A_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    sys.stdout.buffer.write(data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

async function onTerminal(
  columns: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { PATH: process.env['PATH'], TERM: 'xterm-256color', ...environment };
  const args = ['-c', IN_A_TERMINAL, `${columns}`, process.execPath, COMMAND, ...THE_MAIN_JOB];
  const { stdout } = await promisify(execFile)('python3', args, { env, timeout: 60_000 });
  return stdout;
}

const hasPython = spawnSync('python3', ['-c', 'import pty, termios']).status === 0;

suite('the command on a terminal', { skip: hasPython ? false : 'needs python3 with pty' }, () => {
  for (const columns of [80, 40]) {
    test(`wraps its lines at ${columns} columns, and has a live line`, async () => {
      const said = await onTerminal(columns);
      assert.match(said, /\u001b\[32mResult:\u001b\[0m scheduled/);
      assert.match(said, /Linking 40 u/);
      assert.match(said, /… 30 more \(--verbose\)/);
      assert.ok(said.lastIndexOf('\u001b[?25h') > said.lastIndexOf('\u001b[?25l'), 'the cursor is back');
      // What is written over begins again at the first column, by a sequence of the terminal.
      const lines = said.split(/\r?\n|\u001b\[1G/).map((line) => stripVTControlCharacters(line));
      for (const line of lines) assert.ok(line.length <= columns || !line.trim().includes(' '), line);
    });
  }

  test('has no colour with NO_COLOR', async () => {
    assert.doesNotMatch(await onTerminal(80, { NO_COLOR: '1' }), /\u001b\[\d+m/);
  });

  test('has no live line in CI or on a dumb terminal', async () => {
    for (const environment of [{ CI: 'true' }, { TERM: 'dumb' }])
      assert.doesNotMatch(await onTerminal(80, environment), /Linking 40/);
  });
});

test('in a pipe the command prints plain lines and all updates, each KB number once', async () => {
  const { stdout } = await runCommand(THE_MAIN_JOB);
  assert.equal(stdout, stripVTControlCharacters(stdout));
  assert.match(stdout, /^Provider: the simulated site .*administration service$/m);
  assert.match(stdout, /^Took \d+\.\d s$/m);
  const updates = stdout.split('\n').filter((line) => line.startsWith('  KB'));
  assert.equal(updates.length, 40);
  for (const line of updates) assert.equal(line.match(/KB\d+/g)?.length, 1, line);
});

for (const [shell, heading] of [
  ['bash', 'In bash:'],
  ['pwsh', 'In PowerShell:'],
] as const) {
  const flag = shell === 'bash' ? '-c' : '-Command';
  const starts = spawnSync(shell, [flag, 'exit 0']).status === 0;
  test(
    `the command that simulate prints for ${shell} runs as printed`,
    { skip: starts ? false : `no ${shell}` },
    async () => {
      const served = spawnCommand(['simulate', '--updates', '300']);
      let said = '';
      await new Promise<void>((resolve) => {
        served.child.stdout?.on('data', (text: string) => {
          said += text;
          if (said.includes('Interrupt it')) resolve();
        });
      });
      const lines = said.split('\n');
      const line = lines[lines.findIndex((each) => each.includes(heading)) + 1] ?? '';
      const ran = await promisify(execFile)(shell, [flag, `${line.trim()} --dry-run`], {
        timeout: 60_000,
      }).finally(async () => {
        served.child.kill('SIGTERM');
        await served.ended;
      });
      assert.match(ran.stdout, /Result: planned/);
    },
  );
}
