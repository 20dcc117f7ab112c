import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { instanceOf } from '../../src/provider/instance.js';
import { indexesOf, seenIndexOf } from '../../src/site/image-indexes.js';
import { onEveryIndex } from '../../src/site/image-update-status.js';
function indexes(xml) {
    const found = indexesOf(instanceOf({ ImageProperty: xml }), 'SMS_ImagePackage');
    return found && [...found];
}
const row = (updateId, imageIndex, installed) => ({
    packageId: 'LAB00010',
    updateId: updateId,
    imageIndex,
    state: installed ? 'installed' : 'not-required',
});
suite('the indexes of an image', () => {
    test('are read from the list of the WIM', () => {
        assert.deepEqual(indexes('<WIM><IMAGE INDEX="1"/><IMAGE INDEX="3"><NAME>x</NAME></IMAGE></WIM>'), [1, 3]);
        assert.deepEqual(indexes('\uFEFF<?xml version="1.0"?><WIM><TOTALBYTES>9</TOTALBYTES><Image index="2"/></WIM>'), [2]);
    });
    test('are not known where the text is something else', () => {
        for (const xml of [
            null,
            '',
            'no xml',
            '<WIM></WIM>',
            '<WIM><IMAGE/></WIM>',
            '<WIM><IMAGE INDEX="x"/></WIM>',
            '<OTHER><IMAGE INDEX="1"/></OTHER>',
            '<WIM><IMAGE INDEX="1"/>',
        ]) {
            assert.equal(indexes(xml), undefined, String(xml));
        }
    });
    test('an IMAGE element deeper inside is none of them', () => {
        assert.deepEqual(indexes('<WIM><IMAGE INDEX="1"><IMAGE INDEX="9"/></IMAGE></WIM>'), [1]);
    });
});
test('the view of images adds an index from 1, and nothing for anything else', () => {
    const seen = [1, 3, 0, -1, 1.5, '1', null].map((Index) => seenIndexOf(instanceOf({ PackageID: 'LAB00010', Index })).index);
    assert.deepEqual(seen, [1, 3, undefined, undefined, undefined, undefined, undefined]);
});
suite('updates that are in an image already', () => {
    test('are installed on every index that is known', () => {
        const rows = [row(1, 1, true), row(1, 2, true), row(2, 1, true), row(3, 1, true), row(3, 2, false)];
        assert.deepEqual([...onEveryIndex('installed', new Set([1, 2]), rows)], [1]);
    });
    test('an index that only a status tells of counts too', () => {
        assert.deepEqual([...onEveryIndex('installed', new Set([1]), [row(1, 1, true), row(2, 2, false)])], []);
    });
    test('nothing is installed where there are no rows', () => {
        assert.equal(onEveryIndex('installed', new Set(), []).size, 0);
    });
});
//# sourceMappingURL=image-indexes.test.js.map