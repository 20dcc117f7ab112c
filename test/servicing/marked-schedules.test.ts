import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { removeStrayDrafts } from '../../src/write/marked-schedules.js';
import { notYetWritten, type ScheduleInWriting } from '../../src/write/schedule-draft.js';
import type { CiId, PackageId, ScheduleId, SiteCode } from '../../src/site/identifiers.js';
import { NEVER_DUE } from '../../src/site/schedule-token.js';
import { siteUnderTest, type SiteUnderTest } from '../site-under-test.js';
import { runOnce, SITE_WITH_SMALL_GROUP } from './site-afterwards.js';

const NAME = 'Offline servicing LAB00010 the-mark';
const KEPT = 20_000_001 as ScheduleId;

function kept(): ScheduleInWriting {
  const schedule = notYetWritten({
    name: NAME,
    description: '',
    image: {
      class: 'SMS_ImagePackage',
      packageId: 'LAB00010' as PackageId,
      name: 'An image',
      version: undefined,
      sourcePath: undefined,
      sourceSite: 'LAB' as SiteCode,
    },
    siteServer: 'cm01.lab.example',
    updates: [1 as CiId],
    start: { kind: 'now' },
    updateDistributionPoints: false,
    continueOnError: false,
    cleanupProperty: undefined,
  });
  schedule.scheduleId = KEPT;
  return schedule;
}

function put(
  { simulator }: SiteUnderTest,
  id: number,
  name: string,
  action = 0,
  token: string = NEVER_DUE,
): void {
  simulator.state.put('SMS_ImageServicingSchedule', {
    ScheduleID: id,
    Name: name,
    Description: '',
    Action: action,
    Schedule: token,
    State: 0,
    UpdateDP: false,
    ContinueOnError: false,
    LastRunDateTime: '1970-01-01T00:00:00Z',
  });
}

function schedules({ simulator }: SiteUnderTest): readonly number[] {
  return simulator.state
    .objects('SMS_ImageServicingSchedule')
    .map((schedule) => Number(schedule['ScheduleID']));
}

suite('a second draft of a run', () => {
  test('is removed, and nothing else is: no other name, not the one that is kept; one that is no draft is told', async (t) => {
    const site = await siteUnderTest(t, { simulator: { component: 'off' } });
    put(site, KEPT, NAME, 1);
    put(site, 20_000_002, NAME);
    put(site, 20_000_003, NAME.toUpperCase());
    put(site, 20_000_004, 'Somebody else');
    put(site, 20_000_005, NAME, 1);
    put(site, 20_000_006, NAME, 0, '7913788000080000');
    await removeStrayDrafts(site.access(), [kept()]);
    assert.deepEqual(
      [...schedules(site)].sort((one, other) => one - other),
      [KEPT, 20_000_003, 20_000_004, 20_000_005, 20_000_006],
    );
    assert.deepEqual(
      new Set(site.progress),
      new Set(
        [20_000_005, 20_000_006].map((scheduleId) => ({
          kind: 'stray-schedule-left',
          scheduleId,
          name: NAME,
        })),
      ),
    );
  });

  test('that cannot be removed or looked for is told, and never ends the run', async (t) => {
    const site = await siteUnderTest(t, {
      simulator: {
        component: 'off',
        faults: [
          { kind: 'refuse', every: true, method: 'DELETE' },
          // The first look asks for the next page, too: its list is the longest so far.
          { kind: 'refuse', request: 3, method: 'GET' },
        ],
      },
    });
    put(site, KEPT, NAME, 1);
    put(site, 20_000_002, NAME);
    await removeStrayDrafts(site.access(), [kept()]);
    await removeStrayDrafts(site.access(), [kept()]);
    assert.deepEqual(site.progress, [
      { kind: 'stray-schedule-left', scheduleId: 20_000_002, name: NAME },
      { kind: 'stray-schedule-left', scheduleId: undefined, name: NAME },
    ]);
  });

  test('that was marked to run when it was created is told, because it is not removed', async (t) => {
    const STRAY = 20_000_009;
    const site: SiteUnderTest = await siteUnderTest(t, {
      simulator: {
        component: 'off',
        description: SITE_WITH_SMALL_GROUP,
        faults: [{ kind: 'cut', request: 1, method: 'POST', class: 'SMS_ImageServicingSchedule' }],
        // The create that was given up takes effect once the second one has its links and starts.
        beforeRequest: ({ methodName }) => {
          if (methodName === 'RunOfflineServicingManager') put(site, STRAY, NAME, 1);
        },
      },
    });
    const ended = await runOnce(site, { writeOrder: 'as-console' });
    const kept = ended.result?.images[0]?.schedule?.scheduleId;
    assert.deepEqual(new Set(schedules(site)), new Set([kept, STRAY]));
    assert.deepEqual(
      site.progress.flatMap((step) => (step.kind === 'stray-schedule-left' ? [step.scheduleId] : [])),
      [STRAY],
    );
  });
});
