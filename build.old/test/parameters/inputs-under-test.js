import assert from 'node:assert/strict';
import { DiagnosedError } from '../../src/diagnosis/diagnosis.js';
import { CONNECTIONS } from '../../src/parameters/input-table.js';
import { readInputs } from '../../src/verbs/service/read-inputs.js';
export const NOW = Date.UTC(2026, 10, 24, 12, 0, 30);
export const HOST = {
    spell: (name) => `--${name}`,
    writtenIn: 'arguments',
    connections: CONNECTIONS,
    now: () => NOW,
};
export const GOOD = {
    connection: 'admin-service',
    'sms-provider': 'cm01.corp.example.com',
    image: 'Windows Server 2022',
    'update-group': '2026-11 Windows Server 2022',
};
export const LOCAL = {
    kind: 'wmi',
    smsProvider: undefined,
    credential: undefined,
    siteCode: undefined,
    cimProtocol: 'auto',
    powerShell: undefined,
};
/** Overrides that make of the good inputs those of the other connection. */
export const WMI = { connection: 'wmi', 'sms-provider': '' };
export function readWmi(texts) {
    const { connection } = read({ ...WMI, ...texts });
    assert.ok(connection.kind === 'wmi');
    return connection;
}
export const read = (texts) => readInputs({ ...GOOD, ...texts }, HOST);
export function errorsOf(texts) {
    try {
        read(texts);
    }
    catch (error) {
        if (error instanceof DiagnosedError)
            return error.diagnoses;
        throw error;
    }
    return [];
}
export function assertOneError(texts, code, about) {
    const errors = errorsOf(texts);
    assert.deepEqual(errors.map((error) => error.code), [code], JSON.stringify(errors));
    assert.match(errors[0]?.what ?? '', about);
    for (const part of [errors[0]?.what, errors[0]?.next])
        assert.ok(part !== undefined && part.length > 5);
    // What is wrong with an input is no matter of probability.
    assert.equal(errors[0]?.cause, '');
}
//# sourceMappingURL=inputs-under-test.js.map