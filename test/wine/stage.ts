import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** One start of a stand-in: how it was started, and what it is made to do. */
export interface StartedProgram {
  /** As Windows names it: `C:\windows\system32\curl.exe`. */
  readonly executable: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** All that it read from its standard input. Never settles when it was ended before. */
  readonly input: Promise<string>;
  /** Aborted when it is gone, however it ended. */
  readonly gone: AbortSignal;
  write(output: Buffer): void;
  complain(output: Buffer): void;
  exit(code: number): void;
}

export type Player = (program: StartedProgram) => Promise<void>;

/** Where the stand-ins of a Windows are played from. */
export interface Stage {
  readonly port: number;
  readonly secret: string;
  /** Every start since the last call of `play`. */
  starts(): readonly StartedProgram[];
  /** How the programs that start from now on are played. */
  play(player: Player): void;
  close(): Promise<void>;
}

interface Line {
  readonly secret?: string;
  readonly executable?: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly input?: string;
  readonly inputEnded?: boolean;
}

const NOBODY: Player = async (program) => {
  program.exit(97);
  return Promise.resolve();
};

export async function openStage(): Promise<Stage> {
  const secret = randomBytes(16).toString('hex');
  const sockets = new Set<Socket>();
  let starts: StartedProgram[] = [];
  let player = NOBODY;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    void serve(socket, secret, (program) => {
      starts.push(program);
      player(program).catch((error: unknown) => {
        program.complain(Buffer.from(String(error)));
        program.exit(96);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stage has no port.');
  return {
    port: address.port,
    secret,
    starts: () => starts,
    play: (next) => {
      starts = [];
      player = next;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function serve(
  socket: Socket,
  secret: string,
  onStart: (program: StartedProgram) => void,
): Promise<void> {
  const gone = new AbortController();
  socket.on('close', () => gone.abort());
  const tell = (line: object): void => {
    if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`);
  };
  const pieces: Buffer[] = [];
  let endInput: (input: string) => void = () => undefined;
  const input = new Promise<string>((resolve) => (endInput = resolve));
  for await (const text of createInterface({ input: socket, crlfDelay: Infinity })) {
    const line = JSON.parse(text) as Line;
    if (line.executable !== undefined) {
      if (line.secret !== secret) return void socket.destroy();
      const { executable, args = [], environment = {}, folder = '' } = line;
      onStart({
        executable,
        args,
        environment,
        folder,
        input,
        gone: gone.signal,
        write: (output) => tell({ output: output.toString('base64') }),
        complain: (output) => tell({ complaint: output.toString('base64') }),
        exit: (exitCode) => tell({ exitCode }),
      });
    }
    if (line.input !== undefined) pieces.push(Buffer.from(line.input, 'base64'));
    if (line.inputEnded === true) endInput(Buffer.concat(pieces).toString('utf8'));
  }
}
