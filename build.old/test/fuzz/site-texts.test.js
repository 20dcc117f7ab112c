import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { instanceOf } from '../../src/provider/instance.js';
import { readBatchLine } from '../../src/provider/wmi/batch-lines.js';
import { readScheduleString } from '../../src/simulator/schedule-token.js';
import { indexesOf } from '../../src/site/image-indexes.js';
import { decodeToken, encodeToken } from '../../src/site/schedule-token.js';
import { damaged, FUZZ, JSON_PIECES, LIMIT, XML_PIECES } from './arbitraries.js';
const WIM = '<WIM><TOTALBYTES>5</TOTALBYTES><IMAGE INDEX="1"><NAME>Windows Server 2022 &amp; more</NAME><WINDOWS><ARCH>9</ARCH></WINDOWS>' +
    '</IMAGE><IMAGE INDEX="2"><NAME>Zwei</NAME></IMAGE></WIM>';
const LINE = '{"number":12,"failed":{"words":"no","id":"HRESULT 0x80041002","native":"NotFound","data":{"ErrorCode":1}}}';
suite('whatever a text of the site holds', () => {
    test('the indexes of an image are whole numbers from 1, or not known', LIMIT, () => {
        fc.assert(fc.property(fc.oneof(damaged(WIM, [...XML_PIECES, 'INDEX="', '1e9', '-1', '٣']), fc.string()), (xml) => {
            const indexes = indexesOf(instanceOf({ ImageProperty: xml }), 'SMS_ImagePackage');
            assert.ok(indexes === undefined || indexes.size > 0);
            for (const index of indexes ?? [])
                assert.ok(Number.isInteger(index) && index > 0);
        }), FUZZ);
    });
    test('an image whose text would grow or nest without end has unknown indexes', LIMIT, () => {
        for (const xml of [
            '<!DOCTYPE WIM [<!ENTITY a "1">]><WIM><IMAGE INDEX="&a;"/></WIM>',
            '<WIM><IMAGE INDEX="1"/>'.padEnd(2_000_000, '<a>'),
            `<WIM><IMAGE INDEX="1" ${'x'.repeat(5_000_000)}=""/></WIM>`,
            `<WIM><IMAGE INDEX="1"><![CDATA[${']'.repeat(5_000_000)}]]></IMAGE></WIM>`,
        ]) {
            const begin = performance.now();
            assert.equal(indexesOf(instanceOf({ ImageProperty: xml }), 'SMS_ImagePackage'), undefined);
            assert.ok(performance.now() - begin < 5_000);
        }
    });
    test('a line of the script for WMI is one of its kinds, or none', LIMIT, () => {
        const lines = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), damaged(LINE, [...JSON_PIECES, '"place":{}', '"stopped":"input"', '"__proto__":{"number":1,"done":1}']));
        fc.assert(fc.property(lines, (text) => {
            const line = readBatchLine(text);
            if (line?.kind === 'done' || line?.kind === 'failed')
                assert.equal(typeof line.number, 'number');
        }), FUZZ);
    });
    test('a line takes nothing from a prototype, and no number of lines changes one', () => {
        for (const text of [
            '{"__proto__":{"number":1,"done":true}}',
            '{"constructor":{"prototype":{"number":1}},"number":"1","done":true}',
            '{"number":null,"done":1}',
            '{"number":{"valueOf":1},"done":1}',
            '[]',
            'null',
            '1e999',
            '"place"',
        ]) {
            assert.equal(readBatchLine(text), undefined, text);
        }
        assert.equal('number' in {}, false);
    });
    test('a line that is nested without end is none, in no time', LIMIT, () => {
        for (const text of [
            '['.repeat(1_000_000),
            '{"place":'.repeat(300_000),
            `{"number":1,"done":${'['.repeat(100_000)}`,
        ]) {
            assert.equal(readBatchLine(text), undefined);
        }
    });
    test('an interval string is read alike by the product and by the simulated site', LIMIT, () => {
        const hex = fc.stringMatching(/^[0-9A-Fa-f]{16}$/);
        fc.assert(fc.property(fc.oneof(hex, damaged('004A1D8000080001', ['0', 'g', ' ', '\n', '٣'])), (text) => {
            const ours = decodeToken(text);
            const theirs = text.length === 16 ? readScheduleString(text) : undefined;
            // The simulated site refuses what repeats every 0 weeks, too.
            assert.ok(ours !== undefined || theirs === undefined, text);
            if (ours === undefined || theirs === undefined)
                return;
            const [token] = theirs;
            const { isUtc, ...start } = ours.start;
            assert.deepEqual({ ...start, utc: isUtc }, { ...token?.start, utc: token?.utc });
            assert.deepEqual({ ...ours.duration }, { ...token?.duration });
            // Bits that no field has are lost; what is read again means the same.
            assert.deepEqual(decodeToken(encodeToken(ours)), ours);
        }), FUZZ);
    });
});
//# sourceMappingURL=site-texts.test.js.map