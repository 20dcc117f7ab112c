/**
 * The identity of the file or folder that a path names. Case, slashes of either kind, doubled ones and one at the end,
 * `.` and `..`, blanks and dots at the end of a name, and the prefixes `\\?\` and `\\.\` make no difference.
 */
export function fileIdentity(path) {
    const backslashed = path.trim().replaceAll('/', '\\');
    const plain = backslashed.replace(/^\\{2,}[?.]\\+(?:UNC\\+)?|^\\\?\?\\+(?:UNC\\+)?/i, (prefix) => /UNC/i.test(prefix) ? '\\\\' : '');
    const names = plain
        .split('\\')
        .map(withoutEnd)
        .filter((name) => name !== '' && name !== '.');
    if (!plain.startsWith('\\\\'))
        return { host: [], segments: resolved(names) };
    const [host = '', ...segments] = names;
    return { host: host.split('.'), segments: resolved(segments) };
}
/** Whether the first names the second, or a folder that the second lies in. */
export function relationOf(outer, inner) {
    if (!isPrefix(outer.segments, inner.segments))
        return 'different';
    if (outer.host.length === inner.host.length)
        return isPrefix(outer.host, inner.host) ? 'same' : 'different';
    const [short, long] = outer.host.length < inner.host.length ? [outer.host, inner.host] : [inner.host, outer.host];
    const isName = short.length > 0 && !isAddress(long);
    return isName && isPrefix(short, long) ? 'same-if-one-host' : 'different';
}
/** `cm01.lab.example` */
export function hostText({ host }) {
    return host.join('.');
}
/** Windows leaves away blanks and dots at the end of a name; the names `.` and `..` mean folders. */
function withoutEnd(name) {
    const blankless = name.replace(/[ \t]+$/, '').toLowerCase();
    if (/^\.{1,2}$/.test(blankless))
        return blankless;
    const short = blankless.replace(/[. ]+$/, '');
    return short === '' ? blankless : short;
}
/** `..` leads no higher than the first name, which is a share or a drive. */
function resolved(names) {
    const result = [];
    for (const name of names) {
        if (name !== '..')
            result.push(name);
        else if (result.length > 1)
            result.pop();
    }
    return result;
}
function isPrefix(short, long) {
    return short.every((part, place) => part === long[place]);
}
function isAddress(host) {
    return host.length === 4 && host.every((part) => /^\d+$/.test(part));
}
//# sourceMappingURL=file-identity.js.map