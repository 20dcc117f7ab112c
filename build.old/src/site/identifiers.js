export const LARGEST_SINT32 = 2_147_483_647;
export const LARGEST_UINT32 = 4_294_967_295;
/** Sites number their configuration items from here on (docs/configmgr.md, "Update groups and updates"). */
export const FIRST_CI_ID = 16_777_216;
export function packageId(text) {
    return /^[A-Z0-9]{3}[0-9A-F]{5}$/i.test(text) ? text.toUpperCase() : undefined;
}
export function siteCode(text) {
    return /^[A-Z0-9]{3}$/i.test(text) ? text.toUpperCase() : undefined;
}
export function ciId(value) {
    return Number.isInteger(value) && value > 0 && value <= LARGEST_UINT32 ? value : undefined;
}
export function scheduleId(value) {
    return Number.isInteger(value) && value > 0 && value <= LARGEST_SINT32 ? value : undefined;
}
//# sourceMappingURL=identifiers.js.map