export const required = (shape) => ({ shape, fallback: undefined });
export const optional = (shape, value) => ({ shape, fallback: { value } });
function refuse(value, at, problems, allowed) {
    const text = JSON.stringify(value);
    const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
    problems.push(`${at}: ${short} is not allowed here; it must be ${allowed}.`);
    return undefined;
}
export const text = (allowed = 'a text', pattern = /^/u) => (value, at, problems) => typeof value === 'string' && pattern.test(value) ? value : refuse(value, at, problems, allowed);
export const flag = (value, at, problems) => typeof value === 'boolean' ? value : refuse(value, at, problems, 'true or false');
export const integer = (least, most) => (value, at, problems) => typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
    ? value
    : refuse(value, at, problems, `a whole number from ${least} to ${most}`);
export const choice = (...choices) => (value, at, problems) => choices.find((one) => one === value) ??
    refuse(value, at, problems, `one of ${choices.map((one) => JSON.stringify(one)).join(', ')}`);
export const listOf = (element) => (value, at, problems) => {
    if (!Array.isArray(value)) {
        return refuse(value, at, problems, 'a list');
    }
    const read = value.map((one, index) => element(one, `${at}[${index}]`, problems));
    return read.some((one) => one === undefined) ? undefined : read;
};
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** An object with exactly these fields; a field with a fallback may be missing. */
export function objectOf(fields) {
    // The names of a mapped type are known only as texts when it is walked through.
    const entries = Object.entries(fields);
    const names = entries.map(([name]) => name).join(', ');
    return (value, at, problems) => {
        if (!isObject(value)) {
            return refuse(value, at, problems, `an object with the fields ${names}`);
        }
        const before = problems.length;
        for (const name of Object.keys(value).filter((one) => !Object.hasOwn(fields, one))) {
            problems.push(`${at}: there is no field ${JSON.stringify(name)}; allowed are ${names}.`);
        }
        const read = {};
        for (const [name, field] of entries) {
            if (Object.hasOwn(value, name)) {
                read[name] = field.shape(value[name], `${at}.${name}`, problems);
            }
            else if (field.fallback === undefined) {
                problems.push(`${at}: the field "${name}" is missing.`);
            }
            else {
                read[name] = field.fallback.value;
            }
        }
        return problems.length > before ? undefined : read;
    };
}
/** An object whose names are free. */
export const recordOf = (element) => (value, at, problems) => {
    if (!isObject(value)) {
        return refuse(value, at, problems, 'an object');
    }
    const before = problems.length;
    const read = Object.entries(value).map(([name, one]) => [name, element(one, `${at}.${name}`, problems)]);
    return problems.length > before ? undefined : Object.fromEntries(read);
};
/** Null, which says that something is not there. */
export const nothing = (value, at, problems) => value === null ? null : refuse(value, at, problems, 'null');
/** The first shape that takes the value; `allowed` says what all of them take. */
export const either = (first, second, allowed) => (value, at, problems) => {
    const read = first(value, at, []) ?? second(value, at, []);
    return read === undefined ? refuse(value, at, problems, allowed) : read;
};
//# sourceMappingURL=json-shape.js.map