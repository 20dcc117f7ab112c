import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';

import type { FollowEvent } from '../../src/follow/follow-event.js';
import { followSchedules, type FollowEnd, type ScheduleToFollow } from '../../src/follow/follow-schedules.js';
import type { FollowAccess } from '../../src/follow/follow-access.js';
import type { FollowSite } from '../../src/follow/follow-run.js';
import { systemClock } from '../../src/provider/clock.js';
import { describeServicing } from '../../src/simulator/parse-servicing-description.js';
import type { FollowSettings } from '../../src/follow/follow-settings.js';
import { USUAL_PATIENCE } from '../../src/plan/site-access.js';
import type { PackageId, ScheduleId } from '../../src/site/identifiers.js';
import { serviceImages } from '../../src/verbs/service/service-images.js';
import {
  endedOf,
  REQUEST,
  runOnce,
  SITE_WITH_SMALL_GROUP,
  type Ended,
} from '../servicing/site-afterwards.js';
import { ManualClock } from '../simulator/manual-clock.js';
import {
  siteUnderTest,
  type Connection,
  type SharedSiteUnderTest,
  type SiteUnderTest,
} from '../site-under-test.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const IMAGE = 'LAB00010' as PackageId;

/** A run that takes 100 minutes, at a site whose clock stands still until somebody waits. */
export interface ServicedSite {
  readonly site: SharedSiteUnderTest;
  readonly clock: ManualClock;
  readonly events: FollowEvent[];
  readonly cancel: AbortController;
  readonly access: FollowAccess;
  readonly followSite: FollowSite;
  /** Cancels the step as soon as so much time has passed. */
  readonly cancelAfter: (milliseconds: number) => void;
  readonly schedule: ScheduleToFollow;
}

export interface FollowTest {
  readonly connection?: Connection;
  /** How the servicing goes (docs/simulated-site.md). */
  readonly servicing?: unknown;
  /** How long the image takes; 100 by default. Over WMI each look costs a second. */
  readonly minutes?: number;
  readonly request?: Parameters<typeof runOnce>[1];
}

type SiteWithClock = Pick<ServicedSite, 'site' | 'clock' | 'events' | 'cancel' | 'access'>;

async function siteWithClock(t: TestContext, test: FollowTest): Promise<SiteWithClock> {
  const clock = new ManualClock();
  const site = await siteUnderTest(t, {
    ...(test.connection && { connection: test.connection }),
    simulator: {
      description: { ...SITE_WITH_SMALL_GROUP, servicing: describeServicing(test.servicing ?? {}) },
      clock,
      servicingMilliseconds: (test.minutes ?? 100) * MINUTE,
    },
  });
  const events: FollowEvent[] = [];
  const cancel = new AbortController();
  const access: FollowAccess = {
    provider: site.provider,
    clock: {
      now: () => clock.now(),
      elapsed: () => clock.now(),
      sleep: async (milliseconds, cancelled) => {
        // What a cancelled step has left of its time is real, or it would be over at once.
        if (cancel.signal.aborted) await systemClock.sleep(milliseconds / 4, cancelled);
        if (!cancelled.aborted) clock.advance(milliseconds);
      },
    },
    cancelled: cancel.signal,
    random: () => 0.5,
    tell: (event) => events.push(event),
  };
  return { site, clock, events, cancel, access };
}

/** Writes and starts a schedule for one image, and hands over what is needed to follow it. */
export async function serviced(t: TestContext, test: FollowTest = {}): Promise<ServicedSite> {
  const all = await siteWithClock(t, test);
  const { site, clock, cancel, access } = all;
  const { result, error } = await runOnce(site, test.request);
  const scheduleId = result?.images[0]?.schedule?.scheduleId;
  assert.ok(scheduleId !== undefined, error?.what);
  return {
    ...all,
    followSite: { ...access, patience: USUAL_PATIENCE, timeIsUp: new AbortController().signal },
    cancelAfter: (milliseconds) => {
      clock.after(milliseconds, () => {
        cancel.abort();
      });
    },
    schedule: { scheduleId, packageIds: [IMAGE], startsInMilliseconds: 0, isNew: true },
  };
}

/** What a run that waits is asked for. */
export interface WaitTest {
  readonly settings?: Partial<FollowSettings>;
  /** Cancels the step as soon as so much time has passed at the site. */
  readonly cancelAfter?: number;
}

export const SETTINGS: FollowSettings = {
  until: 'servicing',
  waitTimeout: 8 * HOUR,
  startTimeout: 30 * MINUTE,
  pollInterval: MINUTE,
  onTimeout: 'leave',
  onCancel: 'leave',
  allowFailedUpdates: false,
  requiredDistributionPoints: { kind: 'all' },
};

/** A whole run of service that waits for its schedules. */
export async function serviceAndWait(
  t: TestContext,
  test: FollowTest & WaitTest = {},
): Promise<{ readonly site: SiteUnderTest; readonly ended: Ended; readonly events: readonly FollowEvent[] }> {
  const { site, clock, cancel, access } = await siteWithClock(t, test);
  if (test.cancelAfter !== undefined) clock.after(test.cancelAfter, () => cancel.abort());
  const events: FollowEvent[] = [];
  const run = await serviceImages(
    { ...site.access(cancel.signal), clock: access.clock },
    { ...REQUEST, ...test.request },
    'the-mark',
    {
      settings: { ...SETTINGS, ...test.settings },
      random: () => 0.5,
      tell: (event) => events.push(event),
    },
  );
  return { site, ended: endedOf(run), events };
}

export const TIMES = {
  waitTimeout: 8 * HOUR,
  startTimeout: 30 * MINUTE,
  pollInterval: 30_000,
  onTimeout: 'leave',
} as const;

export async function follow(
  { access, schedule }: ServicedSite,
  times: Partial<Parameters<typeof followSchedules>[2]> = {},
  changes: Partial<ScheduleToFollow> = {},
): Promise<FollowEnd> {
  return followSchedules(access, [{ ...schedule, ...changes }], { ...TIMES, ...times });
}

/** The kinds of what was told, with what each says. */
export function told({ events }: ServicedSite): readonly string[] {
  return events.map((event) => {
    switch (event.kind) {
      case 'phase':
        return event.phase;
      case 'image':
        return `image ${event.status}`;
      case 'following':
      case 'log':
      case 'log-gap':
      case 'log-not-readable':
      case 'behind':
      case 'cancel-asked':
      case 'cancel-refused':
      case 'site-silent':
      case 'site-back':
      case 'new-version':
      case 'point':
      case 'distribution-over':
        return event.kind;
    }
  });
}

export function put(
  { site }: ServicedSite,
  scheduleId: number,
  changes: Record<string, number | string>,
): void {
  site.simulator.state.change('SMS_ImageServicingSchedule', { ScheduleID: scheduleId }, changes);
}

export type { ScheduleId };
