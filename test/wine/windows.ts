import { spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

import { REPOSITORY } from '../../tools/repository.js';
import { openStage, type Stage } from './stage.js';
import { makeStandIn, STAGE_FILE } from './stand-in-program.js';
import { makeWinePrefix, type WinePrefix } from './wine-prefix.js';
import { findWinePrograms } from './wine-programs.js';

export interface EndedOnWindows {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedOnWindows {
  readonly ended: Promise<EndedOnWindows>;
  /** What it has printed so far. */
  printed(): string;
  /** Ctrl+C: Wine makes one of SIGINT. */
  interrupt(): void;
}

/** A Windows that Wine plays, with Node.js and the bundles on it, and the stand-ins in its System32. */
export interface Windows {
  readonly stage: Stage;
  /** Starts Node.js with a bundle, or with other arguments. */
  start(args: readonly string[], environment?: Readonly<Record<string, string>>): StartedOnWindows;
  /** The path on this system of an absolute path of Windows. */
  pathHere(windowsPath: string): string;
  /** Puts the stand-in at a path of Windows. */
  place(windowsPath: string): void;
  remove(): Promise<void>;
}

const NODE = 'C:\\Program Files\\nodejs\\node.exe';
/** With spaces and an apostrophe in the path, as agents may have them. */
export const BUNDLES = "C:\\an agent's work\\offline servicing";
export const POWERSHELL = 'C:\\windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
export const CURL = 'C:\\windows\\System32\\curl.exe';
/** Where Windows keeps temporary files of the account. */
export const TEMPORARY = `C:\\users\\${userInfo().username}\\Temp`;

/** Longer than a run takes on the slowest of machines. */
const LIMIT_MILLISECONDS = 180_000;

/** A Windows, or why there is none here. */
export async function makeWindows(): Promise<Windows | string> {
  const programs = findWinePrograms();
  if (typeof programs === 'string') return programs;
  const prefix = prefixOrReason(() => makeWinePrefix(programs));
  if (typeof prefix === 'string') return prefix;
  const stage = await openStage();
  const windows = onPrefix(programs.wine, prefix, makeStandIn(programs, prefix.folder), stage);
  copy(programs.windowsNode, windows.pathHere(NODE));
  for (const bundle of ['cli', 'github', 'azure'])
    cpSync(join(REPOSITORY, 'dist', bundle), windows.pathHere(`${BUNDLES}\\${bundle}`), { recursive: true });
  writeFileSync(join(prefix.drive, STAGE_FILE), JSON.stringify({ port: stage.port, secret: stage.secret }));
  const { stdout } = await windows.start(['-p', 'process.platform']).ended;
  if (stdout.trim() !== 'win32') {
    await windows.remove();
    return 'needs Wine, and the one here does not start Node.js';
  }
  for (const program of [POWERSHELL, CURL]) windows.place(program);
  return windows;
}

function prefixOrReason(make: () => WinePrefix): WinePrefix | string {
  try {
    return make();
  } catch (error) {
    return `needs Wine, and the one here makes no Windows: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function onPrefix(wine: string, prefix: WinePrefix, standIn: string, stage: Stage): Windows {
  const pathHere = (windowsPath: string): string => {
    const [, letter = '', rest = ''] = /^([A-Za-z]):\\(.*)$/s.exec(windowsPath) ?? [];
    const root = { C: prefix.drive, Z: '/' }[letter.toUpperCase()];
    if (root === undefined) throw new Error(`No absolute path of drive C: or Z: is ${windowsPath}`);
    return join(root, ...rest.split('\\'));
  };
  let starts = 0;
  return {
    stage,
    pathHere,
    place: (windowsPath) => copy(standIn, pathHere(windowsPath)),
    start: (args, environment = {}) => {
      starts += 1;
      const preloaded = `C:\\variables-${starts}.cjs`;
      writeFileSync(pathHere(preloaded), settingWhatTheShellDrops(environment));
      return startProgram(wine, [NODE, '--require', preloaded, ...args], {
        output: join(prefix.folder, `output-${starts}`),
        folder: prefix.folder,
        environment: { ...prefix.environment, ...environment },
      });
    },
    remove: async () => {
      await stage.close();
      prefix.remove();
    },
  };
}

/**
 * Wine's own start is a script, and a shell drops variables with a hyphen in their names, as GitHub's inputs have them: a
 * script of Node.js sets these again.
 */
function settingWhatTheShellDrops(environment: Readonly<Record<string, string>>): string {
  const dropped = Object.entries(environment).filter(([name]) => !/^\w+$/.test(name));
  return `Object.assign(process.env, ${JSON.stringify(Object.fromEntries(dropped))});`;
}

interface StartOptions {
  /** The beginning of the names of two files: through a pipe from outside, Node.js under Wine cannot write. */
  readonly output: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

function startProgram(
  wine: string,
  args: readonly string[],
  { output, folder, environment }: StartOptions,
): StartedOnWindows {
  const files = [`${output}.stdout`, `${output}.stderr`] as const;
  const [stdout, stderr] = [openSync(files[0], 'w'), openSync(files[1], 'w')];
  const child = spawn(wine, [...args], {
    cwd: folder,
    env: { ...environment },
    stdio: ['ignore', stdout, stderr],
    timeout: LIMIT_MILLISECONDS,
    killSignal: 'SIGKILL',
  });
  closeSync(stdout);
  closeSync(stderr);
  const textOf = (file: string): string => readFileSync(file, 'utf8');
  return {
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) =>
        resolve({ exitCode, stdout: textOf(files[0]), stderr: textOf(files[1]) }),
      );
    }),
    printed: () => files.map(textOf).join(''),
    interrupt: () => void child.kill('SIGINT'),
  };
}

/** As a link where that is possible: the programs are large. */
function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  rmSync(to, { force: true });
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
