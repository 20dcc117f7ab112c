import type { SiteDescription } from '../../src/simulator/index.js';
import { SMALL_SITE, type SiteUnderTest } from '../site-under-test.js';
import { SITE_WITH_SMALL_GROUP } from './site-afterwards.js';

/** Two images of one index and an upgrade package, all of site LAB, with nothing installed. */
export const [WINDOWS_7, LTSC, UPGRADE] = ['LAB00010', 'LAB00012', 'LAB00020'] as const;
export const THREE_IMAGES = [WINDOWS_7, LTSC, UPGRADE] as const;
/** Of site REM, which the provider does not serve. */
export const REMOTE = 'REM00010';
/** One that the site has no status row of any update for. */
export const NEVER_EVALUATED = 'LAB00017';

/** Usable for each image. */
export const USABLE_UPDATES: readonly number[] = (
  SMALL_SITE.groups.find(({ name }) => name === 'Windows 7')?.updates ?? []
).slice(0, 6);

/** Group "Small" has the first four, and this one the last four, so that two are in both. */
export const SITE_WITH_TWO_GROUPS: SiteDescription = {
  ...SITE_WITH_SMALL_GROUP,
  groups: [
    ...SITE_WITH_SMALL_GROUP.groups,
    {
      ciId: 17_000_003,
      name: 'Second',
      description: '',
      updates: USABLE_UPDATES.slice(2),
      deployed: false,
    },
  ],
};

type ImageDescription = SiteDescription['images'][number];

export function withImage(
  description: SiteDescription,
  packageId: string,
  change: Partial<ImageDescription>,
): SiteDescription {
  return {
    ...description,
    images: description.images.map((image) =>
      image.packageId === packageId ? { ...image, ...change } : image,
    ),
  };
}

/** What the site holds of updates in one image, in place of all that it held. */
export function withStatuses(
  description: SiteDescription,
  packageId: string,
  statuses: readonly (readonly [ciId: number, index: number, status: number])[],
): SiteDescription {
  return {
    ...description,
    imageUpdates: [
      ...description.imageUpdates.filter((row) => row.packageId !== packageId),
      ...statuses.map(([ciId, index, status]) => ({
        packageId,
        index,
        ciId,
        status,
        installationStatus: 0,
        appliedDate: '2024-01-01T00:00:00Z',
      })),
    ],
  };
}

/** One schedule as it stands at the site, with its links. */
export interface WrittenSchedule {
  readonly id: number;
  readonly name: string;
  readonly action: number;
  readonly token: string;
  readonly updateDistributionPoints: boolean;
  readonly continueOnError: boolean;
  readonly images: readonly string[];
  /** Ascending. */
  readonly updates: readonly number[];
}

/** By the package ID of their images. */
export function schedulesAt({ simulator: { state } }: SiteUnderTest): readonly WrittenSchedule[] {
  return state
    .objects('SMS_ImageServicingSchedule')
    .map((schedule): WrittenSchedule => {
      const id = Number(schedule['ScheduleID']);
      const linked = (className: string, property: string): readonly unknown[] =>
        state.objectsWith(className, 'ScheduleID', [id]).map((link) => link[property]);
      return {
        id,
        name: text(schedule['Name']),
        action: Number(schedule['Action']),
        token: text(schedule['Schedule']),
        updateDistributionPoints: schedule['UpdateDP'] === true,
        continueOnError: schedule['ContinueOnError'] === true,
        images: linked('SMS_ImageServicingScheduledImage', 'ImagePackageID').map(String),
        updates: linked('SMS_ImageServicingScheduledUpdate', 'UpdateID')
          .map(Number)
          .sort((one, other) => one - other),
      };
    })
    .sort((one, other) => (one.images[0] ?? '').localeCompare(other.images[0] ?? ''));
}

/** The arguments of each call of the method, in the order in which they came. */
export function callsOf({ simulator }: SiteUnderTest): readonly Readonly<Record<string, unknown>>[] {
  return simulator.requests
    .filter(({ methodName }) => methodName !== undefined)
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
