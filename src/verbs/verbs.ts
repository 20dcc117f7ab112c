import { AWAIT } from './await/await.js';
import { ABOUT } from './about/about.js';
import { CANCEL } from './cancel/cancel.js';
import { SERVICE } from './service/service.js';
import type { HostKind, Verb } from './verb.js';

const VERBS: readonly Verb[] = [SERVICE, AWAIT, CANCEL, ABOUT];

/** All verbs, or those that a host offers, in the order in which people read of them. */
export function verbsOf(host?: HostKind): readonly Verb[] {
  return VERBS.filter(({ hosts }) => host === undefined || hosts.includes(host));
}
