/** MI's own name and the words for what WMI and the ways to it fail with. */
const FAILURES = {
    '0x80041001': ['Failed', 'Generic failure '],
    '0x80041002': ['NotFound', 'Not found '],
    '0x80041003': ['AccessDenied', 'Access denied '],
    '0x80041005': ['TypeMismatch', 'Type mismatch '],
    '0x80041008': ['InvalidParameter', 'Invalid parameter '],
    '0x8004100e': ['InvalidNamespace', 'Invalid namespace '],
    '0x80041010': ['InvalidClass', 'Invalid class '],
    '0x80041013': ['Failed', 'Provider load failure '],
    '0x80041017': ['InvalidQuery', 'Invalid query '],
    '0x80041019': ['AlreadyExists', 'Object or property already exists '],
    '0x80041055': ['MethodNotFound', 'This method is not implemented in any class '],
    '0x80041064': ['Failed', 'User credentials cannot be used for local connections '],
    '0x80041069': ['Failed', 'The operation timed out '],
    '0x8004106c': ['ServerLimitsExceeded', 'Quota violation '],
    '0x80010108': ['Failed', 'The object invoked has disconnected from its clients.'],
    '0x80070005': ['AccessDenied', 'Access is denied.'],
    '0x8007052e': ['AccessDenied', 'The user name or password is incorrect.'],
    '0x800706ba': ['Failed', 'The RPC server is unavailable.'],
    '0x800706be': ['Failed', 'The remote procedure call failed.'],
    '0x80070775': [
        'AccessDenied',
        'The referenced account is currently locked out and may not be logged on to.',
    ],
    '0x8009030c': ['Failed', 'The logon attempt failed.'],
    '0x803381a6': [
        'ServerLimitsExceeded',
        'The maximum number of concurrent operations for this user has been exceeded.',
    ],
    '0x80338048': ['Failed', 'The size of the response exceeded the maximum envelope size.'],
    '0x8033814a': ['Failed', 'The shell was already closed.'],
    '0x80338012': [
        'Failed',
        'The client cannot connect to the destination specified in the request. Verify that the service on the destination is running and is accepting requests.',
    ],
};
/** A failure as the cmdlets tell it. */
export class WmiError extends Error {
    name = 'WmiError';
    hresult;
    native;
    /** What the provider says beside it. */
    data;
    constructor(hresult, data) {
        super(FAILURES[hresult][1]);
        this.hresult = hresult;
        this.native = FAILURES[hresult][0];
        this.data = data;
    }
}
/** Bits: severity 1, facility 1, action 8, object 4, reason 21. */
const ERROR_CODE = 0x40480415;
/** What the SMS Provider fails a call with: one general HRESULT, and its SMS_ExtendedStatus. */
export function providerError({ description, operation, hresult = '0x80041001' }) {
    return new WmiError(hresult, {
        class: 'SMS_ExtendedStatus',
        namespace: 'root\\sms',
        properties: [
            { name: 'Description', type: 'String', value: description },
            { name: 'ErrorCode', type: 'UInt32', value: ERROR_CODE },
            { name: 'Operation', type: 'String', value: operation },
            { name: 'ParameterInfo', type: 'String', value: '' },
            { name: 'ProviderName', type: 'String', value: 'WinMgmt' },
            { name: 'SQLMessage', type: 'String', value: '' },
            { name: 'SQLSeverity', type: 'UInt32', value: 0 },
            { name: 'SQLStatus', type: 'UInt32', value: 0 },
            { name: 'StatusCode', type: 'UInt32', value: Number(hresult) },
        ],
    });
}
//# sourceMappingURL=wmi-error.js.map