import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ODataError } from '../../src/simulator/odata-error.js';
import { parseBody, readValues } from '../../src/simulator/request-body.js';
const property = (name, type, array = false) => ({
    name,
    type,
    array,
    lazy: false,
    writable: true,
    required: false,
});
const PROPERTIES = [
    property('Numbers', 'UInt32', true),
    property('When', 'DateTime'),
    property('Unsigned', 'UInt32'),
    property('Token', { embedded: 'SMS_ScheduleToken' }),
];
const read = (body) => readValues('X', PROPERTIES, parseBody(JSON.stringify(body)));
const refused = (body) => {
    assert.throws(() => read(body), (error) => error instanceof ODataError && error.status === 404, JSON.stringify(body));
};
suite('the values of a body', () => {
    test('arrays hold elements of the type, and at least one', () => {
        assert.deepEqual(read({ Numbers: [1, 2] }), { Numbers: [1, 2] });
        for (const Numbers of [[], [1, '2'], [null], 1, null]) {
            refused({ Numbers });
        }
    });
    test('dates are UTC, with a Z', () => {
        for (const When of ['2024-01-10T02:00:00Z', '2024-01-10T02:00:00.000Z']) {
            assert.deepEqual(read({ When }), { When });
        }
        for (const When of ['2024-01-10T02:00:00', '2024-01-10T02:00:00+01:00', '2024-13-10T02:00:00Z', '', 5]) {
            refused({ When });
        }
    });
    test('numbers stay in the range of their type', () => {
        assert.deepEqual(read({ Unsigned: 4_294_967_295 }), { Unsigned: 4_294_967_295 });
        for (const Unsigned of [-1, 4_294_967_296, 1.5]) {
            refused({ Unsigned });
        }
    });
    test('embedded objects are not read', () => {
        refused({ Token: { '@odata.type': '#AdminService.SMS_ST_NonRecurring' } });
    });
});
//# sourceMappingURL=request-body.test.js.map