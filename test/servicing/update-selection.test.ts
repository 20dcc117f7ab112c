import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import type { CiId } from '../../src/site/identifiers.js';
import type { SoftwareUpdate } from '../../src/site/software-update.js';
import {
  isNothingToDo,
  selectUpdates,
  unusableUpdates,
  type LeftOutReason,
} from '../../src/servicing/update-selection.js';

type Facts = Omit<SoftwareUpdate, 'ciId' | 'article' | 'title'>;

const USABLE: Facts = {
  isExpired: false,
  isOfflineServiceable: true,
  isContentProvisioned: true,
  isSuperseded: false,
  datePosted: undefined,
};

function reasonFor(
  facts: Partial<Facts> | undefined,
  installed: boolean,
  alreadyInstalled: 'skip' | 'include',
): LeftOutReason | undefined {
  const ciId = 1 as CiId;
  const update = { ciId, article: undefined, title: undefined, ...USABLE, ...facts };
  const { leftOut, used } = selectUpdates({
    ciIds: [ciId],
    updates: facts === undefined ? new Map() : new Map([[ciId, update]]),
    installedOnEveryIndex: new Set(installed ? [ciId] : []),
    alreadyInstalled,
    supersedence: [],
    notRequired: new Set(),
  });
  assert.equal(used.length + leftOut.length, 1);
  return leftOut[0]?.reason;
}

suite('selection', () => {
  test('uses what is downloaded, serviceable offline, current and not in the image', () => {
    assert.equal(reasonFor({}, false, 'skip'), undefined);
    assert.equal(reasonFor({}, true, 'include'), undefined);
  });

  test('each reason has its own name', () => {
    assert.deepEqual(reasonFor(undefined, false, 'skip'), { need: 'not-possible', why: 'not-readable' });
    assert.deepEqual(reasonFor({ isExpired: true }, false, 'skip'), { need: 'not-needed', why: 'expired' });
    assert.deepEqual(reasonFor({}, true, 'skip'), { need: 'not-needed', why: 'already-installed' });
    assert.deepEqual(reasonFor({ isOfflineServiceable: false }, false, 'skip'), {
      need: 'not-possible',
      why: 'not-serviceable-offline',
    });
    assert.deepEqual(reasonFor({ isContentProvisioned: false }, false, 'skip'), {
      need: 'not-possible',
      why: 'content-not-downloaded',
    });
  });

  test('what is not needed never fails a run, whatever else is wrong with it', () => {
    const broken = { isOfflineServiceable: false, isContentProvisioned: false };
    assert.equal(reasonFor({ ...broken, isExpired: true }, false, 'skip')?.need, 'not-needed');
    assert.equal(reasonFor(broken, true, 'skip')?.need, 'not-needed');
    assert.equal(reasonFor({ isContentProvisioned: false }, true, 'include')?.why, 'content-not-downloaded');
  });

  test('every CI_ID is either used or left out, once, and the rest follows from the reasons', () => {
    const aCase = fc.record({
      known: fc.boolean(),
      installed: fc.boolean(),
      facts: fc.record({
        isExpired: fc.boolean(),
        isOfflineServiceable: fc.boolean(),
        isContentProvisioned: fc.boolean(),
      }),
    });
    fc.assert(
      fc.property(fc.array(aCase, { maxLength: 20 }), (cases) => {
        const ciIds = cases.map((_, place) => (place + 1) as CiId);
        const selection = selectUpdates({
          ciIds,
          updates: new Map(
            cases.flatMap(({ known, facts }, place) => {
              const ciId = (place + 1) as CiId;
              return known
                ? [[ciId, { ciId, article: undefined, title: undefined, ...USABLE, ...facts }] as const]
                : [];
            }),
          ),
          installedOnEveryIndex: new Set(ciIds.filter((_, place) => cases[place]?.installed === true)),
          alreadyInstalled: 'skip',
          supersedence: [],
          notRequired: new Set(),
        });
        const told = [...selection.used, ...selection.leftOut].map(({ ciId }) => ciId).sort((a, b) => a - b);
        assert.deepEqual(told, ciIds);
        const impossible = selection.leftOut.filter(({ reason }) => reason.need === 'not-possible');
        assert.equal(isNothingToDo(selection), selection.used.length === 0 && impossible.length === 0);
        assert.equal(
          unusableUpdates(selection).length,
          impossible.filter(({ reason }) => reason.why !== 'not-serviceable-offline').length,
        );
      }),
    );
  });
});
