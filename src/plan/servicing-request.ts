import type { CalendarMinute } from '../site/schedule-token.js';
import type { CiId, SiteCode } from '../site/identifiers.js';

/**
 * A name or an ID or, from one line with commas, what that line can mean: one name with commas in it, which the site is
 * asked for first, or several names with commas between them.
 */
export type NameReference = string | NamesInLine;

export interface NamesInLine {
  readonly line: string;
  readonly names: readonly [string, ...string[]];
}

/** Updates that are asked for without a group. */
export type UpdateReference =
  /** The number without KB: every CI_ID of that article. */
  | { readonly kind: 'article'; readonly article: string }
  | { readonly kind: 'ci-id'; readonly ciId: CiId }
  /** All that the site holds as applicable to the image. */
  | { readonly kind: 'applicable' };

/** An update that must not be scheduled: every CI_ID of an article, or one. */
export type ExcludedUpdate = Exclude<UpdateReference, { readonly kind: 'applicable' }>;

/** When the site services the images. */
export type Start =
  | { readonly kind: 'now' }
  /** Milliseconds since 1970 in UTC, a whole minute. */
  | { readonly kind: 'moment'; readonly milliseconds: number }
  /** As the clock on the wall of an image's source site shows it. */
  | { readonly kind: 'site-time'; readonly minute: CalendarMinute };

/**
 * `draft-first`: nothing that wakes the site's component can run a schedule before it is whole (docs/adr/0001).
 * `as-console`: the schedule is marked to run from the beginning, as the console writes it.
 */
export type WriteOrder = 'draft-first' | 'as-console';

/** What a run is asked to do, whatever host and connection. */
export interface ServicingRequest {
  /** Undefined: whatever site the provider serves. */
  readonly siteCode: SiteCode | undefined;
  /** FQDN; undefined: the server of each image's source site, as the site tells it. */
  readonly siteServer: string | undefined;
  /** Names or package IDs. */
  readonly images: readonly [NameReference, ...NameReference[]];
  /** Names or CI_IDs. Without any, `updates` has some. */
  readonly updateGroups: readonly NameReference[];
  readonly updates: readonly UpdateReference[];
  readonly excludeUpdates: readonly ExcludedUpdate[];
  readonly updateDistributionPoints: boolean;
  readonly start: Start;
  readonly continueOnUpdateError: boolean;
  readonly removeSupersededUpdates: boolean;
  readonly unusableUpdates: 'fail' | 'skip';
  readonly alreadyInstalled: 'skip' | 'include';
  readonly supersededUpdates: 'skip-if-newer-selected' | 'include';
  /** What happens to updates that the site holds as not required on every index. */
  readonly notRequiredUpdates: 'include' | 'skip';
  /** Whether images whose offline servicing the vendor no longer supports are refused. */
  readonly unsupportedImages: 'fail' | 'service';
  /** Whether an image that another schedule services, or waits to service, is refused. */
  readonly ifScheduled: 'fail' | 'add';
  readonly writeOrder: WriteOrder;
  /** Everything but the writes. */
  readonly dryRun: boolean;
}

/** The options that are on or off. */
type Switch = {
  [Name in keyof ServicingRequest]: ServicingRequest[Name] extends boolean ? Name : never;
}[keyof ServicingRequest];

/** What every schedule of a run gets, for people to look at. */
export type ScheduleSettings = Pick<ServicingRequest, 'start'> & Partial<Pick<ServicingRequest, Switch>>;
