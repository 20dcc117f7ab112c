import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { FollowEvent } from '../../src/follow/follow-event.js';
import { followLine, followPhase } from '../../src/report/follow-lines.js';
import type { PackageId, ScheduleId } from '../../src/site/identifiers.js';

const AT = Date.UTC(2026, 10, 25, 8, 9, 35);
const scheduleId = 16777217 as ScheduleId;
const packageId = 'LAB00010' as PackageId;

test('each change has its time, its line, and what the site is busy with from then on', () => {
  const failed: FollowEvent = {
    kind: 'image',
    scheduleId,
    packageId,
    status: 'failed',
    failedUpdateId: undefined,
    errorCode: 123,
  };
  for (const [told, level, line, phase] of [
    [
      { kind: 'following', scheduleIds: [scheduleId] },
      'info',
      '08:09:35 Waiting for schedule 16777217',
      'waiting for the site to begin with schedule 16777217',
    ],
    [
      { kind: 'phase', scheduleId, phase: 'running' },
      'info',
      '08:09:35 Schedule 16777217 is being serviced',
      'schedule 16777217 is being serviced',
    ],
    [
      { kind: 'behind', scheduleId, name: 'Other' },
      'info',
      '08:09:35 The site services schedule 16777217 (name "Other") first',
      'waiting until the site has serviced schedule 16777217',
    ],
    [
      { kind: 'site-back', afterMilliseconds: 61_000 },
      'info',
      '08:09:35 The site responds again after 61 s',
      'waiting for the site',
    ],
  ] as const satisfies readonly (readonly [FollowEvent, string, string, string])[]) {
    assert.deepEqual(followLine(told, AT), { level, line, details: [] });
    assert.equal(followPhase(told), phase);
  }
  assert.equal(followLine(failed, AT).level, 'warning');
  assert.match(
    followLine(failed, AT).line,
    /Image LAB00010 failed: 0x8007007b \(Win32 123, ERROR_INVALID_NAME\)/,
  );
});
