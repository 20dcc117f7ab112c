/** The simulated site, as hosts and tests load it. */
export { FAMILY_ARTICLE } from './default-families.js';
export { UNUSUAL_NAMES } from './default-names.js';
export {
  CLEANUP_PROPERTY,
  describeDefaultSite,
  MOST_UPDATES,
  type DefaultSiteOptions,
  type Supersedence,
} from './default-site.js';
export { FAULT_GRAMMAR, parseFault, type Fault, type FaultKind, type ParsedFault } from './faults.js';
export { describeServicing } from './parse-servicing-description.js';
export { parseSiteDescription, SiteDescriptionError } from './parse-site-description.js';
export type { ComponentMode } from './servicing-component.js';
export { simulate } from './simulate-command.js';
export {
  startSimulator,
  systemClock,
  type RequestRecord,
  type RunningSimulator,
  type SimulatorClock,
  type SimulatorOptions,
} from './simulated-site.js';
export type { SiteDescription } from './site-description.js';
export { ORDINARY_SERVICING, type ServicingDescription } from './servicing-description.js';
export type { ServicingPhase, ServicingRun, ServicingStep, SiteState } from './site-state.js';
