import { SERVICE } from '../verbs/service/service.js';
import { verbsOf } from '../verbs/verbs.js';
import type { Verb } from '../verbs/verb.js';

/**
 * The verb that the launcher of a step puts before everything else in the arguments (tools/bundles.ts). Without one,
 * as where the bundle is started by itself, it is service.
 */
export function verbOfLauncher([, , name]: readonly string[]): Verb {
  if (name === undefined) return SERVICE;
  const verb = verbsOf().find((each) => each.name === name);
  if (verb === undefined) throw new TypeError(`The launcher names no verb: ${name}.`);
  return verb;
}
