export { VERSION } from '../diagnosis/version.js';
//# sourceMappingURL=version.js.map