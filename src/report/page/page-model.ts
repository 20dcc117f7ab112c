/**
 * What the page of a run shows. Any verb can fill it. What is undefined is not known, and the page says so; an empty list
 * is known to be empty. Texts may hold words of a site or a user: the page masks, neutralises and escapes them.
 */
export interface PageModel {
  readonly product: { readonly name: string; readonly version: string };
  readonly verb: string;
  /** Where it ran: `GitHub Actions`. */
  readonly host?: string;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly site?: PageSite;
  /** FQDN of the SMS Provider. */
  readonly provider?: string;
  readonly state: PageState;
  /** What went wrong, the most important first. */
  readonly diagnoses: readonly PageDiagnosis[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  readonly settings?: readonly PageSetting[];
  readonly images?: readonly PageImage[];
}

/** How a run or one image ended, or was seen last. */
export type PageState =
  | 'failed'
  | 'timed-out'
  | 'partly-failed'
  | 'cancelled'
  | 'cancel-requested'
  | 'running'
  | 'scheduled'
  | 'succeeded'
  | 'nothing-to-do'
  | 'planned';

export interface PageSite {
  readonly code: string;
  readonly name?: string;
  readonly version?: string;
}

export interface PageDiagnosis {
  readonly code: string;
  readonly what: string;
  /** Empty where `what` says all. */
  readonly cause: string;
  readonly next: string;
  /** Shown as a link only if it begins with `https://`. */
  readonly link?: string;
}

export interface PageSetting {
  readonly name: string;
  readonly value: string;
}

export interface PageImage {
  readonly packageId: string;
  readonly name: string;
  readonly state: PageState;
  readonly siteServer?: string;
  readonly osVersion?: string;
  readonly scheduleId?: number;
  /** As OfflineServicingMgr.log calls it. */
  readonly scheduleName?: string;
  readonly phases?: readonly PagePhase[];
  readonly updates?: readonly PageUpdate[];
  readonly skipped?: readonly PageSkippedUpdate[];
  readonly distribution?: PageDistribution;
}

/** A time between two changes of the site, as it was observed. */
export interface PagePhase {
  readonly name: string;
  readonly from: Date;
  /** Undefined if it had not ended when the run did. */
  readonly to?: Date;
}

export interface PageUpdate {
  readonly ciId: number;
  /** With or without KB before its number. */
  readonly article?: string;
  readonly title?: string;
  /** One for each index; empty before anything is known of it. */
  readonly results: readonly PageResult[];
}

export type PageResultKind =
  'failed' | 'not-reported' | 'installed' | 'not-required' | 'scheduled' | 'planned';

export interface PageResult {
  readonly index?: number;
  readonly result: PageResultKind;
  /** In words: `0x8007007b (ERROR_INVALID_NAME): The file name is not valid.` */
  readonly code?: string;
}

export interface PageSkippedUpdate {
  readonly ciId: number;
  readonly article?: string;
  readonly title?: string;
  readonly reason: string;
}

export interface PageDistribution {
  /** The version of the package source that is distributed. */
  readonly sourceVersion?: number;
  readonly points: readonly PagePoint[];
}

export interface PagePoint {
  readonly name: string;
  readonly state: 'installed' | 'in-progress' | 'failed' | 'absent';
  readonly detail?: string;
}
