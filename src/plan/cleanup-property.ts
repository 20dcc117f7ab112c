import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { inputSetTo } from '../diagnosis/input-mention.js';
import type { ClassDefinition } from '../provider/port.js';
import { cleanupPropertiesOf } from '../site/servicing-schedule.js';

/** The property for removing superseded updates, as one site has it; or why it is not known. */
export type CleanupProperty =
  | { readonly kind: 'found'; readonly property: string }
  | { readonly kind: 'unknown'; readonly why: Diagnosis };

/** Takes the only property that can be meant, and never guesses between several. */
export function cleanupPropertyIn(definition: ClassDefinition | undefined): CleanupProperty {
  const found = definition === undefined ? [] : cleanupPropertiesOf(definition);
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return { kind: 'found', property: only };
  const booleans = (definition?.properties ?? [])
    .filter(({ kind }) => kind === 'boolean')
    .map(({ name }) => name);
  return {
    kind: 'unknown',
    why: {
      code: 'OS216',
      what:
        only === undefined
          ? `SMS_ImageServicingSchedule of this site has no property for removing superseded updates. Its booleans are: ${booleans.length === 0 ? 'none' : booleans.join(', ')}.`
          : `SMS_ImageServicingSchedule of this site has several properties that may be the one for removing superseded updates: ${found.join(', ')}.`,
      cause:
        'No public source names the property, so it is looked for in the class of the site; nothing is guessed. Sites before version 1902 have none.',
      next: `Set ${inputSetTo('remove-superseded-updates', 'false')}, and report the names above with the version of the site.`,
    },
  };
}
