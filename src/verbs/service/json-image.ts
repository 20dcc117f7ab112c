import type { LeftOutReason, LeftOutUpdate } from '../../plan/update-selection.js';
import type { ImageClass } from '../../site/image-package.js';
import { allVersionsOf } from '../../site/image-versions.js';
import { highestVersion } from '../../site/os-version.js';
import type { SoftwareUpdate } from '../../site/software-update.js';
import type { RunState } from './run-result.js';
import type {
  JsonCiId,
  JsonCount,
  JsonId,
  JsonIndex,
  JsonPackageId,
  JsonSiteCode,
} from '../../report/json-values.js';
import type { FollowedImage } from '../../follow/followed-image.js';
import { jsonFollowedImage, type JsonFollowedImage } from '../../report/json-follow.js';
import type { KnownImage } from '../../plan/known.js';

/** One image in the report. */
export interface JsonImage {
  readonly packageId: JsonPackageId;
  readonly name: string;
  readonly class: ImageClass;
  readonly version: string | null;
  readonly sourcePath: string | null;
  readonly sourceSite: JsonSiteCode;
  /** FQDN of the server that services it. */
  readonly siteServer: string;
  /** Operating systems in the image, ascending; null if they cannot be read. */
  readonly indexes: readonly JsonIndex[] | null;
  /** The highest that the site tells for any index, or for the package; null where it tells none. */
  readonly osVersion: string | null;
  /** For every index that is known, ascending. */
  readonly osVersions: readonly JsonIndexVersion[];
  readonly state: RunState;
  /** Null if no schedule was made. Of a run that failed: of the schedule that runs, or might be left. */
  readonly scheduleId: JsonId | null;
  /** As OfflineServicingMgr.log calls it. */
  readonly scheduleName: string | null;
  /** For people; null for a schedule that starts at once, and where there is none. */
  readonly startsAt: string | null;
  /** How many updates the site holds as applicable; null where that was not asked for. */
  readonly applicable: JsonCount | null;
  /** Null where the run ended before it looked at the updates. */
  readonly used: readonly JsonUpdate[] | null;
  /** Null where the run ended before it looked at the updates. */
  readonly leftOut: readonly JsonLeftOutUpdate[] | null;
  /** What came of its servicing; null where nobody waited for that. */
  readonly followed: JsonFollowedImage | null;
}

export interface JsonIndexVersion {
  readonly index: JsonIndex;
  /** Null where it cannot be read. */
  readonly osVersion: string | null;
}

export interface JsonUpdate {
  readonly ciId: JsonCiId;
  /** With KB before it. */
  readonly article: string | null;
  readonly title: string | null;
}

export interface JsonLeftOutUpdate extends JsonUpdate {
  readonly need: LeftOutReason['need'];
  readonly reason: LeftOutReason['why'];
  /** The update that is used in its place or, where the reason says so, that the image has already. */
  readonly supersededBy: JsonUpdate | null;
  /** The update of the same article that is the one for the image, where that is the reason. */
  readonly sibling: JsonUpdate | null;
}

/** What is known of an image, whether its run failed or not. */
export interface EndedImage extends KnownImage {
  readonly state: RunState;
  readonly scheduleId: number | undefined;
  readonly scheduleName: string | undefined;
  readonly startsAt: string | undefined;
  readonly followed: FollowedImage | undefined;
}

export function jsonImage({ image, selection, indexes, versions, ...known }: EndedImage): JsonImage {
  return {
    packageId: image.packageId,
    name: image.name,
    class: image.class,
    version: image.version ?? null,
    sourcePath: image.sourcePath ?? null,
    sourceSite: image.sourceSite,
    siteServer: known.siteServer,
    indexes: indexes === undefined ? null : [...indexes].sort((one, other) => one - other),
    osVersion: highestVersion(allVersionsOf(versions))?.text ?? null,
    osVersions: [...versions.byIndex].map(([index, version]) => ({
      index,
      osVersion: version?.text ?? null,
    })),
    state: known.state,
    scheduleId: known.scheduleId ?? null,
    scheduleName: known.scheduleName ?? null,
    startsAt: known.startsAt ?? null,
    applicable: known.applicable ?? null,
    used: selection?.used.map(jsonUpdate) ?? null,
    leftOut: selection?.leftOut.map(jsonLeftOut) ?? null,
    followed: known.followed === undefined ? null : jsonFollowedImage(known.followed),
  };
}

function jsonUpdate({ ciId, article, title }: SoftwareUpdate): JsonUpdate {
  return { ciId, article: article ?? null, title: title ?? null };
}

function jsonLeftOut({ ciId, update, reason }: LeftOutUpdate): JsonLeftOutUpdate {
  return {
    ciId,
    article: update?.article ?? null,
    title: update?.title ?? null,
    need: reason.need,
    reason: reason.why,
    supersededBy:
      reason.why === 'superseded' || reason.why === 'superseded-by-installed' ? jsonUpdate(reason.by) : null,
    sibling: reason.why === 'not-required-sibling' ? jsonUpdate(reason.by) : null,
  };
}
