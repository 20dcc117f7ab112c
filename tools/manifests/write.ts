import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { REPOSITORY } from '../repository.js';
import { generatedFiles, readme, withTables } from './generated-files.js';

for (const [path, text] of await generatedFiles()) {
  const file = join(REPOSITORY, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
// Last: it throws when the README has no place for the tables.
await writeFile(join(REPOSITORY, 'README.md'), await withTables(await readme()));
