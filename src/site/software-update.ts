import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { ciId, type CiId } from './identifiers.js';
import { booleanOf, identified, numberOf, optionalDateOf, optionalTextOf } from './property-reading.js';

const CLASS = 'SMS_SoftwareUpdate';

/** An update, as far as servicing has to know it (docs/configmgr.md, "Update groups and updates"). */
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
];

export function listUpdates(ids: readonly [CiId, ...CiId[]]): Query {
  return {
    verb: 'query',
    class: CLASS,
    key: ['CI_ID'],
    where: [{ property: 'CI_ID', oneOf: ids }],
    rowsForEach: 1,
    properties: PROPERTIES,
  };
}

/** All updates of these articles, whose numbers have no KB before them. One article stands for many CI_IDs. */
export function listUpdatesOfArticles(articles: readonly [string, ...string[]]): Query {
  return {
    verb: 'query',
    class: CLASS,
    key: ['CI_ID'],
    where: [{ property: 'ArticleID', oneOf: articles }],
    properties: PROPERTIES,
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
    isSuperseded: booleanOf(instance, CLASS, 'IsSuperseded'),
    datePosted: optionalDateOf(instance, CLASS, 'DatePosted'),
  };
}
