import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { ciId, type CiId } from './identifiers.js';
import {
  booleanOf,
  identified,
  numberOf,
  optionalBooleanOf,
  optionalDateOf,
  optionalFlagOf,
  optionalTextOf,
  textsOf,
} from './property-reading.js';

const CLASS = 'SMS_SoftwareUpdate';

/**
 * What makes an update impossible to service, whatever else is right with it (docs/configmgr.md, "Software update
 * groups and updates").
 */
export const OBSTACLES = [
  'feature-update',
  'metadata-only',
  'hidden',
  'disabled',
  'license-terms-not-accepted',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** An update, as far as servicing has to know it (docs/configmgr.md, "Software update groups and updates"). */
export interface SoftwareUpdate {
  readonly ciId: CiId;
  /** With KB before it; undefined where the update has no article. */
  readonly article: string | undefined;
  readonly title: string | undefined;
  readonly isExpired: boolean;
  /** Necessary, not sufficient: true even on some updates that DISM cannot apply. */
  readonly isOfflineServiceable: boolean;
  /** Whether the content was downloaded. */
  readonly isContentProvisioned: boolean;
  /** Undefined where nothing of the kind speaks against it. */
  readonly obstacle: Obstacle | undefined;
  /** By whatever update of the site, which need not be one that is selected. */
  readonly isSuperseded: boolean;
  /** Milliseconds since 1970; undefined where the site tells none. */
  readonly datePosted: number | undefined;
}

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

export function listUpdates(ids: NonEmpty<CiId>): Query<SoftwareUpdate> {
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
export function listUpdatesOfArticles(articles: NonEmpty<string>): Query<SoftwareUpdate> {
  return {
    verb: 'query',
    class: CLASS,
    key: ['CI_ID'],
    where: [{ property: 'ArticleID', oneOf: articles }],
    properties: PROPERTIES,
    decode: softwareUpdateOf,
  };
}

export function softwareUpdateOf(instance: Instance): SoftwareUpdate {
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
function obstacleOf(instance: Instance): Obstacle | undefined {
  const flag = (property: string): boolean | undefined => optionalBooleanOf(instance, CLASS, property);
  const categories = textsOf(instance, CLASS, 'CategoryInstance_UniqueIDs');
  if (categories.some((category) => category.toLowerCase() === UPGRADES.toLowerCase()))
    return 'feature-update';
  if (flag('IsMetadataOnlyUpdate') === true) return 'metadata-only';
  if (flag('IsHidden') === true) return 'hidden';
  if (flag('IsEnabled') === false) return 'disabled';
  // A number in the class: 0 declined, 1 accepted, 2 undetermined.
  const isAccepted = optionalFlagOf(instance, CLASS, 'EULAAccepted');
  return flag('EULAExists') === true && isAccepted === false ? 'license-terms-not-accepted' : undefined;
}
