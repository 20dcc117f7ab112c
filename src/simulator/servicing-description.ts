import type { Default, Empty, Integer } from './schema-types.js';
import type { ErrorCode, Moment, PackageId, SignedId } from './description-values.js';

/**
 * How the servicing of a simulated site goes: the field `servicing` of a site description. Each list can be empty. Of
 * several elements for one thing, the last one counts. Times are in milliseconds of the site's own clock.
 */
export interface ServicingDescription {
  readonly component: Default<ComponentBehaviour, Empty>;
  readonly images: Default<readonly ImageBehaviour[], []>;
  readonly updates: Default<readonly UpdateBehaviour[], []>;
  readonly distributionPoints: Default<readonly PointBehaviour[], []>;
  /** Rows of progress and history that runs of earlier days left behind. */
  readonly earlierRuns: Default<readonly EarlierRun[], []>;
  /** Times in which nobody reaches the SMS Provider, counted from the start of the simulated site. */
  readonly outages: Default<readonly Outage[], []>;
}

/** Milliseconds, up to a year. */
export type Time = Integer<0, 31_622_400_000>;

export interface ComponentBehaviour {
  /**
   * `asleep`: nothing makes the component look at schedules. `looks-only`: it looks, and shows schedules as scheduled,
   * but starts none.
   */
  readonly neverStarts: Default<'no' | 'asleep' | 'looks-only', 'no'>;
  /** Time from the moment in which a schedule could start until its state is *running*. */
  readonly startDelay: Default<Time, 0>;
  /** An `Action` of 2 changes nothing at all. */
  readonly ignoresCancel: Default<boolean, false>;
  /**
   * The state of a schedule whose cancellation was taken while it ran. No public source states it; of the possible
   * ones, a careless client misreads the default.
   */
  readonly stateAfterCancel: Default<Integer<0, 4>, 4>;
  /** Whether a cancelled image gets a history row and a progress row that has ended. */
  readonly cancelWritesRows: Default<boolean, true>;
  /** Whether a run sets `Action` back to 0 when it starts. */
  readonly resetsAction: Default<boolean, false>;
  /** In which order the results of an image become visible; `state` belongs to the last image of a schedule. */
  readonly rowOrder: Default<readonly ResultRow[], ['updates', 'version', 'progress', 'history', 'state']>;
  /** Time between one kind of row and the next. */
  readonly rowGap: Default<Time, 0>;
  /** When the status of an update in an image is written: as soon as it is known, or with the other results. */
  readonly updateRows: Default<'at-the-end' | 'as-applied', 'at-the-end'>;
}

/** `updates`: SMS_ImageUpdateStatus; `version`: SourceVersion of the image; `state`: of the schedule. */
export type ResultRow = 'updates' | 'progress' | 'history' | 'version' | 'state';

/** Codes are HRESULTs or Win32 numbers, and go into the columns as they are here. 0 means that nothing fails. */
export interface ImageBehaviour {
  readonly packageId: PackageId;
  /** How long the component works on this image. Null: as long as on any other. */
  readonly servicingTime: Default<Time | null, null>;
  readonly mountError: Default<ErrorCode, 0>;
  /** Fails the image after so many updates, whether servicing continues after errors of updates or not. */
  readonly stopsAfter: Default<StopsAfter | null, null>;
  /** The image cannot be unmounted: status message 7913. */
  readonly unmountError: Default<ErrorCode, 0>;
  /** The serviced file cannot be written back to its share. */
  readonly copyError: Default<ErrorCode, 0>;
  /** Time from the end of the image until its `SourceVersion` rises. */
  readonly versionDelay: Default<Time, 0>;
  /** Names of the distribution points that have the image. Null: all of them. */
  readonly distributionPoints: Default<readonly string[] | null, null>;
}

export interface StopsAfter {
  readonly updates: Integer<0, 1_000_000>;
  readonly code: ErrorCode;
}

/** What becomes of an update in an image. */
export interface UpdateBehaviour {
  readonly ciId: SignedId;
  /** Null: in every image. */
  readonly packageId: Default<PackageId | null, null>;
  /** Null: in every index. */
  readonly index: Default<Integer<1, 1000> | null, null>;
  readonly outcome: UpdateOutcome;
  /** For the outcome `fails`, and for `check-not-supported`, where 0 is possible. */
  readonly code: Default<ErrorCode, 0>;
}

/**
 * `not-supported`: the component does not apply the file; `check-not-supported`: nothing is known of its
 * applicability; `not-reported`: no row is written.
 */
export type UpdateOutcome =
  | 'installed'
  | 'installed-unchecked'
  | 'not-required'
  | 'not-supported'
  | 'check-not-supported'
  | 'unknown'
  | 'fails'
  | 'not-reported';

/** What a distribution point does with new content. */
export interface PointBehaviour {
  readonly name: string;
  /** Null: with every image. */
  readonly packageId: Default<PackageId | null, null>;
  readonly course: PointCourse | readonly PointStep[];
  /** How long a named course takes. Null: as long as the servicing of an image. */
  readonly time: Default<Time | null, null>;
}

/** `retries`: it fails once and has the content in the end; `removed`: it is being removed from the package. */
export type PointCourse = 'installs' | 'fails' | 'retries' | 'removed' | 'pending';

export interface PointStep {
  /** Time since the content was sent. */
  readonly after: Time;
  /** The value of `State`, 0 to 8. Null: the row disappears. */
  readonly state: Integer<0, 8> | null;
}

export interface EarlierRun {
  readonly scheduleId: SignedId;
  readonly packageId: PackageId;
  readonly runDate: Default<Moment, '2024-01-10T03:00:00Z'>;
  /** 1 running, 2 success, 3 failed. History has no row of one that runs. */
  readonly status: Integer<1, 3>;
  readonly failedUpdateId: Default<Integer<0, 2_147_483_647>, 0>;
  readonly code: Default<ErrorCode, 0>;
}

export interface Outage {
  readonly after: Time;
  readonly time: Time;
  readonly kind: Default<'no-connection' | '503', 'no-connection'>;
}

export const RECORDED_ROW_ORDER: readonly ResultRow[] = [
  'updates',
  'version',
  'progress',
  'history',
  'state',
];

/** Everything goes well. */
export const ORDINARY_SERVICING: ServicingDescription = {
  component: {
    neverStarts: 'no',
    startDelay: 0,
    ignoresCancel: false,
    // Of the possible ones, a careless client misreads this one.
    stateAfterCancel: 4,
    cancelWritesRows: true,
    resetsAction: false,
    rowOrder: RECORDED_ROW_ORDER,
    rowGap: 0,
    updateRows: 'at-the-end',
  },
  images: [],
  updates: [],
  distributionPoints: [],
  earlierRuns: [],
  outages: [],
};

export const imageBehaviour = (servicing: ServicingDescription, packageId: string): ImageBehaviour =>
  servicing.images.findLast((one) => one.packageId === packageId) ?? {
    packageId,
    servicingTime: null,
    mountError: 0,
    stopsAfter: null,
    unmountError: 0,
    copyError: 0,
    versionDelay: 0,
    distributionPoints: null,
  };

export const pointBehaviour = (
  servicing: ServicingDescription,
  name: string,
  packageId: string,
): PointBehaviour | undefined =>
  servicing.distributionPoints.findLast(
    (one) => one.name === name && (one.packageId === null || one.packageId === packageId),
  );
