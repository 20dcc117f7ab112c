import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { ciId, type CiId } from './identifiers.js';
import { identified, numberOf } from './property-reading.js';

const CLASS = 'SMS_CIRelation';
const SUPERSEDENCE = 6;

/**
 * That one of two updates supersedes the other. Which of the two is the older one, the relation alone does not tell
 * (docs/configmgr.md, "Software update groups and updates").
 */
export interface SupersedenceRelation {
  readonly from: CiId;
  readonly to: CiId;
}

/** The relations of supersedence between these updates and whatever others, from both ends: together they are all. */
export function listSupersedence(updates: NonEmpty<CiId>): readonly Query<SupersedenceRelation>[] {
  const byEnd = (property: 'FromCIID' | 'ToCIID'): Query<SupersedenceRelation> => ({
    verb: 'query',
    class: CLASS,
    key: ['FromCIID', 'ToCIID', 'RelationType'],
    where: [
      { property, oneOf: updates },
      { property: 'RelationType', oneOf: [SUPERSEDENCE] },
    ],
    properties: ['FromCIID', 'ToCIID', 'RelationType'],
    decode: supersedenceRelationOf,
  });
  return [byEnd('FromCIID'), byEnd('ToCIID')];
}

function supersedenceRelationOf(instance: Instance): SupersedenceRelation {
  const id = (property: string): CiId =>
    identified(ciId(numberOf(instance, CLASS, property)), instance, CLASS, property);
  return { from: id('FromCIID'), to: id('ToCIID') };
}
