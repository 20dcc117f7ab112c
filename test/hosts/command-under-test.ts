import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { startSimulator, type RunningSimulator, type SimulatorOptions } from '../../src/simulator/index.js';
import { REPOSITORY } from '../../tools/repository.js';
import { supportedNodes, type SupportedNode } from '../../tools/supported-nodes.js';
import { SITE_WITH_SMALL_GROUP } from '../servicing/site-afterwards.js';
import { SMALL_SITE, TOKEN } from '../site-under-test.js';

export const COMMAND = join(REPOSITORY, 'dist', 'cli', 'index.mjs');

export const NODES: readonly SupportedNode[] = supportedNodes();

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Names in the command's own temporary folder afterwards. */
  readonly left: readonly string[];
}

export interface Spawned {
  readonly child: ChildProcess;
  /** The folder that the command takes for temporary files. */
  readonly temporary: string;
  readonly ended: Promise<Ended>;
}

export interface SpawnOptions {
  readonly node?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** A file descriptor in place of a pipe that is read here. */
  readonly stdout?: number;
}

/** Starts the built command as a user would, with a small environment of its own. */
export function spawnCommand(args: readonly string[], options: SpawnOptions = {}): Spawned {
  return spawnBundle([COMMAND, ...args], options);
}

/** Starts a bundle with nothing of this process's environment but the PATH. */
export function spawnBundle(args: readonly string[], options: SpawnOptions = {}): Spawned {
  const temporary = mkdtempSync(join(tmpdir(), 'command '));
  const child = spawn(options.node ?? process.execPath, [...args], {
    cwd: options.folder ?? temporary,
    env: {
      PATH: process.env['PATH'],
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
      ...options.environment,
    },
    stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const left = readdirSync(temporary);
      rmSync(temporary, { recursive: true });
      resolve({ exitCode, stdout, stderr, left });
    });
  });
  return { child, temporary, ended };
}

export async function runCommand(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  return spawnCommand(args, options).ended;
}

/** A simulated site of this process, and the arguments with which the command reaches it. */
export interface ServedSite {
  readonly simulator: RunningSimulator;
  readonly reach: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export async function serveSite(
  context: TestContext,
  options: Partial<SimulatorOptions> = {},
): Promise<ServedSite> {
  const simulator = await startSimulator({
    description: SMALL_SITE,
    token: TOKEN,
    invisibleMilliseconds: 0,
    ...options,
  });
  const folder = mkdtempSync(join(tmpdir(), 'site of a test '));
  const certificate = join(folder, `the "site's" certificate.pem`);
  writeFileSync(certificate, simulator.certificatePem);
  context.after(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  });
  const reach = [
    '--connection',
    'admin-service',
    '--authentication',
    'token',
    '--sms-provider',
    simulator.tokenBaseUrl,
    '--ca-certificate',
    certificate,
  ];
  return { simulator, reach, environment: { CONFIGMGR_TOKEN: TOKEN } };
}

/** The arguments for the group of few updates. */
export const SMALL = ['--site-code', 'LAB', '--update-group', 'Small', '--image', 'Windows 7 Enterprise'];
/** As the README has it. */
export const THE_MAIN_JOB = [
  'service',
  ...['--connection', 'simulator'],
  ...['--site-code', 'LAB'],
  ...['--update-group', 'Windows 7'],
  ...['--image', 'Windows 7 Enterprise'],
  ...['--update-distribution-points', 'true'],
];

/** Starts `service` for the small group at a served site. */
export function service({ reach, environment }: ServedSite, ...args: readonly string[]): Spawned {
  return spawnCommand(['service', ...reach, ...SMALL, ...args], { environment });
}

/** A site with the group that these arguments name. */
export const small = { description: SITE_WITH_SMALL_GROUP };
