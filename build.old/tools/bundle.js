import { buildBundles } from './bundles.js';
import { COMPILED, REPOSITORY } from './repository.js';
await buildBundles(COMPILED, `${REPOSITORY}/dist`);
//# sourceMappingURL=bundle.js.map