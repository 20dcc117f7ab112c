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
  required,
  text,
  type Fields,
  type Shape,
} from './json-shape.js';
import {
  ORDINARY_SERVICING,
  RECORDED_ROW_ORDER,
  type ComponentBehaviour,
  type EarlierRun,
  type ImageBehaviour,
  type Outage,
  type PointBehaviour,
  type PointStep,
  type ResultRow,
  type ServicingDescription,
  type UpdateBehaviour,
} from './servicing-description.js';

const YEAR = 366 * 24 * 3_600_000;
const TIME = integer(0, YEAR);
const TIME_OR_NULL = either(TIME, nothing, `null, or a whole number of milliseconds up to ${YEAR}`);
const CODE = integer(-(2 ** 31), 2 ** 32 - 1);
const CI_ID = integer(1, 2 ** 31 - 1);
const PACKAGE_ID = text(
  'a package ID: three letters or digits and five hex digits',
  /^[A-Za-z0-9]{3}[0-9A-F]{5}$/u,
);
const ANY_PACKAGE = either(PACKAGE_ID, nothing, 'null, or a package ID');
const DATE = text('a date of the form yyyy-MM-ddTHH:mm:ssZ', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);

/** All kinds of rows, each once. */
const ROW_ORDER: Shape<readonly ResultRow[]> = (value, at, problems) => {
  const read = listOf(choice(...RECORDED_ROW_ORDER))(value, at, problems);
  if (read === undefined || (read.length === 5 && new Set(read).size === 5)) return read;
  problems.push(`${at}: it must have each of ${RECORDED_ROW_ORDER.join(', ')} once.`);
  return undefined;
};

const ORDINARY = ORDINARY_SERVICING.component;
const COMPONENT: Fields<ComponentBehaviour> = {
  neverStarts: optional(choice('no', 'asleep', 'looks-only'), ORDINARY.neverStarts),
  startDelay: optional(TIME, ORDINARY.startDelay),
  ignoresCancel: optional(flag, ORDINARY.ignoresCancel),
  stateAfterCancel: optional(integer(0, 4), ORDINARY.stateAfterCancel),
  cancelWritesRows: optional(flag, ORDINARY.cancelWritesRows),
  resetsAction: optional(flag, ORDINARY.resetsAction),
  rowOrder: optional(ROW_ORDER, ORDINARY.rowOrder),
  rowGap: optional(TIME, ORDINARY.rowGap),
  updateRows: optional(choice('at-the-end', 'as-applied'), ORDINARY.updateRows),
};
const IMAGE: Fields<ImageBehaviour> = {
  packageId: required(PACKAGE_ID),
  servicingTime: optional(TIME_OR_NULL, null),
  mountError: optional(CODE, 0),
  stopsAfter: optional(
    either(
      objectOf<Exclude<ImageBehaviour['stopsAfter'], null>>({
        updates: required(integer(0, 1_000_000)),
        code: required(CODE),
      }),
      nothing,
      'null, or an object with updates and code',
    ),
    null,
  ),
  unmountError: optional(CODE, 0),
  copyError: optional(CODE, 0),
  versionDelay: optional(TIME, 0),
  distributionPoints: optional(either(listOf(text()), nothing, 'null, or a list of names'), null),
};
const UPDATE: Fields<UpdateBehaviour> = {
  ciId: required(CI_ID),
  packageId: optional(ANY_PACKAGE, null),
  index: optional(either(integer(1, 1000), nothing, 'null, or the number of an index'), null),
  outcome: required(
    choice(
      'installed',
      'installed-unchecked',
      'not-required',
      'not-supported',
      'check-not-supported',
      'unknown',
      'fails',
      'not-reported',
    ),
  ),
  code: optional(CODE, 0),
};
const STEP: Fields<PointStep> = {
  after: required(TIME),
  state: required(either(integer(0, 8), nothing, 'null, or a whole number from 0 to 8')),
};
const COURSES = ['installs', 'fails', 'retries', 'removed', 'pending'] as const;
const POINT: Fields<PointBehaviour> = {
  name: required(text()),
  packageId: optional(ANY_PACKAGE, null),
  course: required(
    either(choice(...COURSES), listOf(objectOf(STEP)), `one of ${COURSES.join(', ')}, or a list of steps`),
  ),
  time: optional(TIME_OR_NULL, null),
};
const EARLIER_RUN: Fields<EarlierRun> = {
  scheduleId: required(CI_ID),
  packageId: required(PACKAGE_ID),
  runDate: optional(DATE, '2024-01-10T03:00:00Z'),
  status: required(integer(1, 3)),
  failedUpdateId: optional(integer(0, 2 ** 31 - 1), 0),
  code: optional(CODE, 0),
};
const OUTAGE: Fields<Outage> = {
  after: required(TIME),
  time: required(TIME),
  kind: optional(choice('no-connection', '503'), 'no-connection'),
};

export const SERVICING: Shape<ServicingDescription> = objectOf<ServicingDescription>({
  component: optional(objectOf(COMPONENT), ORDINARY),
  images: optional(listOf(objectOf(IMAGE)), []),
  updates: optional(listOf(objectOf(UPDATE)), []),
  distributionPoints: optional(listOf(objectOf(POINT)), []),
  earlierRuns: optional(listOf(objectOf(EARLIER_RUN)), []),
  outages: optional(listOf(objectOf(OUTAGE)), []),
});

const LISTS = ['images', 'updates', 'distributionPoints', 'earlierRuns', 'outages'] as const;

/** The default site's servicing with what a description adds: lists get longer, and the component changes. */
export function mergeServicing(known: ServicingDescription, own: unknown): unknown {
  // What is no object goes on as it is: the shape then says what is wrong with it.
  if (!isObject(own)) return own ?? known;
  const merged: Record<string, unknown> = { ...known, ...own };
  if (isObject(own['component'])) merged['component'] = { ...known.component, ...own['component'] };
  for (const name of LISTS) {
    const added = own[name];
    if (Array.isArray(added)) merged[name] = [...known[name], ...(added as unknown[])];
  }
  return merged;
}

/**
 * The servicing that a test describes by what is out of the ordinary.
 * @throws RangeError with everything that is wrong
 */
export function describeServicing(json: unknown): ServicingDescription {
  const problems: string[] = [];
  const read = SERVICING(json, '$.servicing', problems);
  if (read === undefined) throw new RangeError(problems.join('\n'));
  return read;
}
