import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import ncc from '@vercel/ncc';

/** Each bundle: its folder in dist/ and the compiled entry that it grows from. */
const BUNDLES = [
  { folder: 'cli', entry: 'src/hosts/command-line/main.js', isCommand: true },
  { folder: 'simulator', entry: 'src/simulator/index.js', isCommand: false },
] as const;

/** Builds all bundles from the compiled source into an empty folder. */
export async function buildBundles(compiled: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  for (const { folder, entry, isCommand } of BUNDLES) {
    const { code, assets } = await ncc(join(compiled, entry), {
      minify: true,
      cache: false,
      quiet: true,
      license: 'licenses.txt',
    });
    // An .mjs file needs no package.json beside it to be taken as a module by every Node.js.
    const files = [
      ['index.mjs', isCommand ? `#!/usr/bin/env node\n${code}` : code],
      ...Object.entries(assets)
        .filter(([name]) => name !== 'package.json')
        .map(([name, { source }]) => [name, source] as const),
    ] as const;
    for (const [name, content] of files) {
      const path = join(target, folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
  }
}
