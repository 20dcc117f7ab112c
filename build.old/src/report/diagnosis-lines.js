import { chainOf } from '../diagnosis/diagnosis.js';
import { titleOf, troubleshootingUrl } from '../diagnosis/troubleshooting-page.js';
/**
 * One error as a person reads it: what failed, why, what to do, what it came of, and where more of it stands.
 * A wrong input is one line.
 * `before`: empty where the host itself puts the word before it.
 */
export function diagnosisLines(diagnosis, before = 'Error ') {
    const { code, what, cause, next, because, commands = [] } = diagnosis;
    if (cause === '')
        return [`${before}${code}: ${what} ${next}`];
    return [
        `${before}${code}: ${what}`,
        `  Probable cause: ${cause}`,
        `  What to do: ${next}`,
        ...chainOf(because).map((each) => becauseLine(each, what)),
        ...commandLines(commands),
        `  ${titleOf(code)}: ${troubleshootingUrl(code)}`,
    ];
}
/** The error of an undo begins with the words of what it came of; they are not told twice. */
function becauseLine({ code, what }, told) {
    return `  Because of: ${titleOf(code)}${told.includes(what) ? '' : `: ${what}`}`;
}
/** Each command on a line of its own, so that it can be copied whole. */
function commandLines(commands) {
    return commands.flatMap(({ where, lines }, place) => [
        `  ${place === 0 ? 'To remove what is left' : 'Or'}: ${where.charAt(0).toLowerCase()}${where.slice(1)}:`,
        ...lines.map((line) => `    ${line}`),
    ]);
}
/** Where defects were thrown, for debug output. */
export function stackLines(errors) {
    return errors
        .flatMap((error) => chainOf(error))
        .flatMap(({ code, stack }) => stack === undefined ? [] : [`${code} was thrown here:`, ...stack.split('\n')]);
}
//# sourceMappingURL=diagnosis-lines.js.map