import { AsyncLocalStorage } from 'node:async_hooks';
import { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { isAbsolute } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

import { exec } from '@actions/exec';

import { systemClock } from './clock.js';

export interface ChildRequest {
  /** Absolute: nothing is ever started by a name that the current folder could answer to. */
  readonly executable: string;
  readonly args: readonly string[];
  /** Everything the child gets as its environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly input: string;
  readonly onLine: (line: string) => void;
  /** A child that writes more than this on standard output is ended. Kept low: exec takes quadratic time for output without line ends. */
  readonly outputBytes: number;
  readonly deadlineMilliseconds: number;
  readonly cancelled: AbortSignal;
  /** Called every `watchMilliseconds`; a text ends the child with that reason. */
  readonly watch?: () => string | undefined;
  readonly watchMilliseconds?: number;
}

export type ChildEnd =
  | { readonly ended: 'by-itself'; readonly exitCode: number | null; readonly stderr: string }
  | {
      readonly ended: 'killed';
      readonly why: 'deadline' | 'cancelled' | 'output' | 'watch';
      readonly stderr: string;
    }
  | { readonly ended: 'never-started'; readonly stderr: string };

const STDERR_CAP_BYTES = 16 * 1024;

/** The running child, as far as this module has to act on it. */
interface Supervision {
  adopt(child: ChildProcess): void;
}

const supervisionOfThisCall = new AsyncLocalStorage<Supervision>();

// `exec` hides the ChildProcess. Node hands it over on this channel while it is made, and the async context tells
// which call it belongs to.
subscribe('child_process', (message) => {
  if (typeof message !== 'object' || message === null || !('process' in message)) return;
  if (message.process instanceof ChildProcess) supervisionOfThisCall.getStore()?.adopt(message.process);
});

const running = new Set<ChildProcess>();

// Whatever ends this process, no child goes on writing to a site without it.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Runs one child to its end and hands over its output in lines. The only place that starts processes.
 * Never throws for anything that a child does.
 */
export async function runChild(request: ChildRequest): Promise<ChildEnd> {
  if (!isAbsolute(request.executable) || request.executable.includes('"')) {
    throw new TypeError(`Not an absolute path of an executable: ${request.executable}`);
  }
  let child: ChildProcess | undefined;
  let killed: 'deadline' | 'cancelled' | 'output' | 'watch' | undefined;
  let stderr = '';

  const kill = (why: NonNullable<typeof killed>): void => {
    killed ??= why;
    child?.kill('SIGKILL');
  };
  const lines = splitLines(request.onLine);
  const decoder = new StringDecoder('utf8');
  let seenBytes = 0;

  const onCancel = (): void => {
    kill('cancelled');
  };
  request.cancelled.addEventListener('abort', onCancel, { once: true });
  const deadline = setTimeout(() => {
    kill('deadline');
  }, request.deadlineMilliseconds);
  const watching = startWatching(request, (reason) => {
    stderr = reason;
    kill('watch');
  });

  const supervision: Supervision = {
    adopt: (started) => {
      child = started;
      running.add(started);
      // The streams exist once the constructor's caller has spawned. A child that ends before it has read all its
      // input breaks the pipe, and an unhandled EPIPE would end Node.
      queueMicrotask(() => {
        started.stdin?.on('error', () => undefined);
        if (killed !== undefined || request.cancelled.aborted) kill(killed ?? 'cancelled');
      });
    },
  };

  try {
    // Null when something else than this module killed the child, whatever exec's type says.
    const exitCode: number | null = await supervisionOfThisCall.run(supervision, async () =>
      exec(`"${request.executable}"`, [...request.args], {
        silent: true,
        ignoreReturnCode: true,
        cwd: request.folder,
        env: { ...request.environment },
        // Without input the child's standard input would stay open for ever.
        input: Buffer.from(request.input === '' ? '\n' : request.input, 'utf8'),
        delay: 1_000,
        listeners: {
          stdout: (data) => {
            seenBytes += data.length;
            if (seenBytes > request.outputBytes) kill('output');
            else lines.push(data);
          },
          stderr: (data) => {
            if (stderr.length < STDERR_CAP_BYTES) stderr += decoder.write(data);
          },
        },
      }),
    );
    lines.end();
    if (killed === undefined && isOfTerminal(exitCode)) await untilCancelArrives(request.cancelled);
    return killed === undefined
      ? { ended: 'by-itself', exitCode, stderr: stderr.trim() }
      : { ended: 'killed', why: killed, stderr: stderr.trim() };
  } catch (error) {
    // A killed child has no exit code, which exec reports as an error of its own.
    if (killed !== undefined) return { ended: 'killed', why: killed, stderr: stderr.trim() };
    return { ended: 'never-started', stderr: error instanceof Error ? error.message : String(error) };
  } finally {
    if (child !== undefined) running.delete(child);
    clearTimeout(deadline);
    clearInterval(watching);
    request.cancelled.removeEventListener('abort', onCancel);
  }
}

/** What a child ends with that a key of the terminal ended: a signal, the number that a shell has for it, or Windows' own. */
function isOfTerminal(exitCode: number | null): boolean {
  return exitCode === null || exitCode === 130 || exitCode === 0xc000013a;
}

/** Ctrl+C reaches every process of a terminal, and a child may be gone before this process hears of it. */
async function untilCancelArrives(cancelled: AbortSignal): Promise<void> {
  await systemClock.sleep(100, cancelled);
}

function startWatching(request: ChildRequest, stop: (reason: string) => void): NodeJS.Timeout | undefined {
  const { watch } = request;
  if (watch === undefined) return undefined;
  return setInterval(() => {
    const reason = watch();
    if (reason !== undefined) stop(reason);
  }, request.watchMilliseconds ?? 250);
}

/** Lines as they come, whatever their end; exec's own splitting takes quadratic time for output without any. */
function splitLines(onLine: (line: string) => void): { push(data: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8');
  let unfinished: string[] = [];
  const endLine = (tail: string): void => {
    const line = unfinished.join('') + tail;
    unfinished = [];
    onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  return {
    push: (data) => {
      const pieces = decoder.write(data).split('\n');
      const last = pieces.pop() ?? '';
      pieces.forEach(endLine);
      if (last !== '') unfinished.push(last);
    },
    end: () => {
      const last = decoder.end();
      if (last !== '' || unfinished.length > 0) endLine(last);
    },
  };
}
