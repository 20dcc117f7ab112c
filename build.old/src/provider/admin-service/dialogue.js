import { pageOf } from './answer-body.js';
/** Learns from responses how many rows this service puts into one. */
export function noteRows(answers, context) {
    for (const answer of answers)
        context.mostRows = Math.max(context.mostRows, pageOf(answer)?.rows.length ?? 0);
}
//# sourceMappingURL=dialogue.js.map