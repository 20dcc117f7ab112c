import { extendedStatusOf } from './extended-status.js';
/** By the HRESULT of WMI, RPC or WS-Management that the error's ID begins with. */
const KINDS = {
    '80041002': 'not-found',
    '80041003': 'access-denied',
    '80041004': 'provider-failed',
    '80041005': 'wrong-form',
    '80041006': 'provider-failed',
    '80041008': 'wrong-form',
    '8004100E': 'namespace-missing',
    '80041010': 'class-missing',
    '80041011': 'provider-not-loaded',
    '80041013': 'provider-not-loaded',
    '80041014': 'provider-not-loaded',
    '80041015': 'connection-broken',
    '80041017': 'query-too-complex',
    '80041019': 'refused',
    '80041024': 'refused',
    '80041028': 'wrong-form',
    '8004102A': 'wrong-form',
    '8004102B': 'wrong-form',
    '8004102E': 'method-missing',
    '8004102F': 'wrong-form',
    '80041031': 'wrong-form',
    '80041033': 'connection-broken',
    '80041055': 'method-missing',
    '80041056': 'method-missing',
    '80041058': 'query-too-complex',
    '80041064': 'local-credentials',
    '80041069': 'timed-out',
    '8004106C': 'query-too-complex',
    '80070005': 'access-denied',
    '8007052E': 'logon-failed',
    '8007052F': 'logon-failed',
    '80070530': 'logon-failed',
    '80070531': 'logon-failed',
    '80070532': 'logon-failed',
    '80070533': 'logon-failed',
    '80070569': 'logon-failed',
    '80070701': 'logon-failed',
    '80070773': 'logon-failed',
    '80070775': 'logon-failed',
    '8009030C': 'logon-failed',
    '80338036': 'logon-failed',
    '800706BA': 'unreachable',
    '800706BE': 'connection-broken',
    '800706BF': 'unreachable',
    '80010108': 'connection-broken',
    '80338012': 'unreachable',
    '80338029': 'timed-out',
    '80338126': 'unreachable',
    '803381B9': 'unreachable',
    '80338007': 'ws-man-closed',
    '80338098': 'ws-man-closed',
    '8033814A': 'ws-man-closed',
    '803381DE': 'ws-man-closed',
    '8033803F': 'ws-man-busy',
    '80338112': 'ws-man-busy',
    '803381A5': 'ws-man-busy',
    '803381A6': 'ws-man-busy',
    '803381A7': 'ws-man-busy',
    '803381A8': 'ws-man-busy',
    '803381AB': 'ws-man-busy',
    '803381E4': 'ws-man-busy',
    '803381E5': 'ws-man-busy',
    '803381E6': 'ws-man-busy',
    '803381E7': 'ws-man-busy',
    '803381E8': 'ws-man-busy',
    '803381E9': 'ws-man-busy',
    '803381EA': 'ws-man-busy',
};
/** All numbers of WS-Management begin so. */
const WS_MANAGEMENT = '8033';
/** MI's own names, where there is no HRESULT: a failure of the client, or of WS-Management. */
const NATIVE_KINDS = {
    AccessDenied: 'access-denied',
    InvalidNamespace: 'namespace-missing',
    InvalidClass: 'class-missing',
    NotFound: 'not-found',
    TypeMismatch: 'wrong-form',
    InvalidParameter: 'wrong-form',
    NoSuchProperty: 'wrong-form',
    InvalidQuery: 'query-too-complex',
    MethodNotFound: 'method-missing',
    MethodNotAvailable: 'method-missing',
    ServerLimitsExceeded: 'provider-failed',
    ServerIsShuttingDown: 'connection-broken',
};
/** Of the error's ID or, where MI has only its own name there, of the status object that came with it. */
export function hresultOf({ id, data }) {
    const own = /^HRESULT 0x([0-9a-f]{8})/i.exec(id)?.[1]?.toUpperCase();
    if (own !== undefined)
        return own;
    const code = Object.entries(data).find(([name]) => name.toLowerCase() === 'error_code')?.[1];
    return typeof code === 'number' && code >>> 0 >= SEVERE
        ? (code >>> 0).toString(16).toUpperCase()
        : undefined;
}
/** The first HRESULT that is a failure. */
const SEVERE = 0x80000000;
export function kindOf(failure) {
    if (/^CouldNotAutoLoadModule|^CommandNotFoundException/.test(failure.id))
        return 'no-cmdlets';
    const hresult = hresultOf(failure) ?? '';
    const known = KINDS[hresult] ?? (hresult === '' ? NATIVE_KINDS[failure.native] : undefined);
    if (known !== undefined)
        return known;
    if (hresult.startsWith(WS_MANAGEMENT))
        return 'ws-man-failed';
    // The provider fails everything that it does not like in one general way, and gives the reason beside it.
    if (extendedStatusOf(failure)?.errorCode !== undefined)
        return 'refused';
    return hresult === '80041001' || failure.native === 'Failed' ? 'provider-failed' : 'other';
}
/** Failures that may be gone a moment later. Only what has no effect is repeated for them. */
export function isTransient(kind) {
    return TRANSIENT.includes(kind);
}
const TRANSIENT = [
    'provider-failed',
    'provider-not-loaded',
    'timed-out',
    'unreachable',
    'connection-broken',
    'ws-man-busy',
    'ws-man-closed',
];
/** Failures of WS-Management itself: over DCOM the same request may do. */
export function isOfWsManagement(kind) {
    return kind === 'ws-man-busy' || kind === 'ws-man-closed' || kind === 'ws-man-failed';
}
/** Failures that say by themselves that nothing was done. */
const WITHOUT_EFFECT = [
    'access-denied',
    'logon-failed',
    'not-found',
    'class-missing',
    'namespace-missing',
    'method-missing',
    'wrong-form',
    'query-too-complex',
    'provider-not-loaded',
    'unreachable',
    'ws-man-busy',
    'local-credentials',
    'no-cmdlets',
    'refused',
];
/** Whether an operation that failed so may have taken effect all the same. */
export function mayHaveTakenEffect(failure, verb) {
    if (verb === 'query' || verb === 'get' || verb === 'describe')
        return false;
    const kind = kindOf(failure);
    if (verb === 'create' && (kind === 'not-found' || kind === 'ws-man-busy' || isOfReading(failure)))
        return true;
    return !WITHOUT_EFFECT.includes(kind);
}
/** New-CimInstance reads what it has just made, and fails when that fails. */
function isOfReading(failure) {
    return /^(get|exec ?query)/i.test(extendedStatusOf(failure)?.operation ?? '');
}
//# sourceMappingURL=cim-failure.js.map