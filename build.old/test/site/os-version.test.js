import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { osVersionIn, vendorSupportOf } from '../../src/site/os-version.js';
suite('the OS version that a site gives', () => {
    const readable = [
        ['10.0.22631.2428', '10.0.22631.2428', 22_631],
        ['10.0.26100.1742', '10.0.26100.1742', 26_100],
        ['6.1.7601.17514', '6.1.7601.17514', 7_601],
        ['10.0.20348', '10.0.20348', 20_348],
        ['  10.0.20348.587\t', '10.0.20348.587', 20_348],
        ['10. 0 .22631 . 2428', '10.0.22631.2428', 22_631],
        ['Microsoft Windows [Version 10.0.19045.3803]', '10.0.19045.3803', 19_045],
        ['v10.0.26100.1742 (24H2)', '10.0.26100.1742', 26_100],
        ['10.0.26100.1742.', '10.0.26100.1742', 26_100],
        ['10.0.17763.1.2', '10.0.17763.1', 17_763],
        ['10.0.022631.0', '10.0.22631.0', 22_631],
        ['10.0.19045.1 / 10.0.26100.1', '10.0.26100.1', 26_100],
        ['26100', '26100', 26_100],
        [' 22631.2428 ', '22631.2428', 22_631],
        ['Build 22631', '22631', 22_631],
        [26_100, '26100', 26_100],
    ];
    for (const [given, text, build] of readable) {
        test(`is read: ${JSON.stringify(given)}`, () => {
            const version = osVersionIn(given);
            assert.deepEqual([version?.text, version?.build], [text, build]);
        });
    }
    // None of these may pass for an old release that can be serviced.
    for (const given of [
        '',
        '   ',
        '0',
        '0.0.0.0',
        '10.0',
        '10.0.0.0',
        '11',
        '2025',
        'Windows Server 2025',
        '24H2',
        'Built 01/15/2024 10:00:00',
        '15.01.2024',
        '2024.10.15.1',
        'unknown',
        '1e5',
        0,
        -1,
        10.5,
        null,
        true,
        ['10.0.26100.1'],
        undefined,
    ]) {
        test(`is not read: ${JSON.stringify(given)}`, () => {
            assert.equal(osVersionIn(given), undefined);
        });
    }
    test('never makes anything but numbers and dots of a text, whatever it is', () => {
        fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
            const version = osVersionIn(text);
            if (version !== undefined)
                assert.match(version.text, /^[0-9]+(?:\.[0-9]+)*$/);
        }));
    });
    test('is short work also for a long text', () => {
        assert.equal(osVersionIn(' '.repeat(5_000_000)), undefined);
        assert.equal(osVersionIn(`${'1.'.repeat(2_000_000)}x`)?.build, undefined);
    });
});
test('the vendor supports offline servicing up to Windows 11 21H2, and says nothing about build 25398', () => {
    const supportOf = (build) => vendorSupportOf({ text: '', build, revision: 0 });
    for (const build of [7_601, 14_393, 17_763, 19_041, 19_045, 20_348, 22_000, 22_620])
        assert.equal(supportOf(build), 'supported', String(build));
    for (const build of [22_621, 22_631, 25_397, 25_399, 26_100, 26_200, 27_000])
        assert.equal(supportOf(build), 'not-supported', String(build));
    assert.equal(supportOf(25_398), 'unknown');
});
//# sourceMappingURL=os-version.test.js.map