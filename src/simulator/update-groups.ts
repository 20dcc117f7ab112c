import type { EmbeddedObject, Properties, Scalar, Value } from './class-definitions.js';
import { isoSeconds } from './clock.js';
import type { SiteState } from './site-state.js';

export const UPDATE_GROUP = 'SMS_AuthorizationList';

/** A unique ID that follows from the CI_ID alone: nothing has to be kept for it. */
export const uniqueId = (ciId: number): string => {
  const part = (salt: number): string =>
    (Math.imul(ciId ^ salt, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  const hex = part(1) + part(0x51ed27) + part(0x2c1b3c6d) + part(0x297a2d39);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** What a group says of its updates. A CI_ID that no update has is allowed: updates can go, and stay in a group. */
export function factsOfUpdates(state: SiteState, ciIds: readonly number[]): Properties {
  const updates = state.objectsWith('SMS_SoftwareUpdate', 'CI_ID', ciIds);
  return {
    NumberOfUpdates: ciIds.length,
    ContainsExpiredUpdates: updates.some((update) => update['IsExpired'] === true),
    ContainsSupersededUpdates: updates.some((update) => update['IsSuperseded'] === true),
    IsProvisioned: updates.every((update) => update['IsContentProvisioned'] === true),
  };
}

/** What the site makes of a group that the account has written: its name, and what it says of its updates. */
export function writtenGroup(
  state: SiteState,
  group: Properties,
  before: Properties | undefined,
  now: number,
): Properties {
  const ciId = Number(group['CI_ID']);
  const [localized] = listOf(group['LocalizedInformation']).filter(isEmbedded);
  const ciIds = listOf(group['Updates']).filter((one) => typeof one === 'number');
  return {
    ...group,
    ...factsOfUpdates(state, ciIds),
    CI_UniqueID: before?.['CI_UniqueID'] ?? `ScopeId_SIMULATED/AuthList_${uniqueId(ciId)}`,
    LocalizedDisplayName: localized?.['DisplayName'] ?? '',
    LocalizedDescription: localized?.['Description'] ?? '',
    CreatedBy: before?.['CreatedBy'] ?? `${state.site.code}\\account`,
    DateCreated: before?.['DateCreated'] ?? isoSeconds(now),
    DateLastModified: isoSeconds(now),
  };
}

/** A CI_ID that no group and no update has. */
export function newCiId(state: SiteState): number {
  return ['SMS_SoftwareUpdate', UPDATE_GROUP].reduce(
    (next, className) =>
      state.objects(className).reduce((most, row) => Math.max(most, Number(row['CI_ID']) + 1), next),
    FIRST_CI_ID,
  );
}

/** A site numbers its configuration items from here. */
const FIRST_CI_ID = 0x01000000;

type Element = EmbeddedObject | Scalar;

function listOf(value: Value | undefined): readonly Element[] {
  return Array.isArray(value) ? (value as readonly Element[]) : [];
}

function isEmbedded(value: Element): value is EmbeddedObject {
  return typeof value === 'object' && value !== null;
}
