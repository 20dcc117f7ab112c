import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportSchema } from '../../tools/manifests/report-schema.js';
/** The published schema lets properties come; here one that it does not name is a mistake. */
function closed(schema) {
    if (Array.isArray(schema))
        return schema.map(closed);
    if (typeof schema !== 'object' || schema === null)
        return schema;
    const inside = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
    return 'required' in schema ? { ...inside, additionalProperties: false } : inside;
}
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(closed(reportSchema()));
/** Why a value is no report; empty for one that is. */
export function complaintsAbout(report) {
    validate(report);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
/** The report in a text that was printed or written. */
export function readReport(text) {
    const report = JSON.parse(text);
    assert.deepEqual(complaintsAbout(report), []);
    return report;
}
//# sourceMappingURL=report-validity.js.map