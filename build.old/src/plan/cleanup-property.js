import { inputSetTo } from '../diagnosis/input-mention.js';
import { cleanupPropertiesOf } from '../site/servicing-schedule.js';
/** Takes the only property that can be meant, and never guesses between several. */
export function cleanupPropertyIn(definition) {
    const found = definition === undefined ? [] : cleanupPropertiesOf(definition);
    const [only, ...more] = found;
    if (only !== undefined && more.length === 0)
        return { kind: 'found', property: only };
    const booleans = (definition?.properties ?? [])
        .filter(({ kind }) => kind === 'boolean')
        .map(({ name }) => name);
    return {
        kind: 'unknown',
        why: {
            code: 'OS216',
            what: only === undefined
                ? `SMS_ImageServicingSchedule of this site has no property for removing superseded updates. Its booleans are: ${booleans.length === 0 ? 'none' : booleans.join(', ')}.`
                : `SMS_ImageServicingSchedule of this site has several properties that may be the one for removing superseded updates: ${found.join(', ')}.`,
            cause: 'No public source names the property, so it is looked for in the class of the site; nothing is guessed. Sites before version 1902 have none.',
            next: `Set ${inputSetTo('remove-superseded-updates', 'false')}, and report the names above with the version of the site.`,
        },
    };
}
//# sourceMappingURL=cleanup-property.js.map