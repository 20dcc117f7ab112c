import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
/** The folder that `tsc` compiles into. */
export const COMPILED = dirname(dirname(fileURLToPath(import.meta.url)));
export const REPOSITORY = join(COMPILED, '..');
//# sourceMappingURL=repository.js.map