import { IMAGE_KIND, type ImagePackage } from '../site/image-package.js';
import type { Progress } from '../servicing/progress.js';
import { settingsText } from './settings-text.js';
import { counted, reasonText, updateText } from './update-names.js';

/** A line for a person who watches a run, with what folds away below it where the host can fold. */
export interface LogEntry {
  readonly line: string;
  readonly details: readonly string[];
}

/** What a person reads of a run while it goes on. The texts hold words of the site: a host neutralises them. */
export function entriesOf(progress: Progress): readonly LogEntry[] {
  if (progress.kind === 'image-found') return imageEntries(progress);
  if (progress.kind === 'selected') return selectionEntries(progress);
  return [{ line: lineOf(progress), details: [] }];
}

/** All but what folds away below an image: a run may have fifty of them. */
type LineProgress = Exclude<Progress, { readonly kind: 'selected' | 'image-found' }>;

function lineOf(progress: LineProgress): string {
  switch (progress.kind) {
    case 'site-found': {
      const { siteCode, siteName, version } = progress.site;
      const details = [siteName, version === undefined ? undefined : `version ${version}`];
      return `Site ${siteCode}${bracketed(details)}`;
    }
    case 'group-found':
      return `Update group "${progress.group.name}" (CI_ID ${progress.group.ciId}): ${counted(progress.updates, 'update')}`;
    case 'article-found':
      return `Article ${progress.article} stands for ${counted(progress.updates, 'update')}`;
    case 'applicable-found':
      return `Applicable to image ${progress.image.packageId}, as the site holds it: ${counted(progress.updates, 'update')}`;
    case 'settings':
      return settingsText(progress.settings);
    case 'exclusion-without-effect':
      return `${progress.excluded} is to be excluded, and is none of the updates that were asked for`;
    case 'cleanup-found':
      return `Superseded updates are removed by the property ${progress.property}, as this site names it`;
    case 'schedule-written':
      return `Schedule ${progress.scheduleId} written${progress.isDraft ? ' as a draft' : ', marked to run'}, named "${progress.name}"`;
    case 'looking-up':
      return `Looking up ${progress.what} in ${progress.seconds} s: what is new takes a while to become visible`;
    case 'links-written':
      return `Image and ${counted(progress.updates, 'update')} linked to schedule ${progress.scheduleId}`;
    case 'read-back':
      return `Schedule ${progress.scheduleId} read back: ${progress.updates === 1 ? 'the update is' : `all ${progress.updates} updates are`} there`;
    case 'taken-early':
      return `Schedule ${progress.scheduleId} was taken while it was being written: image ${progress.image} may get some of its updates only; see OfflineServicingMgr.log`;
    case 'started':
      return progress.startsAt === undefined
        ? `Schedule ${progress.scheduleId} started: ${progress.siteServer} was asked to service the image now`
        : `Schedule ${progress.scheduleId} starts at ${progress.startsAt}: ${progress.siteServer} was told of it`;
    case 'stray-schedule-left':
      return progress.scheduleId === undefined
        ? `A second schedule named "${progress.name}" may be left over, without any links; it services nothing and can be removed`
        : `Schedule ${progress.scheduleId}, a second one named "${progress.name}" without any links, is left over; it services nothing and can be removed`;
    case 'undoing':
      return `Failed (${progress.because.code}); removing what was written`;
    case 'not-tidied-up':
      return `Something is left in the temporary folder: ${progress.why}`;
    case 'retry': {
      const { label, why, attempt, attempts, delayMilliseconds } = progress.notice;
      return `${label}: ${why}; attempt ${attempt} of ${attempts} in ${(delayMilliseconds / 1_000).toFixed(1)} s`;
    }
  }
}

function imageEntries({
  image,
  siteServer,
  indexes,
  otherSite,
}: Progress & { readonly kind: 'image-found' }): readonly LogEntry[] {
  return [
    {
      line: `Image "${image.name}" (${image.packageId}, ${IMAGE_KIND[image.class]}): site server ${siteServer} is to service it`,
      details: [
        ...(image.version === undefined ? [] : [`Version ${image.version}`]),
        ...(image.sourcePath === undefined ? [] : [`Source ${image.sourcePath}`]),
        `Source site ${image.sourceSite}`,
        ...(indexes === undefined
          ? []
          : [`Operating systems in the image: index ${[...indexes].sort((a, b) => a - b).join(', ')}`]),
      ],
    },
    ...(indexes === undefined ? [{ line: unknownIndexes(image), details: [] }] : []),
    ...(otherSite === undefined
      ? []
      : [{ line: writtenElsewhere(image, otherSite, siteServer), details: [] }]),
  ];
}

function unknownIndexes({ packageId }: ImagePackage): string {
  return `The indexes of image ${packageId} cannot be read: no update counts as installed already, the site decides itself`;
}

/** Nobody knows more of it (docs/configmgr.md, "Site and provider"). */
function writtenElsewhere({ packageId, sourceSite }: ImagePackage, provider: string, server: string): string {
  return `Image ${packageId} belongs to site ${sourceSite}, and the provider to site ${provider}: the schedule is written at ${provider}, and ${server} is asked to run it. Whether and when it does there is not documented: see OfflineServicingMgr.log on ${server}`;
}

function selectionEntries({
  image,
  selection: { used, leftOut },
}: Progress & { readonly kind: 'selected' }): readonly LogEntry[] {
  return [
    {
      line: `Used for image ${image.packageId}: ${counted(used.length, 'update')}`,
      details: used.map((update) => updateText(update.ciId, update)),
    },
    {
      line: `Left out of image ${image.packageId}: ${counted(leftOut.length, 'update')}`,
      details: leftOut.map(
        ({ ciId, update, reason }) => `${updateText(ciId, update)} (${reasonText(reason)})`,
      ),
    },
  ];
}

function bracketed(details: readonly (string | undefined)[]): string {
  const known = details.filter((detail) => detail !== undefined);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}
