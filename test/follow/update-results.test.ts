import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import {
  imageResults,
  isSettled,
  judgeUpdates,
  verdictText,
  type Baseline,
  type UpdateVerdict,
} from '../../src/follow/update-results.js';
import { nonEmpty } from '../../src/collections/non-empty.js';
import type { CiId, PackageId } from '../../src/site/identifiers.js';
import { listUpdateResults, type UpdateResult } from '../../src/site/update-result.js';
import { CONNECTIONS, siteUnderTest } from '../site-under-test.js';

const IMAGE = 'LAB00010' as PackageId;
const UPDATE = 16_777_791 as CiId;
const BEFORE = Date.UTC(2024, 5, 1);
const NOW = Date.UTC(2024, 5, 10);

const row = (changes: Partial<UpdateResult> = {}): UpdateResult => ({
  packageId: IMAGE,
  updateId: UPDATE,
  imageIndex: 1,
  status: 'applicable',
  errorCode: 0,
  appliedDate: undefined,
  ...changes,
});
const NO_ROWS: Baseline = { kind: 'reading', rows: [] };
const judge = (
  rows: readonly UpdateResult[],
  baseline: Baseline = NO_ROWS,
  indexes: readonly number[] = [1],
): readonly UpdateVerdict[] =>
  judgeUpdates({ packageId: IMAGE, indexes: new Set(indexes), updateIds: [UPDATE] }, rows, baseline).map(
    ({ verdict }) => verdict,
  );
const said = (...args: Parameters<typeof judge>): readonly string[] => judge(...args).map(verdictText);

suite('the verdict on an update', () => {
  test('says what its row says', () => {
    assert.deepEqual(said([row({ status: 'installed', appliedDate: NOW })]), ['installed']);
    assert.deepEqual(said([row({ status: 'installedCheckNotSupported' })]), ['installed']);
    assert.deepEqual(said([row({ status: 'notRequired' })]), ['not required']);
    assert.deepEqual(said([row({ errorCode: 123 })]), [
      'failed with 0x8007007b (Win32 123, ERROR_INVALID_NAME): A file name, folder name or volume label is not valid.',
    ]);
    assert.deepEqual(said([row()]), ['not applied; the site tells no code']);
    assert.match(
      said([row({ status: 'checkNotSupported', errorCode: 0x80004001 | 0 })])[0] ?? '',
      /cannot check.*E_NOTIMPL/u,
    );
    assert.deepEqual(said([row({ status: 'unknown' })]), ['the site does not know the status']);
  });

  test('on each index is its own, and one without a row was not reported', () => {
    assert.deepEqual(said([row({ status: 'installed', imageIndex: 2 })], NO_ROWS, [1, 2, 3]), [
      'not reported in this run',
      'installed',
      'not reported in this run',
    ]);
  });

  test('counts an index that only a row tells of', () => {
    assert.equal(judge([row({ imageIndex: 7 })]).length, 2);
    const unknown = { packageId: IMAGE, indexes: undefined, updateIds: [UPDATE] };
    assert.deepEqual(
      judgeUpdates(unknown, [], NO_ROWS).map(({ verdict }) => verdict.kind),
      ['not-reported'],
    );
  });

  test('is not taken from a row of before the run', () => {
    const failed = row({ errorCode: 123 });
    assert.match(
      said([failed], { kind: 'reading', rows: [failed] })[0] ?? '',
      /^not reported.*before it: failed/u,
    );
    const changed = { ...failed, errorCode: 161 };
    assert.match(said([changed], { kind: 'reading', rows: [failed] })[0] ?? '', /^failed with 0x800700a1/u);
  });

  test('of a row that stays installed or not required is no failure: the site found what it held', () => {
    for (const status of ['installed', 'notRequired'] as const) {
      const held = row({ status });
      const verdicts = judge([held], { kind: 'reading', rows: [held] });
      assert.deepEqual(
        verdicts.map((each) => [each.kind, isSettled(each)]),
        [['not-reported', true]],
      );
    }
  });

  test('without a reading from before goes by the date of the run', () => {
    const baseline = { kind: 'run-date', startedAt: NOW } as const;
    const kindOf = (appliedDate: number | undefined): string | undefined =>
      judge([row({ status: 'installed', appliedDate })], baseline)[0]?.kind;
    assert.deepEqual([BEFORE, NOW, undefined].map(kindOf), ['not-reported', 'installed', 'installed']);
  });

  test('of another image is of no interest', () => {
    const other = row({ packageId: 'LAB00011' as PackageId, status: 'installed' });
    assert.deepEqual(said([other]), ['not reported in this run']);
  });

  const anyRow = fc.record({
    packageId: fc.constant(IMAGE),
    updateId: fc.constant(UPDATE),
    imageIndex: fc.integer({ min: 1, max: 3 }),
    status: fc.constantFrom<UpdateResult['status']>(
      'unknown',
      'notRequired',
      'installed',
      'applicable',
      'checkNotSupported',
      'installedCheckNotSupported',
      'undocumented',
    ),
    errorCode: fc.constantFrom(0, 123, 0x800f081e | 0, 0x80004001),
    appliedDate: fc.constantFrom(undefined, BEFORE, NOW),
  });
  const anyRows = fc.uniqueArray(anyRow, { selector: ({ imageIndex }) => imageIndex });

  test('never calls an image complete that has an index without the update', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (rows, before) => {
        const image = { packageId: IMAGE, indexes: new Set([1, 2, 3]), updateIds: [UPDATE] };
        const judged = judgeUpdates(image, rows, { kind: 'reading', rows: before });
        const isThere = [1, 2, 3].every((index) =>
          rows.some(
            ({ imageIndex, status }) =>
              imageIndex === index &&
              ['installed', 'installedCheckNotSupported', 'notRequired'].includes(status),
          ),
        );
        assert.equal(judged.length, 3);
        assert.equal(imageResults(judged).isComplete, isThere);
      }),
    );
  });

  test('never takes for new what the site held before', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const verdicts = judge(rows, { kind: 'reading', rows }, [1, 2, 3]);
        assert.ok(verdicts.every(({ kind }) => kind === 'not-reported'));
      }),
    );
  });
});

for (const { connection, skip } of CONNECTIONS) {
  test(`the results of updates are read over ${connection}`, { skip }, async (t) => {
    const { simulator, provider } = await siteUnderTest(t, { connection });
    const key = { ImagePackageID: IMAGE, ImageIndex: 2, UpdateID: UPDATE };
    const values = { UpdateStatus: 3, UpdateInstallationStatus: 0x8007007b | 0, UpdateTitle: 'One' };
    simulator.state.put('SMS_ImageUpdateStatus', {
      ...key,
      ...values,
      AppliedDateTime: '2024-06-10T09:00:00Z',
    });
    const updates = nonEmpty([UPDATE, 16_777_999 as CiId]);
    assert.ok(updates);
    const [outcome] = await provider.run(
      [listUpdateResults([IMAGE], updates, 2)],
      'unordered',
      new AbortController().signal,
    );
    assert.equal(outcome.state, 'done');
    const found = outcome.result.find(({ imageIndex, updateId }) => imageIndex === 2 && updateId === UPDATE);
    const appliedDate = Date.UTC(2024, 5, 10, 9);
    assert.deepEqual(found, row({ imageIndex: 2, errorCode: 0x8007007b | 0, appliedDate }));
  });
}
