import { isObject } from './batch-lines.js';
/**
 * SMS_ExtendedStatus comes as the status object itself or inside another one; which of the two depends on how WMI is
 * reached, and is not documented. WMI's own status has none of its properties but Description.
 */
export function extendedStatusOf({ data }) {
    for (const candidate of [data, ...Object.values(data).filter(isObject)]) {
        const properties = new Map(Object.entries(candidate).map(([name, value]) => [name.toLowerCase(), value]));
        const errorCode = numberIn(properties.get('errorcode'));
        const description = textIn(properties.get('description'));
        if (errorCode === undefined && description === '')
            continue;
        return {
            description,
            operation: textIn(properties.get('operation')),
            errorCode,
            statusCode: numberIn(properties.get('statuscode')),
            sqlMessage: textIn(properties.get('sqlmessage')),
        };
    }
    return undefined;
}
/** `0x40480415 (severity 1, facility 1, action 8, object 4, reason 21)`: the five parts that the number is made of. */
export function errorCodeText(errorCode) {
    const bits = (from, count) => Math.floor(errorCode / 2 ** from) % 2 ** count;
    const parts = [
        `severity ${bits(30, 2)}`,
        `facility ${bits(22, 6)}`,
        `action ${bits(16, 6)}`,
        `object ${bits(8, 8)}`,
        `reason ${bits(0, 8)}`,
    ];
    return `0x${errorCode.toString(16).toUpperCase().padStart(8, '0')} (${parts.join(', ')})`;
}
/** UInt32, though a layer in between may have made it signed. */
function numberIn(value) {
    return typeof value === 'number' && Number.isInteger(value) ? value >>> 0 : undefined;
}
function textIn(value) {
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
}
//# sourceMappingURL=extended-status.js.map