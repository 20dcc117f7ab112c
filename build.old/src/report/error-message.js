import { titleOf } from '../diagnosis/troubleshooting-page.js';
import { cutAtItem } from './cut-text.js';
import { diagnosisLines } from './diagnosis-lines.js';
/** More than this of a message is not shown by a host. */
const LONGEST_MESSAGE = 4_000;
/** One line must not leave the others without room. */
const LONGEST_LINE = 2_000;
const REST = '… The message is cut here. The log of this step has all of it, right before the message.';
export function errorMessage(errors, harmless, before) {
    const lines = errors.flatMap((error) => diagnosisLines(error, before)).map(harmless);
    const whole = lines.join('\n');
    return {
        title: titleOfAll(errors),
        ...(whole.length <= LONGEST_MESSAGE
            ? { message: whole, wholeLines: [] }
            : { message: cutAtLine(lines), wholeLines: lines }),
    };
}
function titleOfAll([first, ...others]) {
    if (first === undefined)
        return 'Offline servicing';
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    return `${titleOf(first.code)}${more}`;
}
function cutAtLine(lines) {
    let room = LONGEST_MESSAGE - REST.length;
    const shown = [];
    for (const line of lines.map((each) => cutAtItem(each, LONGEST_LINE))) {
        room -= line.length + 1;
        if (room < 0)
            break;
        shown.push(line);
    }
    return [...shown, REST].join('\n');
}
//# sourceMappingURL=error-message.js.map