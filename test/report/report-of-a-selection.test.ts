import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runOnce, SITE_WITH_SMALL_GROUP, small, SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
import { withStatuses } from '../servicing/several-images.js';
import { siteUnderTest } from '../site-under-test.js';
import { reportOfRun } from './report-under-test.js';

test('the report names the update that the image has already, the sibling that is the one for it, and what is excluded', async (t) => {
  const [old = 0, installed = 0, x64 = 0, arm64 = 0] = SMALL_GROUP_UPDATES;
  const changes = new Map<number, object>([
    [old, { superseded: true, posted: '2001-01-01T00:00:00Z' }],
    [x64, { articleId: '5030000' }],
    [arm64, { articleId: '5030000' }],
  ]);
  const description = withStatuses(
    {
      ...SITE_WITH_SMALL_GROUP,
      updates: SITE_WITH_SMALL_GROUP.updates.map((each) => ({ ...each, ...changes.get(each.ciId) })),
      relations: [{ from: installed, to: old, type: 6 }],
    },
    'LAB00010',
    [
      [installed, 1, 2],
      [x64, 1, 3],
      [arm64, 1, 1],
    ],
  );
  const site = await siteUnderTest(t, small(description));
  const ended = await runOnce(site, {
    excludeUpdates: [{ kind: 'ci-id', ciId: installed as never }],
  });
  assert.ok(ended.result, JSON.stringify(ended.error));
  const report = reportOfRun(ended, site.progress);
  assert.deepEqual(
    report.images[0]?.leftOut?.map(({ ciId, need, reason, supersededBy, sibling }) => [
      ciId,
      need,
      reason,
      supersededBy?.ciId,
      sibling?.ciId,
    ]),
    [
      [old, 'not-needed', 'superseded-by-installed', installed, undefined],
      [installed, 'not-wanted', 'excluded', undefined, undefined],
      [arm64, 'not-needed', 'not-required-sibling', undefined, x64],
    ],
  );
  assert.deepEqual([report.ciIds, report.skippedCiCount], [[x64], 3]);
});

test('an update that one image gets does not count as skipped, although another one has it', async (t) => {
  const [first = 0, second = 0] = SMALL_GROUP_UPDATES;
  const description = withStatuses(SITE_WITH_SMALL_GROUP, 'LAB00012', [
    [first, 1, 2],
    [second, 1, 2],
  ]);
  const site = await siteUnderTest(t, small(description));
  const ended = await runOnce(site, {
    images: ['LAB00010', 'LAB00012'],
    excludeUpdates: [{ kind: 'ci-id', ciId: second as never }],
  });
  assert.ok(ended.result, JSON.stringify(ended.error));
  const report = reportOfRun(ended, site.progress);
  assert.deepEqual(
    report.images.map(({ leftOut }) => leftOut?.map(({ ciId }) => ciId)),
    [[second], [first, second]],
  );
  assert.deepEqual([report.skippedCiCount, report.ciIds.includes(first)], [1, true]);
});
