const REST = '… (the log of the step has all of it)';
/** The beginning of a text that is too long for where it goes: up to the end of an item of a list, else of a word. */
export function cutAtItem(text, longest) {
    if (text.length <= longest)
        return text;
    const beginning = text.slice(0, Math.max(longest - REST.length - 1, 0));
    const end = [';', ',', ' ']
        .map((separator) => beginning.lastIndexOf(separator))
        .find((place) => place > beginning.length / 2);
    return `${beginning.slice(0, end).toWellFormed()} ${REST}`;
}
//# sourceMappingURL=cut-text.js.map