import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { fatesOf, select, usableUpdate } from './selection-under-test.js';
const JANUARY = Date.UTC(2024, 0, 9);
const FEBRUARY = Date.UTC(2024, 1, 13);
const MARCH = Date.UTC(2024, 2, 12);
const update = usableUpdate;
/** The CI_IDs that are left out as superseded, each with the one that makes it unneeded. */
function superseded(updates, relations, notRequired = []) {
    const { leftOut } = select({ updates, relations, notRequired });
    return leftOut.flatMap(({ ciId, reason }) => reason.why === 'superseded' ? [[ciId, reason.by.ciId]] : []);
}
const OLD = { isSuperseded: true };
suite('an update that is superseded by one that the image has already', () => {
    const january = update(1, { ...OLD, datePosted: JANUARY });
    const february = update(2, { ...OLD, datePosted: FEBRUARY });
    const march = update(3, { datePosted: MARCH });
    const CHAIN = [
        [2, 1],
        [3, 2],
    ];
    const turned = CHAIN.map(([from, to]) => [to, from]);
    test('is not needed, whether the newer one was asked for or not', () => {
        for (const relations of [CHAIN, turned]) {
            const asked = { updates: [january, february, march], relations, installed: [3] };
            assert.deepEqual(fatesOf(select(asked)), {
                1: 'superseded-by-installed 3',
                2: 'superseded-by-installed 3',
                3: 'already-installed',
            });
            const notAsked = { updates: [january, february], others: [march], relations, installed: [3] };
            assert.deepEqual(fatesOf(select(notAsked)), {
                1: 'superseded-by-installed 3',
                2: 'superseded-by-installed 3',
            });
        }
    });
    test('is not needed across one in between that is expired, not asked for, excluded or impossible', () => {
        const relations = CHAIN;
        const between = [
            { updates: [january], others: [{ ...february, isExpired: true }, march] },
            { updates: [january, { ...february, isExpired: true }], others: [march] },
            { updates: [january, february], others: [march], excluded: [2] },
            { updates: [january, { ...february, obstacle: 'hidden' }], others: [march] },
        ];
        for (const one of between)
            assert.equal(fatesOf(select({ ...one, relations, installed: [3] }))[1], 'superseded-by-installed 3');
    });
    test('stays in where one in between is not readable: its date is not known', () => {
        const one = { updates: [january], missing: [2], others: [march], relations: CHAIN, installed: [3] };
        assert.deepEqual(fatesOf(select(one)), { 1: 'used', 2: 'not-readable' });
        const direct = { ...one, relations: [...CHAIN, [3, 1]] };
        assert.equal(fatesOf(select(direct))[1], 'superseded-by-installed 3');
    });
    test('is not needed where content is missing besides: that must not fail the run', () => {
        const missing = { ...january, isContentProvisioned: false };
        const one = { updates: [missing], others: [march], relations: [[3, 1]], installed: [3] };
        assert.deepEqual(fatesOf(select(one)), { 1: 'superseded-by-installed 3' });
    });
    test('stays in when unsure, and where the newer one is not on every index', () => {
        const one = { updates: [january], relations: [[3, 1]] };
        assert.deepEqual(fatesOf(select({ ...one, others: [march] })), { 1: 'used' });
        for (const other of [
            update(3),
            update(3, { ...OLD, datePosted: JANUARY }),
            update(3, { datePosted: JANUARY - 1 }),
        ])
            assert.deepEqual(fatesOf(select({ ...one, others: [other], installed: [3] })), { 1: 'used' });
        const undated = { updates: [update(1, OLD)], relations: [[3, 1]] };
        assert.deepEqual(fatesOf(select({ ...undated, others: [march], installed: [3] })), { 1: 'used' });
    });
    test('of one date with it is the one that the site calls superseded', () => {
        const twin = update(3, { datePosted: JANUARY });
        const one = { updates: [january], others: [twin], relations: [[1, 3]], installed: [3] };
        assert.deepEqual(fatesOf(select(one)), { 1: 'superseded-by-installed 3' });
    });
    test('is used where what the image has shall be scheduled again: then no status is trusted', () => {
        const one = { updates: [january], others: [march], relations: [[3, 1]], installed: [3] };
        assert.deepEqual(fatesOf(select({ ...one, alreadyInstalled: 'include' })), { 1: 'used' });
        const asked = { ...one, updates: [january, march], alreadyInstalled: 'include' };
        assert.deepEqual(fatesOf(select(asked)), { 1: 'superseded 3', 3: 'used' });
    });
    test('names the newest of several, used or installed, whatever the order of the rows', () => {
        const april = update(4, { datePosted: MARCH + 1 });
        const relations = [
            [3, 1],
            [4, 1],
        ];
        for (const rows of [relations, [...relations].reverse()]) {
            const one = { updates: [january, april], others: [march], relations: rows, installed: [3] };
            assert.deepEqual(fatesOf(select(one)), { 1: 'superseded 4', 4: 'used' });
        }
    });
    test('is used in place of a newer one that is excluded, unless the image has that', () => {
        const one = { updates: [january, march], relations: [[3, 1]], excluded: [3] };
        assert.deepEqual(fatesOf(select(one)), { 1: 'used', 3: 'excluded' });
        assert.deepEqual(fatesOf(select({ ...one, installed: [3] })), {
            1: 'superseded-by-installed 3',
            3: 'excluded',
        });
    });
});
suite('an update that another selected one supersedes', () => {
    const january = update(1, { ...OLD, datePosted: JANUARY });
    const february = update(2, { ...OLD, datePosted: FEBRUARY });
    const march = update(3, { datePosted: MARCH });
    test('is left out, whichever way the relation is written', () => {
        assert.deepEqual(superseded([january, march], [[1, 3]]), [[1, 3]]);
        assert.deepEqual(superseded([january, march], [[3, 1]]), [[1, 3]]);
    });
    test('of a whole chain the newest one is named', () => {
        const chain = [
            [1, 2],
            [2, 3],
        ];
        assert.deepEqual(superseded([january, february, march], chain), [
            [1, 3],
            [2, 3],
        ]);
        assert.deepEqual(superseded([march, february, january], chain), [
            [2, 3],
            [1, 3],
        ]);
    });
    test('of one date with the newer one is the one that the site calls superseded', () => {
        const twin = update(3, { datePosted: JANUARY });
        assert.deepEqual(superseded([january, twin], [[1, 3]]), [[1, 3]]);
        assert.deepEqual(superseded([twin, january], [[3, 1]]), [[1, 3]]);
    });
    test('stays in when unsure', () => {
        const cases = [
            ['neither is called superseded', update(1, { datePosted: JANUARY }), march],
            [
                'the superseded one is the newer one',
                update(1, { ...OLD, datePosted: MARCH }),
                update(3, { datePosted: JANUARY }),
            ],
            ['both are superseded and of one date', january, update(3, { ...OLD, datePosted: JANUARY })],
            ['a date is lacking', update(1, OLD), march],
            ['the other date is lacking', january, update(3)],
        ];
        for (const [why, one, other] of cases)
            assert.deepEqual(superseded([one, other], [
                [1, 3],
                [3, 1],
            ]), [], why);
        assert.deepEqual(superseded([january, march], []), [], 'no relation');
        assert.deepEqual(superseded([january, march], [[1, 1]]), [], 'a relation to itself');
    });
    test('stays in where the other one is not used', () => {
        for (const change of [
            { isExpired: true },
            { isOfflineServiceable: false },
            { isContentProvisioned: false },
        ]) {
            assert.deepEqual(superseded([january, { ...march, ...change }], [[1, 3]]), [], JSON.stringify(change));
        }
        assert.deepEqual(superseded([january], [[1, 3]]), [], 'not selected at all');
    });
    test('stays in where the site held the other one as not required: something may be missing for it', () => {
        assert.deepEqual(superseded([january, march], [[1, 3]], [3]), []);
        const chain = [
            [1, 2],
            [2, 3],
        ];
        // Then the one in between is used, and makes the oldest unneeded.
        assert.deepEqual(superseded([january, february, march], chain, [3]), [[1, 2]]);
        assert.deepEqual(superseded([january, february, march], chain, [2]), [
            [1, 3],
            [2, 3],
        ]);
    });
    test('is left out across one in between that cannot be used itself', () => {
        const missing = { ...february, isContentProvisioned: false };
        assert.deepEqual(superseded([january, missing, march], [
            [1, 2],
            [2, 3],
        ]), [
            [1, 3],
            [2, 3],
        ]);
    });
    test('whatever the site tells, one that is used is named, and never a circle', () => {
        const facts = fc.record({
            isSuperseded: fc.boolean(),
            isExpired: fc.boolean(),
            isContentProvisioned: fc.boolean(),
            datePosted: fc.constantFrom(undefined, JANUARY, FEBRUARY, MARCH),
        });
        const relation = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }));
        fc.assert(fc.property(fc.array(facts, { maxLength: 8 }), fc.array(relation, { maxLength: 30 }), (all, relations) => {
            const updates = all.map((each, place) => update(place + 1, each));
            const found = superseded(updates, relations);
            const leftOut = new Set(found.map(([ciId]) => ciId));
            for (const [, by] of found) {
                const cover = updates.find(({ ciId }) => ciId === by);
                assert.ok(cover?.isContentProvisioned === true && !cover.isExpired && !leftOut.has(by));
            }
            assert.deepEqual(found, superseded(updates, relations.map(([from, to]) => [to, from])));
        }));
    });
});
//# sourceMappingURL=superseded-updates.test.js.map