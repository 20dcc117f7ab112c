/**
 * How much of a summary there still is room for: over the limit of a host (1 MiB on GitHub) the whole of it is dropped.
 * Less than half of that is taken, so that headings and tables of fixed size need not be counted.
 */
const LARGEST_BYTES = 400 * 1024;
/** Longer ones nobody reads: the log and the report have every row. */
const MOST_ROWS = 200;
/** The beginning of a list that has room beside `lists - 1` others, and a line that says how much is missing. */
export function rowsWithRoom(rows, lists) {
    const shown = countWithRoom(rows, lists);
    return shown === rows.length
        ? rows
        : [...rows.slice(0, shown), '', `… and ${rows.length - shown} more: the log of the step has them all.`];
}
function countWithRoom(rows, lists) {
    let room = Math.floor(LARGEST_BYTES / Math.max(lists, 1));
    let shown = 0;
    for (const row of rows.slice(0, MOST_ROWS)) {
        room -= Buffer.byteLength(row) + 1;
        if (room < 0)
            break;
        shown++;
    }
    return shown;
}
/** The summary, up to the last line that keeps it under the limit of a host by a wide margin. */
export function withinLimit(lines) {
    let room = LARGEST_SUMMARY_BYTES;
    // A section of several lines may stand in one text.
    const all = lines.flatMap((line) => line.split('\n'));
    const fitting = all.findIndex((line) => (room -= Buffer.byteLength(line) + 1) < 0);
    const shown = fitting === -1 ? all : [...all.slice(0, fitting), '', REST_IS_IN_THE_LOG];
    return `${shown.join('\n')}\n`;
}
const LARGEST_SUMMARY_BYTES = 900 * 1024;
const REST_IS_IN_THE_LOG = '… The rest is too long for a summary: the log of the step has it all.';
/** Cuts a text of somebody else's, before it is escaped. */
export function shortenedTo(longest) {
    return (text) => (text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text);
}
//# sourceMappingURL=summary-limits.js.map