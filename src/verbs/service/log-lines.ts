import { inputNamed, inputSetTo } from '../../diagnosis/input-mention.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { titleOf, troubleshootingUrl } from '../../diagnosis/troubleshooting-page.js';
import { IMAGE_KIND, type ImagePackage } from '../../site/image-package.js';
import { allVersionsOf, tellVersions, type ImageVersions } from '../../site/image-versions.js';
import type { Progress } from '../../plan/progress.js';
import type { RunEvent } from '../../report/run-event.js';
import { servicingDoubtText } from './servicing-doubt.js';
import { settingsText } from './settings-text.js';
import { counted, reasonText, updateText } from './update-names.js';
import { isWarning } from './warnings.js';

/** What a person reads of a run while it goes on. The texts hold words of the site: a host neutralises them. */
export function eventsOf(progress: Progress): readonly RunEvent[] {
  const level = isWarning(progress) ? 'warning' : 'info';
  return entriesOf(progress).map((entry) => ({ level, ...entry }));
}

type LogEntry = Omit<RunEvent, 'level'>;

function entriesOf(progress: Progress): readonly LogEntry[] {
  if (progress.kind === 'image-found') return imageEntries(progress);
  if (progress.kind === 'selected') return selectionEntries(progress);
  if (progress.kind === 'undoing') return undoEntries(progress.because);
  if (progress.kind === 'writing' || progress.kind === 'linking') return [];
  return [{ line: lineOf(progress), details: [] }];
}

/** All that is one line, whatever happened. */
type LineProgress = Exclude<
  Progress,
  { readonly kind: 'selected' | 'image-found' | 'undoing' | 'writing' | 'linking' }
>;

function lineOf(progress: LineProgress): string {
  switch (progress.kind) {
    case 'site-found': {
      const { siteCode, siteName, version } = progress.site;
      const details = [siteName, version === undefined ? undefined : `version ${version}`];
      return `Site ${siteCode}${bracketed(details)}`;
    }
    case 'line-is-one-name':
      return `"${progress.line}" is one name with a comma in it`;
    case 'servicing-doubtful':
      return servicingDoubtText(progress.image, progress.doubt);
    case 'group-found':
      return `Update group "${progress.group.name}" (CI_ID ${progress.group.ciId}): ${counted(progress.updates, 'update')}`;
    case 'article-found':
      return `Article ${progress.article} stands for ${counted(progress.updates, 'update')}`;
    case 'applicable-found':
      return `Applicable to image ${progress.image.packageId}, as the site holds it: ${counted(progress.updates, 'update')}`;
    case 'settings':
      return settingsText(progress.settings);
    case 'exclusion-without-effect':
      return `${inputNamed('exclude-updates')} has ${progress.excluded}, which matches none of the updates that were asked for`;
    case 'cleanup-found':
      return `Superseded updates are removed by the property ${progress.property}, as this site names it`;
    case 'image-of-other-site':
      return writtenElsewhere(progress.image, progress.providerSite, progress.siteServer);
    case 'also-scheduled':
      return `Image "${progress.image.name}" (${progress.image.packageId}) gets a second servicing schedule, because of ${inputSetTo('if-scheduled', 'add')}. It already has ${progress.schedules.join(', ')}`;
    case 'schedules-not-shown':
      return `Image ${progress.image.packageId} is linked to ${progress.scheduleIds.length === 1 ? 'schedule' : 'schedules'} ${progress.scheduleIds.join(', ')}, which the site does not show: deleted without its links, or hidden from the account. Whether it services the image is not known`;
    case 'draft-beside':
      return draftBeside(progress);
    case 'schedule-written':
      return `Schedule ${progress.scheduleId} written${progress.isDraft ? ' as a draft' : ', marked to run'}, named "${progress.name}"`;
    case 'looking-up':
      return `Looking up ${progress.what} in ${progress.seconds} s: what is new takes a while to become visible`;
    case 'links-written':
      return `${linkedText(progress)} linked to schedule ${progress.scheduleId}`;
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
    case 'not-tidied-up':
      return `Something is left in the temporary folder: ${progress.why}`;
    case 'retry': {
      const { label, why, attempt, attempts, delayMilliseconds } = progress.notice;
      return `${label}: ${why}; attempt ${attempt} of ${attempts} in ${(delayMilliseconds / 1_000).toFixed(1)} s`;
    }
  }
}

/** All of it before the undo begins: whatever ends the undo, nobody has to guess what it began with. */
function undoEntries(because: Diagnosis): readonly LogEntry[] {
  const { code, what, cause, next } = because;
  return [
    `${code === 'OS501' ? 'Cancelled' : `Failed (${code})`}; removing what was written`,
    `  What failed: ${what}`,
    `  Probable cause: ${cause}`,
    `  What to do: ${next}`,
    `  ${titleOf(code)}: ${troubleshootingUrl(code)}`,
  ].map((line) => ({ line, details: [] }));
}

function linkedText({
  isImageLinked,
  updates,
  of: all,
}: Progress & { readonly kind: 'links-written' }): string {
  const linked = updates === all ? counted(all, 'update') : `${updates} of ${counted(all, 'update')}`;
  return isImageLinked ? `Image and ${linked}` : `${linked}, but not the image,`;
}

function imageEntries({
  image,
  siteServer,
  indexes,
  versions,
}: Progress & { readonly kind: 'image-found' }): readonly LogEntry[] {
  return [
    {
      line: `Image "${image.name}" (${[image.packageId, IMAGE_KIND[image.class], ...osVersions(versions)].join(', ')}): site server ${siteServer} is to service it`,
      details: [
        ...(image.version === undefined ? [] : [`Version ${image.version}`]),
        ...(image.sourcePath === undefined ? [] : [`Source ${image.sourcePath}`]),
        `Source site ${image.sourceSite}`,
        ...(allVersionsOf(versions).length > 1 ? [`OS versions ${tellVersions(versions)}`] : []),
        ...(indexes === undefined
          ? []
          : [`Operating systems in the image: index ${[...indexes].sort((a, b) => a - b).join(', ')}`]),
      ],
    },
    ...(indexes === undefined ? [{ line: unknownIndexes(image), details: [] }] : []),
  ];
}

/** Of most images one, whichever index; of others the whole list is below the line. */
function osVersions(versions: ImageVersions): readonly string[] {
  const all = allVersionsOf(versions).map(({ text }) => text);
  if (all.length === 0) return [];
  return [all.length > MOST_VERSIONS ? `${all.length} OS versions` : `OS version ${all.join(' and ')}`];
}

const MOST_VERSIONS = 3;

function unknownIndexes({ packageId }: ImagePackage): string {
  return `The indexes of image ${packageId} cannot be read: no update counts as installed already, the site decides itself`;
}

/** Nobody knows more of it (docs/configmgr.md, "Site and provider"). */
function writtenElsewhere({ packageId, sourceSite }: ImagePackage, provider: string, server: string): string {
  return `Image ${packageId} belongs to site ${sourceSite}, and the provider to site ${provider}: the schedule is written at ${provider}, and ${server} is asked to run it. Whether and when it does there is not documented: see OfflineServicingMgr.log on ${server}`;
}

function draftBeside({ image, scheduleId, name }: Progress & { readonly kind: 'draft-beside' }): string {
  const which = name === undefined ? `Schedule ${scheduleId}` : `Schedule ${scheduleId} (name "${name}")`;
  return `${which} for image ${image.packageId} is a draft of another run. If that run is still at work, the image may get two schedules; if it was killed, remove the draft (docs/troubleshooting.md, "Looking for what is left")`;
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
