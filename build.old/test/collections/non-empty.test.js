import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mapNonEmpty, nonEmpty, uniqueBy } from '../../src/collections/non-empty.js';
suite('a list that is not empty', () => {
    test('is made of a list that has something, and of no other', () => {
        assert.deepEqual(nonEmpty([1, 2]), [1, 2]);
        assert.equal(nonEmpty([]), undefined);
    });
    test('is mapped to one of the same length', () => {
        assert.deepEqual(mapNonEmpty([1, 2, 3], (each) => each * 2), [2, 4, 6]);
    });
    test('keeps one element for each key, in the order of the keys', () => {
        assert.deepEqual(uniqueBy(['one', 'two', 'three', 'ten'], (each) => each[0]), ['one', 'ten']);
    });
});
//# sourceMappingURL=non-empty.test.js.map