import type { Instance } from '../provider/instance.js';
import type { Condition, Query } from '../provider/port.js';
import { ciId, type CiId } from './identifiers.js';
import { identified, numberOf, numbersOf, textOf } from './property-reading.js';

const CLASS = 'SMS_AuthorizationList';

/** A software update group. */
export interface UpdateGroup {
  readonly ciId: CiId;
  /** Not unique. */
  readonly name: string;
}

/**
 * Queries for all groups that these names or CI_IDs can mean, with the lazy property Updates; none for no reference.
 */
export function findUpdateGroups(references: readonly string[]): readonly Query[] {
  const [name, ...otherNames] = references;
  const [id, ...otherIds] = references.flatMap((reference) => groupIdIn(reference) ?? []);
  return [
    ...(name === undefined
      ? []
      : [readGroups({ property: 'LocalizedDisplayName', oneOf: [name, ...otherNames] })]),
    ...(id === undefined ? [] : [readGroups({ property: 'CI_ID', oneOf: [id, ...otherIds] })]),
  ];
}

/** A group may also be called by its number. */
export function groupIdIn(reference: string): CiId | undefined {
  return /^[0-9]{1,10}$/.test(reference) ? ciId(Number(reference)) : undefined;
}

/** Every group that the account may see. */
export const listAllUpdateGroups: Query = listGroups([]);

function readGroups(condition: Condition): Query {
  return { ...listGroups([condition]), withLazyProperties: { key: 'CI_ID', cim: 'uint32' } };
}

function listGroups(where: readonly Condition[]): Query {
  return {
    verb: 'query',
    class: CLASS,
    where,
    key: ['CI_ID'],
    properties: ['CI_ID', 'LocalizedDisplayName'],
  };
}

export function updateGroupOf(instance: Instance): UpdateGroup {
  return {
    ciId: identified(ciId(numberOf(instance, CLASS, 'CI_ID')), instance, CLASS, 'CI_ID'),
    name: textOf(instance, CLASS, 'LocalizedDisplayName'),
  };
}

/** The CI_IDs of the group's updates, each once, in ascending order. */
export function updatesOf(group: Instance): readonly CiId[] {
  const ids = numbersOf(group, CLASS, 'Updates').map((value) =>
    identified(ciId(value), group, CLASS, 'Updates'),
  );
  return [...new Set(ids)].sort((one, other) => one - other);
}
