import type {
  CiId,
  ClassName,
  ErrorCode,
  HostName,
  Moment,
  PackageId,
  PropertyName,
  ScheduleString,
  SignedId,
  SiteCode,
  UInt32,
} from './description-values.js';
import type { Default, Empty, Integer, Text } from './schema-types.js';
import type { ServicingDescription } from './servicing-description.js';

/**
 * What a simulated site holds at its start, as plain JSON. `describeDefaultSite` makes one from a seed,
 * `parseSiteDescription` reads and validates one. Texts are as the site would show them; dates are
 * `yyyy-MM-ddTHH:mm:ssZ`.
 *
 * `npm run manifests` writes the JSON Schema of a description from these types. A field with a
 * default can be left out.
 */
export interface SiteDescription {
  readonly site: OwnSite;
  readonly otherSites: Default<readonly OtherSite[], []>;
  readonly distributionPoints: Default<readonly DistributionPoint[], []>;
  readonly images: Default<readonly ImageDescription[], []>;
  readonly updates: Default<readonly UpdateDescription[], []>;
  readonly groups: Default<readonly GroupDescription[], []>;
  readonly relations: Default<readonly RelationDescription[], []>;
  /** What the site knows of one update in one index of one image. */
  readonly imageUpdates: Default<readonly ImageUpdateDescription[], []>;
  /** Schedules that are there before anybody comes. */
  readonly schedules: Default<readonly ScheduleDescription[], []>;
  readonly access: Default<AccessDescription, { hidden: []; denied: [] }>;
  readonly classes: Default<readonly ClassChange[], []>;
  /** How servicing goes. Default: everything goes well. */
  readonly servicing?: Default<ServicingDescription, Empty>;
}

/** A description as its author writes it. */
export type WrittenDescription = WholeSite | ExtendedDefaultSite;

export interface WholeSite extends SiteDescription, NamesItsSchema {}

/**
 * A description that begins with the default site. Images, updates, groups and schedules whose ID is known change the
 * fields that they state; others are added.
 */
export interface ExtendedDefaultSite
  extends
    DefaultSiteChoice,
    NamesItsSchema,
    Partial<Omit<SiteDescription, 'site' | 'images' | 'updates' | 'groups' | 'schedules'>> {
  readonly site?: Partial<OwnSite>;
  readonly images?: readonly (Pick<ImageDescription, 'packageId'> & Partial<ImageDescription>)[];
  readonly updates?: readonly (Pick<UpdateDescription, 'ciId'> & Partial<UpdateDescription>)[];
  readonly groups?: readonly (Pick<GroupDescription, 'ciId'> & Partial<GroupDescription>)[];
  readonly schedules?: readonly (Pick<ScheduleDescription, 'scheduleId'> & Partial<ScheduleDescription>)[];
}

export interface NamesItsSchema {
  /** Address or path of this schema, for editors. */
  readonly $schema?: string;
}

/** Which default site a description begins with. */
export interface DefaultSiteChoice {
  readonly extends: 'default';
  readonly seed: Default<UInt32, 1>;
  /** How many updates the site has. */
  readonly size: Default<Integer<0, 100000>, 5000>;
  /** With another number than 0, the site has one more group, with so many updates. */
  readonly groupOf: Default<Integer<0, 100000>, 0>;
  /** In which direction the rows of SMS_CIRelation point. */
  readonly supersedence: Default<'from-newer' | 'from-older', 'from-newer'>;
  /** Which properties of a schedule remove superseded updates. */
  readonly cleanupProperties: Default<readonly PropertyName[], ['SimulatedSupersededCleanup']>;
  readonly unusualNames: Default<boolean, false>;
}

export interface OwnSite {
  /** Three letters or digits. */
  readonly code: SiteCode;
  readonly name: Default<string, 'Simulated site'>;
  /** FQDN of the site server. */
  readonly serverName: HostName;
  /** FQDN of the machine with the SMS Provider; it need not be the site server. */
  readonly providerName: HostName;
  readonly version: Default<string, '5.00.9141.1000'>;
  readonly buildNumber: Default<UInt32, 9141>;
  readonly installDir: Default<string, 'C:\\Program Files\\Microsoft Configuration Manager'>;
  /** Minutes that the site server's clock is ahead of UTC, in winter. */
  readonly utcOffsetMinutes: Default<Integer<-840, 840>, 0>;
  /** Null, or nothing: the clock is never changed. */
  readonly daylight?: Default<DaylightTime | null, null>;
}

export interface DaylightTime {
  /** Minutes that the clock is put forward. */
  readonly minutes: Default<Integer<1, 120>, 60>;
  /** By the clock as it runs before the change. */
  readonly begins: ClockChange;
  readonly ends: ClockChange;
}

/** A moment of each year. */
export interface ClockChange {
  /** 1 to 12. */
  readonly month: Integer<1, 12>;
  /** 0 Sunday to 6 Saturday. */
  readonly weekday: Integer<0, 6>;
  /** 1 to 4, or 5 for the last of the month. */
  readonly week: Integer<1, 5>;
  readonly hour: Integer<0, 23>;
}

export interface OtherSite {
  readonly code: SiteCode;
  readonly name: Default<string, 'Another simulated site'>;
  readonly serverName: HostName;
  readonly type: Default<'secondary' | 'primary' | 'central', 'primary'>;
}

export interface DistributionPoint {
  readonly name: HostName;
  readonly siteCode: SiteCode;
  /** Content sent to it ends in state *failed*. */
  readonly fails: Default<boolean, false>;
}

export interface ImageDescription {
  readonly packageId: PackageId;
  readonly kind: Default<'image' | 'upgrade-package', 'image'>;
  readonly name: string;
  readonly version: Default<string, ''>;
  readonly sourcePath: Default<string, '\\\\server.example\\Sources\\install.wim'>;
  readonly sourceSite: SiteCode;
  readonly sourceVersion: Default<UInt32, 1>;
  readonly sourceDate: Default<Moment, '2024-01-10T08:00:00Z'>;
  /** As the package shows it; that of each index too, unless `indexVersions` has another one for it. */
  readonly osVersion: Default<string, '10.0.19045.3803'>;
  readonly language: Default<string, 'en-US'>;
  /** 0 none, 1 update, 2 add, 3 delete. */
  readonly actionInProgress: Default<Integer<0, 3>, 0>;
  readonly scopes: Default<readonly string[], ['Default']>;
  /** The names of the WIM's indexes; the first is index 1. */
  readonly indexes: Default<readonly string[], ['Windows']>;
  /** The OS version of each index, in their order; one that is missing is that of the package. */
  readonly indexVersions?: Default<readonly string[], []>;
  /** The rows of the view of images, where they are not one for each index. */
  readonly information?: Default<readonly ImageRowDescription[] | null, null>;
  /** Error code with which the removal of superseded updates fails, and with it the whole servicing; 0: it works. */
  readonly cleanupError?: Default<ErrorCode, 0>;
}

/** A row of SMS_ImageInformation. */
export interface ImageRowDescription {
  /** Null: the site leaves the property without a value, as it may in a list. */
  readonly index: UInt32 | null;
  readonly osVersion: string;
  /** Default: as `osVersion`. */
  readonly imageOsVersion?: Default<string | null, null>;
}

export interface UpdateDescription {
  readonly ciId: CiId;
  /** Without KB. */
  readonly articleId: Text<'an article number without KB', { pattern: '^[0-9]*$' }>;
  readonly bulletinId: Default<string, ''>;
  readonly title: string;
  readonly posted: Default<Moment, '2024-01-09T17:00:00Z'>;
  readonly revised: Default<Moment, '2024-01-09T17:00:00Z'>;
  readonly size: Default<Integer<0, 9007199254740991>, 1000000>;
  /** 0 none, 2 low, 6 moderate, 8 important, 10 critical. */
  readonly severity: Default<Integer<0, 10>, 0>;
  readonly expired: Default<boolean, false>;
  readonly superseded: Default<boolean, false>;
  readonly latest: Default<boolean, true>;
  readonly contentProvisioned: Default<boolean, true>;
  readonly offlineServiceable: Default<boolean, true>;
  readonly deployed: Default<boolean, false>;
  readonly metadataOnly: Default<boolean, false>;
  readonly bundle: Default<boolean, false>;
  readonly hidden: Default<boolean, false>;
  readonly enabled: Default<boolean, true>;
  readonly eulaExists: Default<boolean, false>;
  readonly eulaAccepted: Default<boolean, true>;
  readonly locales: Default<readonly string[], ['Locale:0']>;
  /** Unique IDs of its categories: the classification and the products. */
  readonly categories: Default<
    readonly string[],
    ['UpdateClassification:0fa1201d-4330-4fa8-8ae9-b877473b6441']
  >;
  /** Error code with which the servicing of an image stops at this update; 0: it can be applied. */
  readonly servicingError: Default<ErrorCode, 0>;
}

export interface GroupDescription {
  readonly ciId: CiId;
  readonly name: string;
  readonly description: Default<string, ''>;
  /** CI_IDs; one that no update has is allowed, as on a real site. */
  readonly updates: Default<readonly CiId[], []>;
  readonly deployed: Default<boolean, false>;
}

/** A row of SMS_CIRelation. */
export interface RelationDescription {
  readonly from: CiId;
  readonly to: CiId;
  /** 1 bundled … 6 superseded. */
  readonly type: Default<UInt32, 6>;
}

export interface ImageUpdateDescription {
  readonly packageId: PackageId;
  readonly index: Default<Integer<1, 1000>, 1>;
  readonly ciId: SignedId;
  /** 0 unknown, 1 not required, 2 installed, 3 applicable, 4 check not supported, 5 installed, check not supported. */
  readonly status: Integer<0, 5>;
  readonly installationStatus: Default<Integer<-2147483648, 2147483647>, 0>;
  readonly appliedDate: Default<Moment, '1970-01-01T00:00:00Z'>;
}

export interface ScheduleDescription {
  readonly scheduleId: SignedId;
  readonly name: Default<string, ''>;
  readonly description: Default<string, ''>;
  readonly action: Default<Integer<0, 2>, 0>;
  readonly schedule: ScheduleString;
  readonly state: Default<Integer<0, 4>, 1>;
  readonly updateDistributionPoints: Default<boolean, false>;
  readonly continueOnError: Default<boolean, false>;
  readonly images: Default<readonly PackageId[], []>;
  readonly updates: Default<readonly SignedId[], []>;
}

export type Operation = 'read' | 'create' | 'update' | 'delete' | 'invoke';

/** What role-based administration keeps from the account that logs in. */
export interface AccessDescription {
  /** Objects that are absent from every answer: each is found by the values of some of its properties. */
  readonly hidden: Default<readonly HiddenObject[], []>;
  readonly denied: Default<readonly DeniedClass[], []>;
}

export interface HiddenObject {
  readonly class: ClassName;
  readonly where: Readonly<Record<string, string | ErrorCode>>;
}

export interface DeniedClass {
  readonly class: ClassName;
  readonly operations: Default<readonly Operation[], ['read', 'create', 'update', 'delete', 'invoke']>;
}

/** How this site's definition of a class differs from the one that the simulator knows. */
export interface ClassChange {
  readonly class: ClassName;
  /** The site does not know the class at all. */
  readonly absent: Default<boolean, false>;
  readonly addProperties: Default<readonly AddedProperty[], []>;
  readonly removeProperties: Default<readonly string[], []>;
  readonly removeMethods: Default<readonly string[], []>;
  /** Names of in-parameters that no method of the class has: `PackageType` is missing on old sites. */
  readonly removeParameters: Default<readonly string[], []>;
  /** What a method of this name returns in place of 0, without doing anything. */
  readonly methodResults?: Readonly<Record<string, UInt32>>;
}

export interface AddedProperty {
  readonly name: PropertyName;
  readonly type: 'Boolean' | 'String' | 'SInt32' | 'UInt32' | 'DateTime' | 'Instance';
  readonly array?: boolean;
  /** Of `Instance`: the class of the embedded objects. */
  readonly class?: string;
}
