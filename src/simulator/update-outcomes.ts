import { UPGRADES } from './default-updates.js';
import type { Properties } from './class-definitions.js';
import type { UpdateBehaviour, UpdateOutcome } from './servicing-description.js';
import type { SiteState } from './site-state.js';

/** The values of `SMS_ImageUpdateStatus.UpdateStatus`. */
export const UPDATE_STATUS = {
  unknown: 0,
  notRequired: 1,
  installed: 2,
  applicable: 3,
  checkNotSupported: 4,
  installedCheckNotSupported: 5,
} as const;

/** ERROR_FILE_NOT_FOUND as an HRESULT: the content is not in the content library. Signed, as SInt32 shows it. */
export const CONTENT_MISSING = 0x80070002 | 0;

/** CBS_E_NOT_APPLICABLE: among others, the image has an update already that supersedes this one. */
export const NOT_APPLICABLE = 0x800f081e | 0;

interface Outcome {
  /** Undefined: no row tells of it. */
  readonly status: number | undefined;
  readonly errorCode: number;
}

/** What the component finds out about one update in one index of an image. */
export interface SeenUpdate extends Outcome {
  readonly ciId: number;
  readonly title: string;
  readonly index: number;
}

/** A check that is not supported can have a code, and is no failure. */
export const isFailure = ({ status, errorCode }: Outcome): boolean =>
  errorCode !== 0 && status !== UPDATE_STATUS.checkNotSupported;

export interface Judge {
  readonly state: SiteState;
  readonly packageId: string;
  /** Of several that fit, the last one counts. */
  readonly behaviours: readonly UpdateBehaviour[];
  /** Error codes by CI_ID. */
  readonly servicingErrors: ReadonlyMap<number, number>;
  /** What the image has before it is serviced. */
  readonly installed: ReadonlySet<number>;
}

export function judgeUpdate(judge: Judge, ciId: number, index: number): SeenUpdate {
  const { state, installed } = judge;
  const outcome =
    describedOutcome(judge, ciId, index) ??
    (isSupersededBy(state, ciId, installed)
      ? { status: UPDATE_STATUS.applicable, errorCode: NOT_APPLICABLE }
      : ordinaryOutcome(judge, ciId));
  return { ciId, index, title: titleOf(state, ciId), ...outcome };
}

function describedOutcome(
  { behaviours, packageId }: Judge,
  ciId: number,
  index: number,
): Outcome | undefined {
  const found = behaviours.findLast(
    (one) =>
      one.ciId === ciId &&
      (one.packageId === null || one.packageId === packageId) &&
      (one.index === null || one.index === index),
  );
  return found === undefined ? undefined : outcomeOf(found.outcome, found.code | 0);
}

function outcomeOf(outcome: UpdateOutcome, code: number): Outcome {
  switch (outcome) {
    case 'installed':
      return { status: UPDATE_STATUS.installed, errorCode: 0 };
    case 'installed-unchecked':
      return { status: UPDATE_STATUS.installedCheckNotSupported, errorCode: 0 };
    case 'not-required':
      return { status: UPDATE_STATUS.notRequired, errorCode: 0 };
    case 'not-supported':
      return { status: UPDATE_STATUS.checkNotSupported, errorCode: 0 };
    case 'check-not-supported':
      return { status: UPDATE_STATUS.checkNotSupported, errorCode: code };
    case 'unknown':
      return { status: UPDATE_STATUS.unknown, errorCode: 0 };
    case 'fails':
      return { status: UPDATE_STATUS.applicable, errorCode: code === 0 ? NOT_APPLICABLE : code };
    case 'not-reported':
      return { status: undefined, errorCode: 0 };
  }
}

function ordinaryOutcome({ state, servicingErrors }: Judge, ciId: number): Outcome {
  const update = state.object('SMS_SoftwareUpdate', { CI_ID: ciId });
  if (update?.['IsContentProvisioned'] !== true) {
    return { status: UPDATE_STATUS.applicable, errorCode: CONTENT_MISSING };
  }
  const servicingError = servicingErrors.get(ciId) ?? 0;
  if (servicingError !== 0) {
    return { status: UPDATE_STATUS.applicable, errorCode: servicingError | 0 };
  }
  return update['IsOfflineServiceable'] === true && !isFeatureUpdate(update)
    ? { status: UPDATE_STATUS.installed, errorCode: 0 }
    : // "Not applying this update binary, it is not supported": passed over, no failure.
      { status: UPDATE_STATUS.checkNotSupported, errorCode: 0 };
}

const isFeatureUpdate = ({ CategoryInstance_UniqueIDs: categories }: Properties): boolean =>
  Array.isArray(categories) && categories.some((category) => UPGRADES.includes(String(category)));

export function installedIn(state: SiteState, packageId: string): ReadonlySet<number> {
  const rows = state.objectsWith('SMS_ImageUpdateStatus', 'ImagePackageID', [packageId]);
  return new Set(
    rows
      .filter(({ UpdateStatus }) => UpdateStatus === UPDATE_STATUS.installed)
      .map(({ UpdateID }) => Number(UpdateID)),
  );
}

/** Whether one of these updates is a later one, along relations of supersedence, whichever way they are written. */
function isSupersededBy(state: SiteState, ciId: number, installed: ReadonlySet<number>): boolean {
  if (installed.has(ciId)) return false;
  const seen = new Set([ciId]);
  for (const one of seen) {
    for (const newer of newerThan(state, one)) seen.add(newer);
  }
  return [...seen].some((one) => installed.has(one));
}

const SUPERSEDED = 6;

function newerThan(state: SiteState, ciId: number): readonly number[] {
  const posted = postedOf(state, ciId);
  const ends = (own: string, other: string): readonly number[] =>
    state
      .objectsWith('SMS_CIRelation', own, [ciId])
      .filter(({ RelationType }) => RelationType === SUPERSEDED)
      .map((relation) => Number(relation[other]));
  return [...ends('FromCIID', 'ToCIID'), ...ends('ToCIID', 'FromCIID')].filter(
    (other) => postedOf(state, other) > posted,
  );
}

function postedOf(state: SiteState, ciId: number): number {
  const posted = state.object('SMS_SoftwareUpdate', { CI_ID: ciId })?.['DatePosted'];
  return typeof posted === 'string' ? Date.parse(posted) : 0;
}

function titleOf(state: SiteState, ciId: number): string {
  const name = state.object('SMS_SoftwareUpdate', { CI_ID: ciId })?.['LocalizedDisplayName'];
  return typeof name === 'string' ? name : '';
}
