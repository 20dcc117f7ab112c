import { flatMapNonEmpty, type NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { ciId, packageId, type CiId, type PackageId } from './identifiers.js';
import type { ImageIndexes } from './image-indexes.js';
import { identified, numberOf, textOf } from './property-reading.js';

const CLASS = 'SMS_ImageUpdateStatus';

/** The property UpdateStatus. Not to be mixed with the states of a schedule (docs/configmgr.md, "Three status enumerations"). */
export const UPDATE_STATUS = {
  unknown: 0,
  notRequired: 1,
  installed: 2,
  applicable: 3,
  checkNotSupported: 4,
  installedCheckNotSupported: 5,
} as const;

const INSTALLED: NonEmpty<number> = [UPDATE_STATUS.installed, UPDATE_STATUS.installedCheckNotSupported];

/** What the site last saw of an update in an operating system of a WIM, as far as it makes a difference here. */
export type SeenState = 'installed' | 'not-required' | 'applicable' | 'other';

/** What the site holds of one update in one operating system of a WIM. */
export interface UpdateOnIndex {
  readonly packageId: PackageId;
  readonly updateId: CiId;
  readonly imageIndex: number;
  readonly state: SeenState;
}

const STATUSES: Readonly<Record<Exclude<SeenState, 'other'>, NonEmpty<number>>> = {
  installed: INSTALLED,
  'not-required': [UPDATE_STATUS.notRequired],
  applicable: [UPDATE_STATUS.applicable],
};

/**
 * The updates among these that the site last saw in one of these states in one of the images, with the index.
 * `indexes`: how many there are in all of these images together; undefined where that is not known.
 */
export function listUpdatesInImages(
  images: NonEmpty<PackageId>,
  updates: NonEmpty<CiId>,
  states: NonEmpty<keyof typeof STATUSES>,
  indexes: number | undefined,
): Query<UpdateOnIndex> {
  const byStatus = listByStatus(
    images,
    flatMapNonEmpty(states, (state) => STATUSES[state]),
  );
  return {
    ...byStatus,
    where: [...byStatus.where, { property: 'UpdateID', oneOf: updates }],
    ...(indexes === undefined ? {} : { rows: { kind: 'at-most', forEachValue: indexes } }),
  };
}

/** Every update that the site last saw as installed in one of the images: as many as the images have, not the site. */
export function listInstalledUpdates(images: NonEmpty<PackageId>): Query<UpdateOnIndex> {
  return listByStatus(images, INSTALLED);
}

/** What the site holds as applicable to an index of one of the images, and not yet in it. */
export function listApplicableUpdates(images: NonEmpty<PackageId>): Query<UpdateOnIndex> {
  return listByStatus(images, [UPDATE_STATUS.applicable]);
}

/**
 * Whether the site holds anything else of an image than applicable updates: asked only to tell an image that needs
 * nothing from one that the site never looked into, because there can be a row for each update of the site and index.
 */
export function listOtherStatusRows(image: PackageId): Query<UpdateOnIndex> {
  const { unknown, notRequired, installed, checkNotSupported, installedCheckNotSupported } = UPDATE_STATUS;
  const others = [unknown, notRequired, installed, checkNotSupported, installedCheckNotSupported] as const;
  return { ...listByStatus([image], others), rows: { kind: 'one-is-enough' } };
}

function listByStatus(images: NonEmpty<PackageId>, statuses: NonEmpty<number>): Query<UpdateOnIndex> {
  return {
    verb: 'query',
    class: CLASS,
    key: ['ImagePackageID', 'ImageIndex', 'UpdateID'],
    where: [
      { property: 'ImagePackageID', oneOf: images },
      { property: 'UpdateStatus', oneOf: statuses },
    ],
    properties: ['ImagePackageID', 'UpdateID', 'ImageIndex', 'UpdateStatus'],
    decode: updateOnIndexOf,
  };
}

function updateOnIndexOf(instance: Instance): UpdateOnIndex {
  const image = packageId(textOf(instance, CLASS, 'ImagePackageID'));
  const id = ciId(numberOf(instance, CLASS, 'UpdateID'));
  return {
    packageId: identified(image, instance, CLASS, 'ImagePackageID'),
    updateId: identified(id, instance, CLASS, 'UpdateID'),
    imageIndex: numberOf(instance, CLASS, 'ImageIndex'),
    state: seenStateOf(numberOf(instance, CLASS, 'UpdateStatus')),
  };
}

function seenStateOf(status: number): SeenState {
  if (INSTALLED.includes(status)) return 'installed';
  if (status === UPDATE_STATUS.notRequired) return 'not-required';
  return status === UPDATE_STATUS.applicable ? 'applicable' : 'other';
}

/**
 * The updates that the site holds in this state on every index of one image, from the rows of that image. An index
 * without a row for an update is in no state that is known.
 */
export function onEveryIndex(
  state: SeenState,
  indexes: ImageIndexes,
  rows: readonly UpdateOnIndex[],
): ReadonlySet<CiId> {
  const every = new Set([...indexes, ...rows.map(({ imageIndex }) => imageIndex)]);
  const seenOn = new Map<CiId, Set<number>>();
  for (const row of rows) {
    if (row.state !== state) continue;
    const on = seenOn.get(row.updateId) ?? new Set();
    seenOn.set(row.updateId, on.add(row.imageIndex));
  }
  return new Set([...seenOn].filter(([, on]) => on.size === every.size).map(([updateId]) => updateId));
}
