import { statSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY } from '../repository.js';

/** The command as users run it: the committed bundle, not what was compiled just now. */
export const COMMAND = join(REPOSITORY, 'dist', 'cli', 'index.mjs');

const BUNDLES = ['dist/cli/index.mjs', 'dist/simulator/index.mjs'] as const;

/** Each bundle and its bytes. */
export function bundleSizes(): readonly (readonly [path: string, bytes: number])[] {
  return BUNDLES.map((path) => [path, statSync(join(REPOSITORY, path)).size]);
}
