import assert from 'node:assert/strict';
import { SMALL_SITE } from '../site-under-test.js';
export const NEVER = new AbortController().signal;
export const text = (value) => ({ cim: 'string', value });
export const sint32 = (value) => ({ cim: 'sint32', value });
export const uint32 = (value) => ({ cim: 'uint32', value });
export const query = (className, where, ...properties) => ({
    verb: 'query',
    class: className,
    key: keyOf(className),
    where,
    properties,
    decode: asItIs,
});
export const get = (className, key) => ({
    verb: 'get',
    class: className,
    key,
    decode: asItIs,
});
/** What a connection gives, which a test looks at itself. */
export function asItIs(instance) {
    return instance;
}
/** As docs/configmgr.md has the keys. */
function keyOf(className) {
    switch (className) {
        case 'SMS_ImagePackage':
        case 'SMS_OperatingSystemInstallPackage':
            return ['PackageID'];
        case 'SMS_ImageServicingSchedule':
            return ['ScheduleID'];
        case 'SMS_ImageServicingScheduledUpdate':
            return ['ScheduleID', 'UpdateID'];
        case 'SMS_ImageUpdateStatus':
            return ['ImagePackageID', 'ImageIndex', 'UpdateID'];
        case 'SMS_CIRelation':
            return ['FromCIID', 'ToCIID', 'RelationType'];
        case 'SMS_Identification':
            return ['ThisSiteCode'];
        default:
            return ['CI_ID'];
    }
}
export const draft = (name) => ({
    verb: 'create',
    class: 'SMS_ImageServicingSchedule',
    keyFrom: 'site',
    properties: { Name: text(name), Action: sint32(0), Schedule: text('7913788000080000') },
    decode: asItIs,
});
export const link = (schedule, update) => ({
    verb: 'create',
    class: 'SMS_ImageServicingScheduledUpdate',
    keyFrom: 'caller',
    properties: { ScheduleID: sint32(schedule), UpdateID: sint32(update) },
    decode: asItIs,
});
export function done(outcome) {
    assert.equal(outcome?.state, 'done', JSON.stringify(outcome));
    return outcome.result;
}
export function refusal(outcome) {
    assert.equal(outcome?.state, 'refused', JSON.stringify(outcome));
    return outcome.diagnosis;
}
export const ids = (rows, property = 'ci_id') => rows.map((row) => row.get(property));
export const SOME_IDS = SMALL_SITE.updates.slice(0, 120).map(({ ciId }) => ciId);
export const byIds = [{ property: 'CI_ID', oneOf: SOME_IDS }];
/** In one order, to compare what comes in any. */
export function sorted(values) {
    return values.map(Number).sort((one, other) => one - other);
}
//# sourceMappingURL=operations.js.map