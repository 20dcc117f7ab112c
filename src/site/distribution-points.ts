import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { packageId, type PackageId } from './identifiers.js';
import { identified, optionalDateOf, optionalNumberOf, textOf } from './property-reading.js';

const SUMMARY = 'SMS_PackageStatusDistPointsSummarizer';

/** What a distribution point does with a package (docs/configmgr.md, "Distribution after servicing"). */
export type PointActivity = 'at-rest' | 'working' | 'failed' | 'removing' | 'unknown';

/** One package on one distribution point. */
export interface PackageOnPoint {
  readonly packageId: PackageId;
  /** The server's name; the whole path where the name cannot be read. Not unique: see `key`. */
  readonly server: string;
  /** Tells the points of a package apart. */
  readonly key: string;
  readonly activity: PointActivity;
  /** State as the site has it, for the evidence. */
  readonly state: number | undefined;
  /** Of the content that the point has; undefined where the site tells none. */
  readonly sourceVersion: number | undefined;
  /** Milliseconds since 1970. */
  readonly summaryDate: number | undefined;
}

/** Every distribution point that has one of these packages, or should have it. */
export function listPackagesOnPoints(packages: NonEmpty<PackageId>): Query<PackageOnPoint> {
  return {
    verb: 'query',
    class: SUMMARY,
    where: [{ property: 'PackageID', oneOf: packages }],
    key: ['PackageID', 'ServerNALPath', 'SiteCode'],
    properties: ['PackageID', 'ServerNALPath', 'SiteCode', 'SourceVersion', 'State', 'SummaryDate'],
    decode: packageOnPointOf,
  };
}

function packageOnPointOf(instance: Instance): PackageOnPoint {
  const path = textOf(instance, SUMMARY, 'ServerNALPath');
  const state = optionalNumberOf(instance, SUMMARY, 'State');
  return {
    packageId: identified(packageId(textOf(instance, SUMMARY, 'PackageID')), instance, SUMMARY, 'PackageID'),
    server: serverOf(path),
    key: `${path.toLowerCase()} ${textOf(instance, SUMMARY, 'SiteCode').toUpperCase()}`,
    activity: activityOf(state),
    state,
    sourceVersion: optionalNumberOf(instance, SUMMARY, 'SourceVersion'),
    summaryDate: optionalDateOf(instance, SUMMARY, 'SummaryDate'),
  };
}

/** The numbers of State: 0 installed, 8 monitored; 1, 2, 7 on their way; 3 failed; 4 to 6 removals. */
function activityOf(state: number | undefined): PointActivity {
  switch (state) {
    case 0:
    case 8:
      return 'at-rest';
    case 1:
    case 2:
    case 7:
      return 'working';
    case 3:
      return 'failed';
    case 4:
    case 5:
    case 6:
      return 'removing';
    case undefined:
    default:
      return 'unknown';
  }
}

/** `dp01.contoso.local` of `["Display=\\dp01.contoso.local\"]MSWNET:["SMS_SITE=P01"]\\dp01.contoso.local\`. */
function serverOf(path: string): string {
  const bare = path.slice(path.lastIndexOf(']') + 1).replace(/^[\\/]+/u, '');
  const [server = ''] = bare.split(/[\\/]/u);
  return server === '' ? path : server;
}
