const TIMED_KINDS = ['delay', 'slow', 'restart'];
/** Picks the fault of each request as it arrives; where several match, the first of the list wins. */
export function faultPicker(faults) {
    const counters = faults.map((fault) => ({ fault, seen: 0 }));
    return (request) => {
        let picked;
        for (const counter of counters) {
            if (matches(counter.fault, request)) {
                counter.seen += 1;
                if ('every' in counter.fault || counter.seen === counter.fault.request) {
                    picked ??= counter.fault;
                }
            }
        }
        return picked;
    };
}
function matches(fault, request) {
    const wanted = fault.class?.toLowerCase();
    const className = request.className?.toLowerCase();
    const full = request.methodName === undefined ? className : `${className ?? ''}.${request.methodName.toLowerCase()}`;
    return ((fault.method === undefined || fault.method.toUpperCase() === request.method) &&
        (wanted === undefined || wanted === className || wanted === full));
}
const KINDS = [
    'refuse',
    'not-found',
    'deny-401',
    'error-500',
    'html-200',
    'html-502',
    'redirect',
    'oversize',
    'cut',
    'reset',
    'lose',
    'truncate',
    'invalid-json',
    'wrong-types',
    ...TIMED_KINDS,
];
const isTimed = (kind) => TIMED_KINDS.some((one) => one === kind);
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];
/** The form of a fault's text, for a help text. */
export const FAULT_GRAMMAR = `KIND@N[:TIME][:METHOD][ CLASS] with KIND one of ${KINDS.join(', ')}; N the number ` +
    `of the request among those that match, or "every"; TIME for ${TIMED_KINDS.join(', ')} alone (500ms, 5s, 2m)`;
/** Reads `lose@7`, `delay@3:5s`, `error-500@2:POST SMS_ImageServicingSchedule`, `delay@every:200ms:GET`. */
export function parseFault(text) {
    const bad = (why) => ({ problem: `"${text}": ${why}. A fault is ${FAULT_GRAMMAR}.` });
    const at = text.indexOf('@');
    if (at < 0) {
        return bad('there is no @ with the number of a request');
    }
    const kind = KINDS.find((one) => one === text.slice(0, at));
    if (kind === undefined) {
        return bad(`there is no fault "${text.slice(0, at)}"`);
    }
    const [whenText = '', ...parts] = text.slice(at + 1).split(':');
    const when = readWhen(whenText);
    if (when === undefined) {
        return bad(`"${whenText}" is no whole number from 1 on, nor "every"`);
    }
    const milliseconds = isTimed(kind) ? readDuration(parts.shift() ?? '') : 0;
    if (milliseconds === undefined) {
        return bad(`"${kind}" needs a time with its unit, such as 500ms or 5s`);
    }
    const target = parts.length > 1 ? undefined : readTarget(parts[0]);
    if (target === undefined) {
        return bad(`after the ":" there may be a method (${METHODS.join(', ')}) and, behind a blank, a class`);
    }
    const fault = { ...target, ...when };
    return { fault: isTimed(kind) ? { ...fault, kind, milliseconds } : { ...fault, kind } };
}
function readWhen(text) {
    if (text === 'every') {
        return { every: true };
    }
    return /^[1-9][0-9]{0,8}$/u.test(text) ? { request: Number(text) } : undefined;
}
function readTarget(text) {
    if (text === undefined) {
        return {};
    }
    const words = text.split(' ');
    const method = METHODS.includes(words[0] ?? '') ? words.shift() : undefined;
    const [className, ...more] = words;
    if (more.length > 0 || (className !== undefined && !/^[$A-Za-z_][\w.]*$/u.test(className))) {
        return undefined;
    }
    return {
        ...(method === undefined ? {} : { method }),
        ...(className === undefined ? {} : { class: className }),
    };
}
const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** `20ms`, `5s`, `2m`, `1h` in milliseconds; undefined where the text is none of these. */
export function readDuration(text) {
    const groups = /^(?<count>[0-9]{1,7})(?<unit>ms|s|m|h)$/u.exec(text)?.groups;
    const unit = UNITS[groups?.['unit'] ?? ''];
    return groups === undefined || unit === undefined ? undefined : Number(groups['count']) * unit;
}
//# sourceMappingURL=faults.js.map