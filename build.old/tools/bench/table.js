/** A table that reads well as plain text and is Markdown too: the first column is text, the others are figures. */
export function table(head, rows) {
    const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
    const line = (cells) => {
        const padded = widths.map((width, column) => {
            const cell = cells[column] ?? '';
            return column === 0 ? cell.padEnd(width) : cell.padStart(width);
        });
        return `| ${padded.join(' | ')} |`;
    };
    const rule = widths.map((width, column) => column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`);
    return [line(head), line(rule), ...rows.map(line)].join('\n');
}
/** With separators, because millions stand beside hundreds here. */
export function figure(value, decimals = 0) {
    return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
export function seconds(milliseconds, decimals = 1) {
    return figure(milliseconds / 1_000, decimals);
}
/** How many times one goes into the other, as `1 : 246`. */
export function ratio(one, other) {
    const times = other / one;
    return `1 : ${figure(times, times < 10 ? 2 : 0)}`;
}
//# sourceMappingURL=table.js.map