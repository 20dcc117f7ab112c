/** The removals as lines for PowerShell. Objects of several classes that share their condition are one line. */
export function powerShellRemovals(place, removals) {
    const byCondition = new Map();
    for (const removal of removals) {
        const condition = conditionText(removal.kind === 'to-be-found' ? removal.by : removal.key);
        byCondition.set(condition, (byCondition.get(condition) ?? new Set()).add(removal.class));
    }
    if (byCondition.size === 0)
        return undefined;
    const machine = place.computer === '' ? 'the SMS Provider' : 'a machine that reaches the SMS Provider';
    return {
        where: `In PowerShell on ${machine}`,
        lines: [...byCondition].map(([condition, classes]) => line(place, condition, [...classes])),
    };
}
function line(place, condition, classes) {
    const [only, ...others] = classes;
    if (only !== undefined && others.length === 0)
        return remove(place, only, condition);
    const listed = classes.map(inSingleQuotes).join(', ');
    return `foreach ($class in ${listed}) { ${remove(place, '$class', condition)} }`;
}
function remove(place, className, condition) {
    const query = `"SELECT * FROM ${className} WHERE ${condition}"`;
    const from = `Get-CimInstance ${computerOf(place)}-Namespace ${inSingleQuotes(place.namespace)}`;
    return `${from} -Query ${query} | Remove-CimInstance`;
}
function computerOf({ computer, protocol }) {
    if (computer === '')
        return '';
    const named = `-ComputerName ${inSingleQuotes(computer)} `;
    return protocol === 'wsman'
        ? named
        : `-CimSession (New-CimSession ${named}-SessionOption (New-CimSessionOption -Protocol Dcom)) `;
}
/** A condition of WQL, for the double quotes of PowerShell. */
function conditionText({ property, value: { value } }) {
    if (typeof value !== 'string')
        return `${property} = ${String(value)}`;
    const inWql = value.replace(/[\\']/g, (character) => `\\${character}`);
    return `${property} = '${inWql.replace(/[`"$]/g, (character) => `\`${character}`)}'`;
}
/** A text as a literal of PowerShell, in which nothing is expanded. */
function inSingleQuotes(text) {
    return `'${text.replaceAll("'", "''")}'`;
}
//# sourceMappingURL=powershell-removal.js.map