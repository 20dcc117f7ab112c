import type { StepRequest } from '../../parameters/step-request.js';
import type { RetryNotice } from '../../provider/retry-policy.js';
import type { Progress } from '../../plan/progress.js';
import type { NameReference } from '../../plan/servicing-request.js';
import type { UpdateSelection } from '../../plan/update-selection.js';
import type { PackageId } from '../../site/identifiers.js';
import type { ImageIndexes } from '../../site/image-indexes.js';
import type { ImagePackage } from '../../site/image-package.js';
import type { ImageVersions } from '../../site/image-versions.js';
import type { SiteIdentification } from '../../site/site-server.js';
import type { UpdateGroup } from '../../site/update-group.js';
import { entriesOf } from './log-lines.js';
import { isWarning } from './warnings.js';

/** An image as far as a run has come with it. */
export interface FoundImage {
  readonly image: ImagePackage;
  readonly siteServer: string;
  readonly indexes: ImageIndexes | undefined;
  readonly versions: ImageVersions;
  /** How many updates the site holds as applicable to it; undefined where that was not asked for. */
  readonly applicable: number | undefined;
  /** Undefined until its updates were looked at. */
  readonly selection: UpdateSelection | undefined;
}

/** What was written of a schedule. */
export interface SeenSchedule {
  readonly name: string;
  /** For people; undefined for one that starts at once, or was not started. */
  readonly startsAt: string | undefined;
}

/** All that a run tells while it goes on, kept for its report: a run that fails returns nothing else. */
export class RunRecord {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  request: StepRequest | undefined;
  site: SiteIdentification | undefined;
  hasBegunToWrite = false;
  readonly groups: { readonly group: UpdateGroup; readonly updates: number }[] = [];
  readonly articles: { readonly article: string; readonly updates: number }[] = [];
  readonly images = new Map<PackageId, FoundImage>();
  readonly schedules = new Map<number, SeenSchedule>();
  readonly retries: RetryNotice[] = [];
  readonly warnings: string[] = [];
  /** Of images that are told themselves only later: what applies to them has to be known before their details are read. */
  readonly #applicable = new Map<PackageId, number>();

  /** Milliseconds since 1970. */
  readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
    this.startedAt = now();
  }

  /** Keeps what is asked for, and hands it on. */
  asked(request: StepRequest): StepRequest {
    this.request = request;
    return request;
  }

  hear(progress: Progress): void {
    if (isWarning(progress)) this.warnings.push(...entriesOf(progress).map(({ line }) => line));
    switch (progress.kind) {
      case 'site-found':
        this.site = progress.site;
        return;
      case 'line-is-one-name':
        this.request = this.request && withWholeLine(this.request, progress.line);
        return;
      case 'image-found': {
        const { image, siteServer, indexes, versions } = progress;
        this.images.set(image.packageId, {
          image,
          siteServer,
          indexes,
          versions,
          applicable: this.#applicable.get(image.packageId),
          selection: undefined,
        });
        return;
      }
      case 'group-found':
        this.groups.push({ group: progress.group, updates: progress.updates });
        return;
      case 'article-found':
        this.articles.push({ article: progress.article, updates: progress.updates });
        return;
      case 'applicable-found':
        this.#applicable.set(progress.image.packageId, progress.updates);
        return;
      case 'selected': {
        const { image, selection } = progress;
        const found = this.images.get(image.packageId);
        if (found !== undefined) this.images.set(image.packageId, { ...found, selection });
        return;
      }
      case 'schedule-written':
        this.schedules.set(progress.scheduleId, { name: progress.name, startsAt: undefined });
        return;
      case 'started': {
        const written = this.schedules.get(progress.scheduleId);
        if (written !== undefined)
          this.schedules.set(progress.scheduleId, { ...written, startsAt: progress.startsAt });
        return;
      }
      case 'retry':
        this.retries.push(progress.notice);
        return;
      case 'writing':
        this.hasBegunToWrite = true;
        return;
      case 'servicing-doubtful':
      case 'settings':
      case 'exclusion-without-effect':
      case 'cleanup-found':
      case 'image-of-other-site':
      case 'also-scheduled':
      case 'schedules-not-shown':
      case 'draft-beside':
      case 'looking-up':
      case 'links-written':
      case 'read-back':
      case 'taken-early':
      case 'stray-schedule-left':
      case 'undoing':
      case 'not-tidied-up':
        return;
    }
  }
}

/** The request, with a line that turned out to be one name as that name. */
function withWholeLine(request: StepRequest, line: string): StepRequest {
  const whole = (each: NameReference): NameReference =>
    typeof each !== 'string' && each.line === line ? line : each;
  const { servicing } = request;
  const [image, ...otherImages] = servicing.images;
  return {
    ...request,
    servicing: {
      ...servicing,
      images: [whole(image), ...otherImages.map(whole)],
      updateGroups: servicing.updateGroups.map(whole),
    },
  };
}
