import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY } from '../repository.js';
import { COMMAND } from './command.js';

export interface StartUp {
  /** As the executable tells it: `v20.11.0`. */
  readonly node: string;
  /** Medians. */
  readonly bareMilliseconds: number;
  readonly commandMilliseconds: number;
}

const WARM_UPS = 3;
const ROUNDS = 15;
const WRONG_INPUTS = 2;

/** From start to end: bare Node, and the command until it has said which inputs are missing. */
export function measureStartUp(): readonly StartUp[] {
  return availableNodes().map((node) => {
    const bare: number[] = [];
    const command: number[] = [];
    // In turn, so that whatever else the machine does meanwhile strikes both.
    for (let round = -WARM_UPS; round < ROUNDS; round++) {
      const bareTook = timeOf(node, ['-e', '0'], 0);
      const commandTook = timeOf(node, [COMMAND, 'service'], WRONG_INPUTS);
      if (round < 0) continue;
      bare.push(bareTook);
      command.push(commandTook);
    }
    return {
      node: spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim(),
      bareMilliseconds: median(bare),
      commandMilliseconds: median(command),
    };
  });
}

/** The one that runs this, the one that runs npm, and the newer one that comes with the development tools. */
function availableNodes(): readonly string[] {
  const newer = join(REPOSITORY, 'node_modules', 'node-24-linux-x64', 'bin', 'node');
  const candidates = [process.execPath, process.env['npm_node_execpath'], newer];
  const there = candidates.filter((path) => path !== undefined && existsSync(path));
  return [...new Set(there.map((path) => realpathSync(path ?? '')))];
}

function timeOf(node: string, args: readonly string[], expected: number): number {
  const begun = performance.now();
  const { status, error } = spawnSync(node, args, { stdio: 'ignore' });
  const took = performance.now() - begun;
  if (status !== expected)
    throw new Error(`${args.join(' ')} ended with ${String(status)}.`, { cause: error });
  return took;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
