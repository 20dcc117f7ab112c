export { VERSION } from '../diagnosis/version.js';
