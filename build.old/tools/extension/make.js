import { join } from 'node:path';
import { COMPILED } from '../repository.js';
import { packExtension } from './pack.js';
import { stageExtension } from './stage.js';
const staged = join(COMPILED, 'extension');
await stageExtension(staged);
console.log(await packExtension(staged, COMPILED));
//# sourceMappingURL=make.js.map