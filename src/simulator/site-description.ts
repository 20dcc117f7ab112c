import type { ServicingDescription } from './servicing-description.js';

/**
 * What a simulated site holds at its start, as plain JSON. `describeDefaultSite` makes one from a seed,
 * `parseSiteDescription` reads and validates one. Texts are as the site would show them; dates are
 * `yyyy-MM-ddTHH:mm:ssZ`.
 */
export interface SiteDescription {
  readonly site: OwnSite;
  readonly otherSites: readonly OtherSite[];
  readonly distributionPoints: readonly DistributionPoint[];
  readonly images: readonly ImageDescription[];
  readonly updates: readonly UpdateDescription[];
  readonly groups: readonly GroupDescription[];
  readonly relations: readonly RelationDescription[];
  /** What the site knows of one update in one index of one image. */
  readonly imageUpdates: readonly ImageUpdateDescription[];
  /** Schedules that are there before anybody comes. */
  readonly schedules: readonly ScheduleDescription[];
  readonly access: AccessDescription;
  readonly classes: readonly ClassChange[];
  /** How servicing goes. Default: everything goes well. */
  readonly servicing?: ServicingDescription;
}

export interface OwnSite {
  /** Three letters or digits. */
  readonly code: string;
  readonly name: string;
  /** FQDN of the site server. */
  readonly serverName: string;
  /** FQDN of the machine with the SMS Provider; it need not be the site server. */
  readonly providerName: string;
  readonly version: string;
  readonly buildNumber: number;
  readonly installDir: string;
  /** Minutes that the site server's clock is ahead of UTC, in winter. */
  readonly utcOffsetMinutes: number;
  /** Null, or nothing: the clock is never changed. */
  readonly daylight?: DaylightTime | null;
}

export interface DaylightTime {
  /** Minutes that the clock is put forward. */
  readonly minutes: number;
  /** By the clock as it runs before the change. */
  readonly begins: ClockChange;
  readonly ends: ClockChange;
}

/** A moment of each year. */
export interface ClockChange {
  /** 1 to 12. */
  readonly month: number;
  /** 0 Sunday to 6 Saturday. */
  readonly weekday: number;
  /** 1 to 4, or 5 for the last of the month. */
  readonly week: number;
  readonly hour: number;
}

export interface OtherSite {
  readonly code: string;
  readonly name: string;
  readonly serverName: string;
  readonly type: 'secondary' | 'primary' | 'central';
}

export interface DistributionPoint {
  readonly name: string;
  readonly siteCode: string;
  /** Content sent to it ends in state *failed*. */
  readonly fails: boolean;
}

export interface ImageDescription {
  readonly packageId: string;
  readonly kind: 'image' | 'upgrade-package';
  readonly name: string;
  readonly version: string;
  readonly sourcePath: string;
  readonly sourceSite: string;
  readonly sourceVersion: number;
  readonly sourceDate: string;
  /** As the package shows it; that of each index too, unless `indexVersions` has another one for it. */
  readonly osVersion: string;
  readonly language: string;
  /** 0 none, 1 update, 2 add, 3 delete. */
  readonly actionInProgress: number;
  readonly scopes: readonly string[];
  /** The names of the WIM's indexes; the first is index 1. */
  readonly indexes: readonly string[];
  /** The OS version of each index, in their order; one that is missing is that of the package. */
  readonly indexVersions?: readonly string[];
  /** The rows of the view of images, where they are not one for each index. */
  readonly information?: readonly ImageRowDescription[] | null;
  /** Error code with which the removal of superseded updates fails, and with it the whole servicing; 0: it works. */
  readonly cleanupError?: number;
}

/** A row of SMS_ImageInformation. */
export interface ImageRowDescription {
  /** Null: the site leaves the property without a value, as it may in a list. */
  readonly index: number | null;
  readonly osVersion: string;
  /** Default: as `osVersion`. */
  readonly imageOsVersion?: string | null;
}

export interface UpdateDescription {
  readonly ciId: number;
  /** Without KB. */
  readonly articleId: string;
  readonly bulletinId: string;
  readonly title: string;
  readonly posted: string;
  readonly revised: string;
  readonly size: number;
  /** 0 none, 2 low, 6 moderate, 8 important, 10 critical. */
  readonly severity: number;
  readonly expired: boolean;
  readonly superseded: boolean;
  readonly latest: boolean;
  readonly contentProvisioned: boolean;
  readonly offlineServiceable: boolean;
  readonly deployed: boolean;
  readonly metadataOnly: boolean;
  readonly bundle: boolean;
  readonly hidden: boolean;
  readonly enabled: boolean;
  readonly eulaExists: boolean;
  readonly eulaAccepted: boolean;
  readonly locales: readonly string[];
  /** Unique IDs of its categories: the classification and the products. */
  readonly categories: readonly string[];
  /** Error code with which the servicing of an image stops at this update; 0: it can be applied. */
  readonly servicingError: number;
}

export interface GroupDescription {
  readonly ciId: number;
  readonly name: string;
  readonly description: string;
  /** CI_IDs; one that no update has is allowed, as on a real site. */
  readonly updates: readonly number[];
  readonly deployed: boolean;
}

/** A row of SMS_CIRelation. */
export interface RelationDescription {
  readonly from: number;
  readonly to: number;
  /** 1 bundled … 6 superseded. */
  readonly type: number;
}

export interface ImageUpdateDescription {
  readonly packageId: string;
  readonly index: number;
  readonly ciId: number;
  /** 0 unknown, 1 not required, 2 installed, 3 applicable, 4 check not supported, 5 installed, check not supported. */
  readonly status: number;
  readonly installationStatus: number;
  readonly appliedDate: string;
}

export interface ScheduleDescription {
  readonly scheduleId: number;
  readonly name: string;
  readonly description: string;
  readonly action: number;
  readonly schedule: string;
  readonly state: number;
  readonly updateDistributionPoints: boolean;
  readonly continueOnError: boolean;
  readonly images: readonly string[];
  readonly updates: readonly number[];
}

export type Operation = 'read' | 'create' | 'update' | 'delete' | 'invoke';

/** What role-based administration keeps from the account that logs in. */
export interface AccessDescription {
  /** Objects that are absent from every answer: each is found by the values of some of its properties. */
  readonly hidden: readonly HiddenObject[];
  readonly denied: readonly DeniedClass[];
}

export interface HiddenObject {
  readonly class: string;
  readonly where: Readonly<Record<string, string | number>>;
}

export interface DeniedClass {
  readonly class: string;
  readonly operations: readonly Operation[];
}

/** How this site's definition of a class differs from the one that the simulator knows. */
export interface ClassChange {
  readonly class: string;
  /** The site does not know the class at all. */
  readonly absent: boolean;
  readonly addProperties: readonly AddedProperty[];
  readonly removeProperties: readonly string[];
  readonly removeMethods: readonly string[];
  /** Names of in-parameters that no method of the class has: `PackageType` is missing on old sites. */
  readonly removeParameters: readonly string[];
  /** What a method of this name returns in place of 0, without doing anything. */
  readonly methodResults?: Readonly<Record<string, number>>;
}

export interface AddedProperty {
  readonly name: string;
  readonly type: 'Boolean' | 'String' | 'SInt32' | 'UInt32';
}
