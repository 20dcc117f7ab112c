export function lookedUpFor(references) {
    return references.flatMap((each) => (typeof each === 'string' ? [each] : [each.line, ...each.names]));
}
/** What the references mean, once it is known what there is: a line that is a name is one, and not cut at its commas. */
export function meantNames(references, isThere) {
    const isWhole = ({ line }) => isThere(line);
    const names = references.flatMap((each) => {
        if (typeof each === 'string')
            return [{ name: each, line: undefined }];
        if (isWhole(each))
            return [{ name: each.line, line: undefined }];
        return each.names.map((name) => ({ name, line: each.line }));
    });
    return {
        // A name that stands in two lines is looked for once.
        names: [...new Map(names.map((each) => [each.name, each])).values()],
        wholeLines: references.flatMap((each) => (typeof each !== 'string' && isWhole(each) ? [each.line] : [])),
    };
}
//# sourceMappingURL=meant-names.js.map