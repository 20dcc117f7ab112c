import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { selectUpdates } from '../../src/servicing/update-selection.js';
import type { CiId } from '../../src/site/identifiers.js';
import type { SoftwareUpdate } from '../../src/site/software-update.js';

const JANUARY = Date.UTC(2024, 0, 9);
const FEBRUARY = Date.UTC(2024, 1, 13);
const MARCH = Date.UTC(2024, 2, 12);

function update(ciId: number, change: Partial<SoftwareUpdate> = {}): SoftwareUpdate {
  return {
    ciId: ciId as CiId,
    article: `KB${ciId}`,
    title: undefined,
    isExpired: false,
    isOfflineServiceable: true,
    isContentProvisioned: true,
    isSuperseded: false,
    datePosted: undefined,
    ...change,
  };
}

/** The CI_IDs that are left out as superseded, each with the one that makes it unneeded. */
function superseded(
  updates: readonly SoftwareUpdate[],
  relations: readonly (readonly [number, number])[],
  notRequired: readonly number[] = [],
): readonly (readonly [number, number])[] {
  const { leftOut } = selectUpdates({
    ciIds: updates.map(({ ciId }) => ciId),
    updates: new Map(updates.map((each) => [each.ciId, each])),
    installedOnEveryIndex: new Set(),
    alreadyInstalled: 'skip',
    supersedence: relations.map(([from, to]) => ({ from: from as CiId, to: to as CiId })),
    notRequired: new Set(notRequired.map((ciId) => ciId as CiId)),
  });
  return leftOut.flatMap(({ ciId, reason }) =>
    reason.why === 'superseded' ? [[ciId, reason.by.ciId] as const] : [],
  );
}

const OLD = { isSuperseded: true };

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
    ] as const;
    assert.deepEqual(superseded([january, february, march], chain), [
      [1, 3],
      [2, 3],
    ]);
    assert.deepEqual(superseded([march, february, january], chain), [
      [2, 3],
      [1, 3],
    ]);
  });

  test('stays in when unsure', () => {
    const cases: readonly (readonly [string, SoftwareUpdate, SoftwareUpdate])[] = [
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
      assert.deepEqual(
        superseded(
          [one, other],
          [
            [1, 3],
            [3, 1],
          ],
        ),
        [],
        why,
      );
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
    ] as const;
    // Then the one in between is used, and makes the oldest unneeded.
    assert.deepEqual(superseded([january, february, march], chain, [3]), [[1, 2]]);
    assert.deepEqual(superseded([january, february, march], chain, [2]), [
      [1, 3],
      [2, 3],
    ]);
  });

  test('is left out across one in between that cannot be used itself', () => {
    const missing = { ...february, isContentProvisioned: false };
    assert.deepEqual(
      superseded(
        [january, missing, march],
        [
          [1, 2],
          [2, 3],
        ],
      ),
      [
        [1, 3],
        [2, 3],
      ],
    );
  });

  test('whatever the site tells, one that is used is named, and never a circle', () => {
    const facts = fc.record({
      isSuperseded: fc.boolean(),
      isExpired: fc.boolean(),
      isContentProvisioned: fc.boolean(),
      datePosted: fc.constantFrom(undefined, JANUARY, FEBRUARY, MARCH),
    });
    const relation = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }));
    fc.assert(
      fc.property(
        fc.array(facts, { maxLength: 8 }),
        fc.array(relation, { maxLength: 30 }),
        (all, relations) => {
          const updates = all.map((each, place) => update(place + 1, each));
          const found = superseded(updates, relations);
          const leftOut = new Set(found.map(([ciId]) => ciId));
          for (const [, by] of found) {
            const cover = updates.find(({ ciId }) => ciId === by);
            assert.ok(cover?.isContentProvisioned === true && !cover.isExpired && !leftOut.has(by));
          }
          assert.deepEqual(
            found,
            superseded(
              updates,
              relations.map(([from, to]) => [to, from] as const),
            ),
          );
        },
      ),
    );
  });
});
