import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import ncc from '@vercel/ncc';

import { verbsOf } from '../src/verbs/verbs.js';
import { REPOSITORY } from './repository.js';

/** Each bundle: its folder in dist/ and the compiled entry that it grows from. */
const BUNDLES = [
  {
    folder: 'cli',
    entry: 'src/hosts/command-line/main.js',
    isCommand: true,
    reachesSites: true,
    externals: {},
  },
  {
    folder: 'simulator',
    entry: 'src/simulator/index.js',
    isCommand: false,
    reachesSites: false,
    externals: {},
  },
  {
    folder: 'github',
    entry: 'src/hosts/github/main.js',
    isCommand: false,
    reachesSites: true,
    // Only getIDToken of @actions/core uses its HTTP client, and with it all of undici, which would triple the time
    // to start. Nothing here calls it, so an empty stand-in takes its place.
    externals: { '@actions/http-client': 'node:events', '@actions/http-client/lib/auth': 'node:events' },
  },
  {
    folder: 'azure',
    entry: 'src/hosts/azure/main.js',
    isCommand: false,
    reachesSites: true,
    externals: {},
  },
] as const;

const SCRIPT = 'sms-provider-batch.ps1';

/**
 * The same bytes in every bundle, wherever it is built, so that its hash can be trusted; and CRLF throughout, because a
 * signature is added with CRLF and does not survive a tool that makes mixed line ends alike.
 */
async function readScript(): Promise<string> {
  const script = await readFile(join(REPOSITORY, 'src', 'provider', 'wmi', SCRIPT), 'utf8');
  return script.replace(/\r?\n/g, '\r\n');
}

/** Builds all bundles from the compiled source into an empty folder. */
export async function buildBundles(compiled: string, target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  const script = await readScript();
  for (const { folder, entry, isCommand, reachesSites, externals } of BUNDLES) {
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
      ...(reachesSites ? [[SCRIPT, script] as const] : []),
      ...launchers(folder),
    ] as const;
    for (const [name, content] of files) {
      const path = join(target, folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
  }
}

/** A step of a pipeline names a file and no argument: each verb but the first has a file that names the verb. */
function launchers(folder: string): readonly (readonly [file: string, code: string])[] {
  if (folder !== 'github' && folder !== 'azure') return [];
  return verbsOf(folder)
    .filter(({ name }) => name !== 'service')
    .map(({ name }) => [
      `${name}.mjs`,
      `process.argv.splice(2, 0, ${JSON.stringify(name)});\nawait import('./index.mjs');\n`,
    ]);
}
