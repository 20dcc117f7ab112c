import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import ncc from '@vercel/ncc';

/** Each bundle: its folder in dist/ and the compiled entry that it grows from. */
const BUNDLES = [
  { folder: 'cli', entry: 'src/hosts/command-line/main.js', isCommand: true, externals: {} },
  { folder: 'simulator', entry: 'src/simulator/index.js', isCommand: false, externals: {} },
  {
    folder: 'github',
    entry: 'src/hosts/github/main.js',
    isCommand: false,
    // Only getIDToken of @actions/core uses its HTTP client, and with it all of undici, which would triple the time
    // to start. Nothing here calls it, so an empty stand-in takes its place.
    externals: { '@actions/http-client': 'node:events', '@actions/http-client/lib/auth': 'node:events' },
  },
  { folder: 'azure', entry: 'src/hosts/azure/main.js', isCommand: false, externals: {} },
] as const;

/** Builds all bundles from the compiled source into an empty folder. */
export async function buildBundles(compiled: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  for (const { folder, entry, isCommand, externals } of BUNDLES) {
    const { code, assets } = await ncc(join(compiled, entry), {
      minify: true,
      cache: false,
      quiet: true,
      license: 'licenses.txt',
      externals,
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
