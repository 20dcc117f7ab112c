import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makePrivateFolder } from '../../src/provider/private-folder.js';

/** As long as the answer to a link. */
const TEXT = 'x'.repeat(460);

/** Milliseconds for making so many files where the connection has curl make those of the answers. */
export async function measureFiles(count: number): Promise<number> {
  const folder = makePrivateFolder(process.env);
  try {
    const begun = performance.now();
    for (let number = 0; number < count; number++) {
      writeFileSync(join(folder.path, `answer-${number}`), TEXT);
    }
    return performance.now() - begun;
  } finally {
    await folder.remove();
  }
}
