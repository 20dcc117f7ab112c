import { LARGEST_SINT32, LARGEST_UINT32 } from './identifiers.js';
export function text(value) {
    return { cim: 'string', value };
}
export function boolean(value) {
    return { cim: 'boolean', value };
}
/** Throws a RangeError for a number that the type cannot hold: WMI would refuse it in the middle of a run. */
export function sint32(value) {
    return { cim: 'sint32', value: inRange(value, -LARGEST_SINT32 - 1, LARGEST_SINT32) };
}
/** Throws a RangeError for a number that the type cannot hold. */
export function uint32(value) {
    return { cim: 'uint32', value: inRange(value, 0, LARGEST_UINT32) };
}
function inRange(value, least, most) {
    if (Number.isInteger(value) && value >= least && value <= most)
        return value;
    throw new RangeError(`${value} is no whole number from ${least} to ${most}.`);
}
//# sourceMappingURL=typed-values.js.map