import { isoSeconds } from './clock.js';
import {
  imageBehaviour,
  ORDINARY_SERVICING,
  pointBehaviour,
  type PointCourse,
  type PointStep,
} from './servicing-description.js';
import type { ServicingWork } from './servicing-work.js';
import type { DistributionPoint, SiteDescription } from './site-description.js';
import type { SiteState } from './site-state.js';

/** The values of `SMS_PackageStatusDistPointsSummarizer.State`. */
export const POINT_STATE = {
  installed: 0,
  pending: 1,
  retrying: 2,
  failed: 3,
  removalPending: 4,
  removalRetrying: 5,
  removalFailed: 6,
  updating: 7,
  monitoring: 8,
} as const;

/** The values of `SMS_DistributionDPStatus.MessageState`. */
const MESSAGE_STATE = { success: 1, inProgress: 2, error: 3 } as const;

const SUMMARY = 'SMS_PackageStatusDistPointsSummarizer';

/** How the site names a distribution point. */
export const nalPath = (point: { readonly name: string; readonly siteCode: string }): string =>
  `["Display=\\\\${point.name}\\"]MSWNET:["SMS_SITE=${point.siteCode}"]\\\\${point.name}\\`;

/** What a point holds of a package. */
interface Held {
  /** Null: it has no row. */
  readonly state: number | null;
  /** Of the content that it has; undefined: what it had before. */
  readonly version?: number;
}

/** The distribution points of an image before anything is serviced: all have it, and one may be on its way out. */
export function fillDistribution(
  state: SiteState,
  description: SiteDescription,
  image: { readonly packageId: string; readonly sourceVersion: number; readonly sourceDate: string },
  when: string,
): void {
  for (const point of pointsOf(description, image.packageId)) {
    const isRemoved = courseOf(description, point, image.packageId) === 'removed';
    record(state, point, image.packageId, when, {
      state: isRemoved ? POINT_STATE.removalPending : POINT_STATE.installed,
      version: image.sourceVersion,
    });
    state.change(SUMMARY, summaryKey(point, image.packageId), { LastCopied: image.sourceDate });
  }
  summarize(state, image.packageId, image.sourceVersion);
}

/** Sends the new content of an image to every distribution point that has it; each goes its own way from here. */
export function startDistribution(work: ServicingWork, packageId: string, version: number): void {
  const { state, description, clock, after } = work;
  const put = (point: DistributionPoint, to: number | null): void => {
    const hasIt = to === POINT_STATE.installed || to === POINT_STATE.monitoring;
    record(state, point, packageId, isoSeconds(clock.now()), {
      state: to,
      // A distribution point shows the new version only when it has it.
      ...(hasIt ? { version } : {}),
    });
    summarize(state, packageId, version);
  };
  for (const point of pointsOf(description, packageId)) {
    for (const step of stepsOf(work, point, packageId)) {
      if (step.after <= 0) put(point, step.state);
      else
        after(step.after, () => {
          put(point, step.state);
        });
    }
  }
  summarize(state, packageId, version);
}

const servicingOf = ({ servicing }: SiteDescription): typeof ORDINARY_SERVICING =>
  servicing ?? ORDINARY_SERVICING;

function pointsOf(description: SiteDescription, packageId: string): readonly DistributionPoint[] {
  const { distributionPoints: names } = imageBehaviour(servicingOf(description), packageId);
  return description.distributionPoints.filter(({ name }) => names === null || names.includes(name));
}

function courseOf(
  description: SiteDescription,
  point: DistributionPoint,
  packageId: string,
): PointCourse | readonly PointStep[] {
  const described = pointBehaviour(servicingOf(description), point.name, packageId)?.course;
  return described ?? (point.fails ? 'fails' : 'installs');
}

function stepsOf(work: ServicingWork, point: DistributionPoint, packageId: string): readonly PointStep[] {
  const course = courseOf(work.description, point, packageId);
  const time = pointBehaviour(work.servicing, point.name, packageId)?.time ?? work.servicingMilliseconds;
  return typeof course === 'string' ? namedSteps(course, time) : course;
}

/** States in turn, each with the part of the time after which it comes. */
const COURSES: Readonly<Record<PointCourse, readonly (readonly [part: number, state: number | null])[]>> = {
  installs: [
    [0, POINT_STATE.updating],
    [1, POINT_STATE.installed],
  ],
  fails: [
    [0, POINT_STATE.updating],
    [1, POINT_STATE.failed],
  ],
  retries: [
    [0, POINT_STATE.updating],
    [0.5, POINT_STATE.failed],
    [0.7, POINT_STATE.retrying],
    [1, POINT_STATE.installed],
  ],
  removed: [
    [0, POINT_STATE.removalPending],
    [0.5, POINT_STATE.removalRetrying],
    [1, null],
  ],
  pending: [[0, POINT_STATE.pending]],
};

const namedSteps = (course: PointCourse, time: number): readonly PointStep[] =>
  COURSES[course].map(([part, state]) => ({ after: part * time, state }));

const summaryKey = (point: DistributionPoint, packageId: string): Record<string, string> => ({
  PackageID: packageId,
  ServerNALPath: nalPath(point),
  SiteCode: point.siteCode,
});

function record(
  state: SiteState,
  point: DistributionPoint,
  packageId: string,
  when: string,
  held: Held,
): void {
  const key = summaryKey(point, packageId);
  const status = { PackageID: packageId, NALPath: nalPath(point) };
  if (held.state === null) {
    state.remove(SUMMARY, key);
    state.remove('SMS_DistributionDPStatus', status);
    return;
  }
  const before = state.object(SUMMARY, key);
  state.put(SUMMARY, {
    ...key,
    SourceVersion: held.version ?? before?.['SourceVersion'] ?? 0,
    State: held.state,
    LastCopied: held.version === undefined ? (before?.['LastCopied'] ?? when) : when,
    SummaryDate: when,
  });
  state.put('SMS_DistributionDPStatus', {
    ...status,
    MessageState: messageState(held.state),
    SummaryDate: when,
  });
}

function messageState(state: number): number {
  if (state === POINT_STATE.installed || state === POINT_STATE.monitoring) return MESSAGE_STATE.success;
  const hasFailed = state === POINT_STATE.failed || state === POINT_STATE.removalFailed;
  return hasFailed ? MESSAGE_STATE.error : MESSAGE_STATE.inProgress;
}

/** One row for each package, which counts its distribution points; those that lose the package are no target. */
function summarize(state: SiteState, packageId: string, version: number): void {
  const states = state
    .objectsWith(SUMMARY, 'PackageID', [packageId])
    .map(({ State }) => Number(State))
    .filter((one) => one < POINT_STATE.removalPending || one > POINT_STATE.removalFailed);
  const count = (wanted: number): number => states.filter((one) => messageState(one) === wanted).length;
  state.put('SMS_ObjectContentExtraInfo', {
    PackageID: packageId,
    Targeted: states.length,
    NumberSuccess: count(MESSAGE_STATE.success),
    NumberInProgress: count(MESSAGE_STATE.inProgress),
    NumberErrors: count(MESSAGE_STATE.error),
    NumberUnknown: 0,
    SourceVersion: version,
  });
}
