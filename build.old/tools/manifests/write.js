import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '../repository.js';
import { generatedFiles, readme, withTables } from './generated-files.js';
for (const [path, text] of await generatedFiles())
    await writeFile(join(REPOSITORY, path), text);
// Last: it throws when the README has no place for the tables.
await writeFile(join(REPOSITORY, 'README.md'), await withTables(await readme()));
//# sourceMappingURL=write.js.map