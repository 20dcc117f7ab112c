import { nonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Condition, Decode, Query } from '../provider/port.js';
import { ciId, type CiId } from './identifiers.js';
import { identified, numberOf, numbersOf, textOf } from './property-reading.js';

const CLASS = 'SMS_AuthorizationList';

/** A software update group. */
export interface UpdateGroup {
  readonly ciId: CiId;
  /** Not unique. */
  readonly name: string;
}

/** A group with its updates. */
export interface DetailedGroup {
  readonly group: UpdateGroup;
  /** Each once, ascending. */
  readonly ciIds: readonly CiId[];
}

/**
 * Queries for all groups that these names or CI_IDs can mean, with the lazy property Updates; none for no reference.
 */
export function findUpdateGroups(references: readonly string[]): readonly Query<DetailedGroup>[] {
  const names = nonEmpty(references);
  const ids = nonEmpty(references.flatMap((reference) => groupIdIn(reference) ?? []));
  return [
    ...(names === undefined ? [] : [readGroups({ property: 'LocalizedDisplayName', oneOf: names })]),
    ...(ids === undefined ? [] : [readGroups({ property: 'CI_ID', oneOf: ids })]),
  ];
}

/** A group may also be called by its number. */
export function groupIdIn(reference: string): CiId | undefined {
  return /^[0-9]{1,10}$/.test(reference) ? ciId(Number(reference)) : undefined;
}

/** Every group that the account may see. */
export const listAllUpdateGroups: Query<UpdateGroup> = listGroups([], updateGroupOf);

function readGroups(condition: Condition): Query<DetailedGroup> {
  return { ...listGroups([condition], detailedGroupOf), withLazyProperties: { key: 'CI_ID', cim: 'uint32' } };
}

function listGroups<Row>(where: readonly Condition[], decode: Decode<Row>): Query<Row> {
  return {
    verb: 'query',
    class: CLASS,
    where,
    key: ['CI_ID'],
    properties: ['CI_ID', 'LocalizedDisplayName'],
    decode,
  };
}

function detailedGroupOf(instance: Instance): DetailedGroup {
  return { group: updateGroupOf(instance), ciIds: updatesOf(instance) };
}

function updateGroupOf(instance: Instance): UpdateGroup {
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
