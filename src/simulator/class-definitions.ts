import type { AddedProperty, ClassChange } from './site-description.js';

/** The CIM types that the simulated classes use. */
export type CimType = 'String' | 'Boolean' | 'SInt32' | 'UInt32' | 'SInt64' | 'DateTime';

export interface PropertyDefinition {
  readonly name: string;
  /** A CIM type, or the class of an embedded object. */
  readonly type: CimType | { readonly embedded: string };
  readonly array: boolean;
  /** Filled only when the object is read by its key. */
  readonly lazy: boolean;
  readonly writable: boolean;
  readonly required: boolean;
}

export interface MethodDefinition {
  readonly name: string;
  readonly static: boolean;
  readonly parameters: readonly PropertyDefinition[];
  /** Other than 0: the method does nothing and returns this. */
  readonly result: number;
}

export interface ClassDefinition {
  readonly name: string;
  /** From the immediate base class to the root. */
  readonly derivation: readonly [string, ...string[]];
  readonly properties: readonly PropertyDefinition[];
  readonly keys: readonly PropertyDefinition[];
  readonly methods: readonly MethodDefinition[];
  readonly writable: boolean;
  /** Whether the site, and not the caller, gives a new object its key. */
  readonly keyFromSite: boolean;
}

/** One value of a property; a lazy property in a list is null. */
export type Value = Scalar | EmbeddedObject | readonly Scalar[] | readonly EmbeddedObject[];
export type Scalar = string | number | boolean | null;
/** Names its own class as `@odata.type`, where the property declares a base class. */
export type EmbeddedObject = Readonly<Record<string, Scalar>>;
export type Properties = Readonly<Record<string, Value>>;

/** A date that was never set; the reference has seen this one and 1980-01-01. */
export const UNSET_DATE = '1970-01-01T00:00:00Z';

type Traits = Partial<Omit<PropertyDefinition, 'name' | 'type'>>;

const property = (
  name: string,
  type: PropertyDefinition['type'],
  traits: Traits = {},
): PropertyDefinition => ({
  name,
  type,
  array: false,
  lazy: false,
  writable: false,
  required: false,
  ...traits,
});
const WRITABLE = { writable: true };
const text = (...names: string[]): PropertyDefinition[] => names.map((name) => property(name, 'String'));
const flag = (...names: string[]): PropertyDefinition[] => names.map((name) => property(name, 'Boolean'));
const sint32 = (...names: string[]): PropertyDefinition[] => names.map((name) => property(name, 'SInt32'));
const uint32 = (...names: string[]): PropertyDefinition[] => names.map((name) => property(name, 'UInt32'));
const date = (...names: string[]): PropertyDefinition[] => names.map((name) => property(name, 'DateTime'));
const method = (name: string, isStatic: boolean, parameters: PropertyDefinition[]): MethodDefinition => ({
  name,
  static: isStatic,
  parameters: parameters.map((parameter) => ({ ...parameter, writable: true, required: true })),
  result: 0,
});

interface ClassText {
  readonly keys: PropertyDefinition[];
  readonly others: PropertyDefinition[];
  readonly bases?: [string, ...string[]];
  readonly methods?: MethodDefinition[];
  readonly writable?: boolean;
  readonly keyFromSite?: boolean;
}

const define = (name: string, it: ClassText): ClassDefinition => {
  const keys = it.keys.map((key) =>
    it.writable === true ? { ...key, writable: true, required: it.keyFromSite !== true } : key,
  );
  return {
    name,
    derivation: it.bases ?? ['SMS_BaseClass'],
    properties: [...keys, ...it.others],
    keys,
    methods: it.methods ?? [],
    writable: it.writable ?? false,
    keyFromSite: it.keyFromSite ?? false,
  };
};

const imagePackage = (): Pick<ClassText, 'keys' | 'others' | 'bases'> => ({
  keys: text('PackageID'),
  others: [
    ...text('Name', 'Description', 'Language', 'Version', 'PkgSourcePath', 'SourceSite', 'ImageOSVersion'),
    ...uint32('PackageType', 'SourceVersion', 'ActionInProgress'),
    ...date('SourceDate', 'LastRefreshTime'),
    property('ImageProperty', 'String', { lazy: true }),
    property('SecuredScopeNames', 'String', { array: true }),
  ],
  bases: ['SMS_PackageBaseclass', 'SMS_BaseClass'],
});
const imageMethods = (): MethodDefinition[] => [
  method('ReloadImageProperties', false, []),
  method('RefreshPkgSource', false, []),
];
const imageUpdateKeys = (): PropertyDefinition[] => [
  ...text('ImagePackageID'),
  ...uint32('ImageIndex'),
  ...sint32('UpdateID'),
];
const localizedInformation = (traits: Traits = {}): PropertyDefinition =>
  property(
    'LocalizedInformation',
    { embedded: 'SMS_CI_LocalizedProperties' },
    { array: true, lazy: true, ...traits },
  );
const CONFIGURATION_ITEM: [string, ...string[]] = ['SMS_ConfigurationItemBaseClass', 'SMS_BaseClass'];

/**
 * The classes of the site's namespace, from docs/configmgr.md. Where a type is not documented there, a 32-bit
 * number is signed: an error code then arrives negative, which a client that prints codes has to bear.
 * `SMS_ProviderLocation` is missing on purpose: it lives in another namespace than the one of this route.
 */
const CLASSES: readonly ClassDefinition[] = [
  define('SMS_ImageServicingSchedule', {
    keys: sint32('ScheduleID'),
    others: [
      property('Action', 'SInt32', WRITABLE),
      // A schedule without a token can never be due, so the token is taken as required.
      property('Schedule', 'String', { writable: true, required: true }),
      ...sint32('State'),
      property('UpdateDP', 'Boolean', WRITABLE),
      property('ContinueOnError', 'Boolean', WRITABLE),
      property('Name', 'String', WRITABLE),
      property('Description', 'String', WRITABLE),
      ...date('LastRunDateTime'),
    ],
    writable: true,
    keyFromSite: true,
  }),
  define('SMS_ImageServicingScheduledImage', {
    keys: [...sint32('ScheduleID'), ...text('ImagePackageID')],
    others: [],
    writable: true,
  }),
  define('SMS_ImageServicingScheduledUpdate', {
    keys: sint32('ScheduleID', 'UpdateID'),
    others: [],
    writable: true,
  }),
  define('SMS_ImageServicingProgress', {
    keys: [...sint32('ScheduleID'), ...text('ImagePackageID')],
    others: [...date('RunDateTime'), ...sint32('FailedUpdateID', 'Status', 'Win32ErrorCode')],
  }),
  define('SMS_ImageUpdateHistory', {
    keys: [...sint32('ScheduleID'), ...text('ImagePackageID'), ...date('RunDateTime')],
    others: sint32('FailedUpdateID', 'Status'),
  }),
  define('SMS_ImageUpdateStatus', {
    keys: imageUpdateKeys(),
    others: [
      ...sint32('UpdateStatus', 'UpdateInstallationStatus'),
      ...date('AppliedDateTime'),
      ...text('UpdateTitle'),
    ],
  }),
  define('SMS_ImageUpdateStatusView', {
    keys: imageUpdateKeys(),
    others: [
      ...sint32('UpdateStatus', 'ErrorCode'),
      ...date('AppliedDateTime'),
      ...text('UpdateTitle', 'PackageName', 'PackageDescription'),
    ],
  }),
  define('SMS_FailedImageUpdateView', {
    keys: sint32('UpdateID'),
    others: [...text('Title'), ...sint32('FailedImageCount')],
  }),
  define('SMS_ImageServicingScanRequest', {
    keys: text('ImagePackageID'),
    others: [...date('LastRunDateTime'), ...sint32('Status')],
  }),
  define('SMS_ImagePackage', {
    ...imagePackage(),
    methods: [
      ...imageMethods(),
      method('RunOfflineServicingManager', true, [
        ...text('SiteCode', 'ServerName', 'PackageID'),
        ...uint32('PackageType'),
      ]),
    ],
  }),
  define('SMS_OperatingSystemInstallPackage', { ...imagePackage(), methods: imageMethods() }),
  define('SMS_ImageInformation', {
    keys: text('PackageID'),
    others: [
      ...uint32('Index', 'ObjectType', 'PackageType'),
      ...text('ImageOSVersion', 'OSVersion', 'Architecture', 'Name', 'Language', 'Size', 'ImagePath'),
    ],
  }),
  define('SMS_AuthorizationList', {
    keys: uint32('CI_ID'),
    others: [
      ...text('CI_UniqueID', 'LocalizedDisplayName', 'LocalizedDescription', 'CreatedBy'),
      property('Updates', 'UInt32', { array: true, lazy: true, ...WRITABLE }),
      ...uint32('NumberOfUpdates'),
      ...flag('ContainsExpiredUpdates', 'ContainsSupersededUpdates', 'IsProvisioned', 'IsDeployed'),
      ...date('DateCreated', 'DateLastModified'),
      localizedInformation(WRITABLE),
    ],
    bases: CONFIGURATION_ITEM,
    writable: true,
    keyFromSite: true,
  }),
  define('SMS_SoftwareUpdate', {
    keys: uint32('CI_ID'),
    others: [
      ...text('CI_UniqueID', 'ArticleID', 'BulletinID', 'LocalizedDisplayName', 'LocalizedDescription'),
      ...flag('IsOfflineServiceable', 'IsExpired', 'IsSuperseded', 'IsLatest', 'IsContentProvisioned'),
      ...flag('IsDeployed', 'IsMetadataOnlyUpdate', 'IsBundle', 'IsHidden', 'IsEnabled'),
      ...flag('EULAExists'),
      ...uint32('EULAAccepted'),
      ...sint32('CIType_ID', 'Severity'),
      ...text('SeverityName'),
      ...date('DatePosted', 'DateRevised'),
      property('Size', 'SInt64'),
      property('UpdateLocales', 'String', { array: true }),
      property('CategoryInstance_UniqueIDs', 'String', { array: true }),
      localizedInformation(),
    ],
    bases: CONFIGURATION_ITEM,
  }),
  define('SMS_CIRelation', { keys: uint32('FromCIID', 'ToCIID', 'RelationType'), others: [] }),
  define('SMS_PackageStatusDistPointsSummarizer', {
    keys: text('PackageID', 'ServerNALPath', 'SiteCode'),
    others: [...uint32('SourceVersion', 'State'), ...date('LastCopied', 'SummaryDate')],
  }),
  define('SMS_ObjectContentExtraInfo', {
    keys: text('PackageID'),
    others: uint32(
      'Targeted',
      'NumberSuccess',
      'NumberInProgress',
      'NumberErrors',
      'NumberUnknown',
      'SourceVersion',
    ),
  }),
  define('SMS_DistributionDPStatus', {
    keys: text('PackageID', 'NALPath'),
    others: [...uint32('MessageState'), ...date('SummaryDate')],
  }),
  define('SMS_Identification', {
    keys: text('ThisSiteCode'),
    others: [
      ...text('ThisSiteName', 'SMSSiteServer', 'SMSProviderServer', 'SMSVersion'),
      ...uint32('SMSBuildNumber'),
    ],
  }),
  define('SMS_Site', {
    keys: text('SiteCode'),
    others: [
      ...text('ServerName', 'SiteName', 'Version', 'InstallDir', 'TimeZoneInfo'),
      ...uint32('BuildNumber', 'Type', 'Status'),
    ],
  }),
  define('SMS_StatusMessage', {
    keys: [property('RecordID', 'SInt64')],
    others: [
      ...uint32('MessageID'),
      ...sint32('Severity'),
      ...text('Component', 'MachineName', 'SiteCode'),
      ...date('Time'),
    ],
  }),
  define('SMS_StatMsgInsStrings', {
    keys: [property('RecordID', 'SInt64'), ...uint32('InsStrIndex')],
    others: text('InsStrValue'),
  }),
  define('SMS_ScheduleMethods', {
    keys: text('Name'),
    others: [],
    methods: [
      method('ReadFromString', true, text('StringData')),
      method('WriteToString', true, [
        property('TokenData', { embedded: 'SMS_ScheduleToken' }, { array: true }),
      ]),
    ],
  }),
];

/** Names of all classes that a site description may speak of. */
export const CLASS_NAMES: readonly string[] = CLASSES.map((one) => one.name);

/** The classes as one site has them, by their name in lower case: class names are read without regard to case. */
export function classesOfSite(changes: readonly ClassChange[]): ReadonlyMap<string, ClassDefinition> {
  const classes = new Map(CLASSES.map((one) => [one.name.toLowerCase(), one]));
  for (const change of changes) {
    const name = change.class.toLowerCase();
    const known = classes.get(name);
    if (known === undefined) {
      continue;
    }
    if (change.absent) {
      classes.delete(name);
    } else {
      classes.set(name, changed(known, change));
    }
  }
  return classes;
}

function changed(known: ClassDefinition, change: ClassChange): ClassDefinition {
  const kept = known.properties.filter(
    (one) => known.keys.includes(one) || !change.removeProperties.includes(one.name),
  );
  const added = change.addProperties.map((one) =>
    property(one.name, typeOfAdded(one), { array: one.array ?? false, ...WRITABLE }),
  );
  return {
    ...known,
    properties: [...kept, ...added],
    methods: known.methods
      .filter((one) => !change.removeMethods.includes(one.name))
      .map((one) => ({
        ...one,
        parameters: one.parameters.filter((parameter) => !change.removeParameters.includes(parameter.name)),
        result: change.methodResults?.[one.name] ?? one.result,
      })),
  };
}

function typeOfAdded({ type, class: embedded = '' }: AddedProperty): PropertyDefinition['type'] {
  return type === 'Instance' ? { embedded } : type;
}

/** The type as `$metadata` shows it. UInt32 and SInt64 look alike there: the CIM type is not fully told. */
export function edmType(definition: PropertyDefinition): string {
  const one =
    typeof definition.type === 'string' ? EDM[definition.type] : `AdminService.${definition.type.embedded}`;
  return definition.array ? `Collection(${one})` : one;
}

const EDM: Readonly<Record<CimType, string>> = {
  String: 'Edm.String',
  Boolean: 'Edm.Boolean',
  SInt32: 'Edm.Int32',
  UInt32: 'Edm.Int64',
  SInt64: 'Edm.Int64',
  DateTime: 'Edm.DateTimeOffset',
};

/** What a property holds in an object that was made without it. */
export function defaultOf(definition: PropertyDefinition): Value {
  if (definition.array) {
    return [];
  }
  switch (definition.type) {
    case 'Boolean':
      return false;
    case 'SInt32':
    case 'UInt32':
    case 'SInt64':
      return 0;
    case 'DateTime':
      return UNSET_DATE;
    case 'String':
      return '';
    default:
      return null;
  }
}
