import { ciId } from './identifiers.js';
import { booleanOf, identified, numberOf, optionalBooleanOf, optionalDateOf, optionalFlagOf, optionalTextOf, textsOf, } from './property-reading.js';
const CLASS = 'SMS_SoftwareUpdate';
/**
 * What makes an update impossible to service, whatever else is right with it (docs/configmgr.md, "Update groups and
 * updates").
 */
export const OBSTACLES = [
    'feature-update',
    'metadata-only',
    'hidden',
    'disabled',
    'license-terms-not-accepted',
];
const PROPERTIES = [
    'CI_ID',
    'ArticleID',
    'LocalizedDisplayName',
    'IsExpired',
    'IsOfflineServiceable',
    'IsContentProvisioned',
    'IsSuperseded',
    'DatePosted',
    'IsMetadataOnlyUpdate',
    'IsHidden',
    'IsEnabled',
    'EULAExists',
    'EULAAccepted',
    'CategoryInstance_UniqueIDs',
];
/** The classification *Upgrades*: feature updates, which install a new Windows over the old one. */
const UPGRADES = 'UpdateClassification:3689bdc8-b205-4af4-8d4a-a63924c5e9d5';
export function listUpdates(ids) {
    return {
        verb: 'query',
        class: CLASS,
        key: ['CI_ID'],
        where: [{ property: 'CI_ID', oneOf: ids }],
        rows: { kind: 'at-most', forEachValue: 1 },
        properties: PROPERTIES,
        decode: softwareUpdateOf,
    };
}
/** All updates of these articles, whose numbers have no KB before them. One article stands for many CI_IDs. */
export function listUpdatesOfArticles(articles) {
    return {
        verb: 'query',
        class: CLASS,
        key: ['CI_ID'],
        where: [{ property: 'ArticleID', oneOf: articles }],
        properties: PROPERTIES,
        decode: softwareUpdateOf,
    };
}
export function softwareUpdateOf(instance) {
    const article = optionalTextOf(instance, CLASS, 'ArticleID');
    return {
        ciId: identified(ciId(numberOf(instance, CLASS, 'CI_ID')), instance, CLASS, 'CI_ID'),
        article: article === undefined ? undefined : `KB${article}`,
        title: optionalTextOf(instance, CLASS, 'LocalizedDisplayName'),
        isExpired: booleanOf(instance, CLASS, 'IsExpired'),
        isOfflineServiceable: booleanOf(instance, CLASS, 'IsOfflineServiceable'),
        isContentProvisioned: booleanOf(instance, CLASS, 'IsContentProvisioned'),
        obstacle: obstacleOf(instance),
        isSuperseded: booleanOf(instance, CLASS, 'IsSuperseded'),
        datePosted: optionalDateOf(instance, CLASS, 'DatePosted'),
    };
}
/** Those that no administrator can remove come first: advice to accept license terms would be of no use beside them. */
function obstacleOf(instance) {
    const flag = (property) => optionalBooleanOf(instance, CLASS, property);
    const categories = textsOf(instance, CLASS, 'CategoryInstance_UniqueIDs');
    if (categories.some((category) => category.toLowerCase() === UPGRADES.toLowerCase()))
        return 'feature-update';
    if (flag('IsMetadataOnlyUpdate') === true)
        return 'metadata-only';
    if (flag('IsHidden') === true)
        return 'hidden';
    if (flag('IsEnabled') === false)
        return 'disabled';
    // A number in the class: 0 declined, 1 accepted, 2 undetermined.
    const isAccepted = optionalFlagOf(instance, CLASS, 'EULAAccepted');
    return flag('EULAExists') === true && isAccepted === false ? 'license-terms-not-accepted' : undefined;
}
//# sourceMappingURL=software-update.js.map