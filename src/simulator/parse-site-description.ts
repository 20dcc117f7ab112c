import { CLASS_NAMES } from './class-definitions.js';
import { SECURITY_UPDATES } from './default-updates.js';
import { CLEANUP_PROPERTY, describeDefaultSite, MOST_UPDATES, type Supersedence } from './default-site.js';
import {
  choice,
  either,
  flag,
  integer,
  isObject,
  listOf,
  nothing,
  objectOf,
  optional,
  recordOf,
  required,
  text,
  type Fields,
  type Shape,
} from './json-shape.js';
import { mergeServicing, SERVICING } from './parse-servicing-description.js';
import { readScheduleString } from './schedule-token.js';
import { ORDINARY_SERVICING } from './servicing-description.js';
import type { ClockChange, DaylightTime, ImageRowDescription, SiteDescription } from './site-description.js';

/** Everything that is wrong with a site description, each with its place in the JSON. */
export class SiteDescriptionError extends Error {
  override readonly name = 'SiteDescriptionError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The site description cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads a description of a site from JSON. `"extends": "default"`, with `seed`, `size`, `groupOf`, `supersedence`,
 * `cleanupProperties` and `unusualNames` beside it, begins with the default site: images, groups and updates with a known ID then change the fields they state, others are
 * added; the lists without IDs are appended to; `site` changes the fields it states and `access` is taken as it is.
 * @throws SiteDescriptionError with all problems at once
 */
export function parseSiteDescription(jsonText: string): SiteDescription {
  let json: unknown;
  try {
    json = JSON.parse(jsonText);
  } catch (error) {
    throw new SiteDescriptionError([
      `it is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    ]);
  }
  const problems: string[] = [];
  const merged = mergeWithDefault(json, problems);
  const description = problems.length > 0 ? undefined : SITE_DESCRIPTION(merged, '$', problems);
  if (description !== undefined) {
    problems.push(...duplicates(description));
  }
  if (description === undefined || problems.length > 0) {
    throw new SiteDescriptionError(problems);
  }
  return description;
}

const CODE = text('three letters or digits', /^[A-Za-z0-9]{3}$/u);
const HOST = text('a host name', /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/u);
const PACKAGE_ID = text(
  'a package ID: three letters or digits and five hex digits',
  /^[A-Za-z0-9]{3}[0-9A-F]{5}$/u,
);
const DATE = text('a date of the form yyyy-MM-ddTHH:mm:ssZ', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
const UNSIGNED = integer(0, 2 ** 32 - 1);
const CI_ID = integer(1, 2 ** 32 - 1);
/** As a number without a sign, or as a signed one. */
const ERROR_CODE = integer(-(2 ** 31), 2 ** 32 - 1);
const TEXT = text();
const CLASS: Shape<string> = (value, at, problems) => {
  const found = CLASS_NAMES.find(
    (name) => typeof value === 'string' && name.toLowerCase() === value.toLowerCase(),
  );
  return found ?? choice(...CLASS_NAMES)(value, at, problems);
};
const SCHEDULE_STRING: Shape<string> = (value, at, problems) => {
  const read = text()(value, at, problems);
  if (read !== undefined && readScheduleString(read) === undefined) {
    problems.push(
      `${at}: "${read}" is no schedule interval string; it must be 16 hexadecimal digits a token.`,
    );
    return undefined;
  }
  return read;
};

type Part<K extends keyof SiteDescription> = SiteDescription[K];
type Item<K extends keyof SiteDescription> = Part<K> extends readonly (infer T)[] ? T : never;

const CLOCK_CHANGE: Shape<ClockChange> = objectOf<ClockChange>({
  month: required(integer(1, 12)),
  weekday: required(integer(0, 6)),
  week: required(integer(1, 5)),
  hour: required(integer(0, 23)),
});
const DAYLIGHT: Fields<DaylightTime> = {
  minutes: optional(integer(1, 120), 60),
  begins: required(CLOCK_CHANGE),
  ends: required(CLOCK_CHANGE),
};
const SITE: Fields<Part<'site'>> = {
  code: required(CODE),
  name: optional(TEXT, 'Simulated site'),
  serverName: required(HOST),
  providerName: required(HOST),
  version: optional(TEXT, '5.00.9141.1000'),
  buildNumber: optional(UNSIGNED, 9141),
  installDir: optional(TEXT, 'C:\\Program Files\\Microsoft Configuration Manager'),
  utcOffsetMinutes: optional(integer(-840, 840), 0),
  daylight: optional(
    either(objectOf(DAYLIGHT), nothing, 'null, or an object with minutes, begins and ends'),
    null,
  ),
};
const OTHER_SITE: Fields<Item<'otherSites'>> = {
  code: required(CODE),
  name: optional(TEXT, 'Another simulated site'),
  serverName: required(HOST),
  type: optional(choice('secondary', 'primary', 'central'), 'primary'),
};
const DISTRIBUTION_POINT: Fields<Item<'distributionPoints'>> = {
  name: required(HOST),
  siteCode: required(CODE),
  fails: optional(flag, false),
};
const IMAGE_ROW: Fields<ImageRowDescription> = {
  index: required(either(UNSIGNED, nothing, 'null, or a whole number')),
  osVersion: required(TEXT),
  imageOsVersion: optional(either(TEXT, nothing, 'null, or a text'), null),
};
const IMAGE: Fields<Item<'images'>> = {
  packageId: required(PACKAGE_ID),
  kind: optional(choice('image', 'upgrade-package'), 'image'),
  name: required(TEXT),
  version: optional(TEXT, ''),
  sourcePath: optional(TEXT, '\\\\server.example\\Sources\\install.wim'),
  sourceSite: required(CODE),
  sourceVersion: optional(UNSIGNED, 1),
  sourceDate: optional(DATE, '2024-01-10T08:00:00Z'),
  osVersion: optional(TEXT, '10.0.19045.3803'),
  language: optional(TEXT, 'en-US'),
  actionInProgress: optional(integer(0, 3), 0),
  scopes: optional(listOf(TEXT), ['Default']),
  indexes: optional(listOf(TEXT), ['Windows']),
  indexVersions: optional(listOf(TEXT), []),
  information: optional(either(listOf(objectOf(IMAGE_ROW)), nothing, 'null, or a list of rows'), null),
  cleanupError: optional(ERROR_CODE, 0),
};
const UPDATE: Fields<Item<'updates'>> = {
  ciId: required(CI_ID),
  articleId: required(text('an article number without KB', /^[0-9]*$/u)),
  bulletinId: optional(TEXT, ''),
  title: required(TEXT),
  posted: optional(DATE, '2024-01-09T17:00:00Z'),
  revised: optional(DATE, '2024-01-09T17:00:00Z'),
  size: optional(integer(0, Number.MAX_SAFE_INTEGER), 1_000_000),
  severity: optional(integer(0, 10), 0),
  expired: optional(flag, false),
  superseded: optional(flag, false),
  latest: optional(flag, true),
  contentProvisioned: optional(flag, true),
  offlineServiceable: optional(flag, true),
  deployed: optional(flag, false),
  metadataOnly: optional(flag, false),
  bundle: optional(flag, false),
  hidden: optional(flag, false),
  enabled: optional(flag, true),
  eulaExists: optional(flag, false),
  eulaAccepted: optional(flag, true),
  locales: optional(listOf(TEXT), ['Locale:0']),
  categories: optional(listOf(TEXT), SECURITY_UPDATES),
  servicingError: optional(ERROR_CODE, 0),
};
const GROUP: Fields<Item<'groups'>> = {
  ciId: required(CI_ID),
  name: required(TEXT),
  description: optional(TEXT, ''),
  updates: optional(listOf(CI_ID), []),
  deployed: optional(flag, false),
};
const RELATION: Fields<Item<'relations'>> = {
  from: required(CI_ID),
  to: required(CI_ID),
  type: optional(UNSIGNED, 6),
};
const IMAGE_UPDATE: Fields<Item<'imageUpdates'>> = {
  packageId: required(PACKAGE_ID),
  index: optional(integer(1, 1000), 1),
  ciId: required(integer(1, 2 ** 31 - 1)),
  status: required(integer(0, 5)),
  installationStatus: optional(integer(-(2 ** 31), 2 ** 31 - 1), 0),
  appliedDate: optional(DATE, '1970-01-01T00:00:00Z'),
};
const SCHEDULE: Fields<Item<'schedules'>> = {
  scheduleId: required(integer(1, 2 ** 31 - 1)),
  name: optional(TEXT, ''),
  description: optional(TEXT, ''),
  action: optional(integer(0, 2), 0),
  schedule: required(SCHEDULE_STRING),
  state: optional(integer(0, 4), 1),
  updateDistributionPoints: optional(flag, false),
  continueOnError: optional(flag, false),
  images: optional(listOf(PACKAGE_ID), []),
  updates: optional(listOf(integer(1, 2 ** 31 - 1)), []),
};
const ACCESS: Fields<Part<'access'>> = {
  hidden: optional(
    listOf(
      objectOf<Part<'access'>['hidden'][number]>({
        class: required(CLASS),
        where: required(recordOf(either(TEXT, integer(-(2 ** 31), 2 ** 32), 'a text or a whole number'))),
      }),
    ),
    [],
  ),
  denied: optional(
    listOf(
      objectOf<Part<'access'>['denied'][number]>({
        class: required(CLASS),
        operations: optional(listOf(choice('read', 'create', 'update', 'delete', 'invoke')), [
          'read',
          'create',
          'update',
          'delete',
          'invoke',
        ]),
      }),
    ),
    [],
  ),
};
const PROPERTY_NAME = text('a property name', /^[A-Za-z_][A-Za-z0-9_]*$/u);
const CLASS_CHANGE: Fields<Item<'classes'>> = {
  class: required(CLASS),
  absent: optional(flag, false),
  addProperties: optional(
    listOf(
      objectOf<Item<'classes'>['addProperties'][number]>({
        name: required(PROPERTY_NAME),
        type: required(choice('Boolean', 'String', 'SInt32', 'UInt32')),
      }),
    ),
    [],
  ),
  removeProperties: optional(listOf(TEXT), []),
  removeMethods: optional(listOf(TEXT), []),
  removeParameters: optional(listOf(TEXT), []),
  methodResults: optional(recordOf(UNSIGNED), {}),
};

const SITE_DESCRIPTION: Shape<SiteDescription> = objectOf<SiteDescription>({
  site: required(objectOf(SITE)),
  otherSites: optional(listOf(objectOf(OTHER_SITE)), []),
  distributionPoints: optional(listOf(objectOf(DISTRIBUTION_POINT)), []),
  images: optional(listOf(objectOf(IMAGE)), []),
  updates: optional(listOf(objectOf(UPDATE)), []),
  groups: optional(listOf(objectOf(GROUP)), []),
  relations: optional(listOf(objectOf(RELATION)), []),
  imageUpdates: optional(listOf(objectOf(IMAGE_UPDATE)), []),
  schedules: optional(listOf(objectOf(SCHEDULE)), []),
  access: optional(objectOf(ACCESS), { hidden: [], denied: [] }),
  classes: optional(listOf(objectOf(CLASS_CHANGE)), []),
  servicing: optional(SERVICING, ORDINARY_SERVICING),
});

interface Base {
  readonly extends: 'default';
  readonly seed: number;
  readonly size: number;
  readonly groupOf: number;
  readonly supersedence: Supersedence;
  readonly cleanupProperties: readonly string[];
  readonly unusualNames: boolean;
}

const BASE = objectOf<Base>({
  extends: required(choice('default')),
  seed: optional(integer(0, 2 ** 32 - 1), 1),
  size: optional(integer(0, MOST_UPDATES), 5000),
  groupOf: optional(integer(0, MOST_UPDATES), 0),
  supersedence: optional(choice('from-newer', 'from-older'), 'from-newer'),
  cleanupProperties: optional(listOf(PROPERTY_NAME), [CLEANUP_PROPERTY]),
  unusualNames: optional(flag, false),
});

/** Lists whose elements have an ID, and its name. */
const IDENTIFIED = { images: 'packageId', updates: 'ciId', groups: 'ciId', schedules: 'scheduleId' } as const;
const APPENDED = ['otherSites', 'distributionPoints', 'relations', 'imageUpdates', 'classes'] as const;

function mergeWithDefault(json: unknown, problems: string[]): unknown {
  if (!isObject(json) || !Object.hasOwn(json, 'extends')) {
    return json;
  }
  const {
    extends: extended,
    seed,
    size,
    groupOf,
    supersedence,
    cleanupProperties,
    unusualNames,
    ...own
  } = json;
  const stated = Object.entries({
    extends: extended,
    seed,
    size,
    groupOf,
    supersedence,
    cleanupProperties,
    unusualNames,
  });
  const base = BASE(Object.fromEntries(stated.filter(([, value]) => value !== undefined)), '$', problems);
  if (base === undefined) {
    return undefined;
  }
  const site = describeDefaultSite({
    seed: base.seed,
    updates: base.size,
    ...(base.groupOf === 0 ? {} : { groupOf: base.groupOf }),
    supersedence: base.supersedence,
    cleanupProperties: base.cleanupProperties,
    unusualNames: base.unusualNames,
  });
  const merged: Record<string, unknown> = { ...site, ...own };
  if (isObject(own['site'])) {
    merged['site'] = { ...site.site, ...own['site'] };
  }
  merged['servicing'] = mergeServicing(site.servicing ?? ORDINARY_SERVICING, own['servicing']);
  for (const [name, id] of Object.entries(IDENTIFIED)) {
    merged[name] = mergeById(site[name as keyof typeof IDENTIFIED], own[name], id);
  }
  for (const name of APPENDED) {
    const added = own[name];
    merged[name] = Array.isArray(added) ? [...site[name], ...(added as unknown[])] : (added ?? site[name]);
  }
  return merged;
}

/** What is no list, or has no ID, goes on as it is: the shape then says what is wrong with it. */
function mergeById(known: readonly object[], own: unknown, id: string): unknown {
  if (!Array.isArray(own)) {
    return own ?? known;
  }
  const idOf = (one: unknown): unknown => (isObject(one) ? one[id] : undefined);
  const merged = new Map<unknown, unknown>(known.map((one) => [idOf(one), one]));
  const others: unknown[] = [];
  for (const one of own as unknown[]) {
    if (isObject(one) && idOf(one) !== undefined) {
      const before = merged.get(idOf(one));
      merged.set(idOf(one), isObject(before) ? { ...before, ...one } : one);
    } else {
      others.push(one);
    }
  }
  return [...merged.values(), ...others];
}

function duplicates(description: SiteDescription): string[] {
  const find = (where: string, ids: readonly (string | number)[]): string[] => {
    const seen = new Set<string | number>();
    return ids.flatMap((id, at) => {
      const problem = seen.has(id)
        ? [`$.${where}[${at}]: the ID ${id} is there already; IDs are unique.`]
        : [];
      seen.add(id);
      return problem;
    });
  };
  return [
    ...find(
      'images',
      description.images.map((one) => one.packageId),
    ),
    ...find(
      'updates',
      description.updates.map((one) => one.ciId),
    ),
    ...find(
      'groups',
      description.groups.map((one) => one.ciId),
    ),
    ...find(
      'schedules',
      description.schedules.map((one) => one.scheduleId),
    ),
    ...find(
      'otherSites',
      description.otherSites.map((one) => one.code),
    ),
  ];
}
