/** The simulated site, as hosts and tests load it. */
export { FAMILY_ARTICLE } from './default-families.js';
export { UNUSUAL_NAMES } from './default-names.js';
export { CLEANUP_PROPERTY, describeDefaultSite, MOST_UPDATES, } from './default-site.js';
export { FAULT_GRAMMAR, parseFault } from './faults.js';
export { parseSiteDescription, SiteDescriptionError } from './parse-site-description.js';
export { simulate } from './simulate-command.js';
export { startSimulator, systemClock, } from './simulated-site.js';
//# sourceMappingURL=index.js.map