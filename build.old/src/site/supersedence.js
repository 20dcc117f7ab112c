import { ciId } from './identifiers.js';
import { identified, numberOf } from './property-reading.js';
const CLASS = 'SMS_CIRelation';
const SUPERSEDENCE = 6;
/** The relations of supersedence between these updates and whatever others, from both ends: together they are all. */
export function listSupersedence(updates) {
    const byEnd = (property) => ({
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
function supersedenceRelationOf(instance) {
    const id = (property) => identified(ciId(numberOf(instance, CLASS, property)), instance, CLASS, property);
    return { from: id('FromCIID'), to: id('ToCIID') };
}
//# sourceMappingURL=supersedence.js.map