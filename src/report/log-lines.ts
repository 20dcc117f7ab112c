import { IMAGE_KIND } from '../site/image-package.js';
import type { Progress } from '../servicing/progress.js';
import type { UpdateSelection } from '../servicing/update-selection.js';
import { counted, reasonText, updateText } from './update-names.js';

/** A line for a person who watches a run, with what folds away below it where the host can fold. */
export interface LogEntry {
  readonly line: string;
  readonly details: readonly string[];
}

/** What a person reads of a run while it goes on. The texts hold words of the site: a host neutralises them. */
export function entriesOf(progress: Progress): readonly LogEntry[] {
  if (progress.kind === 'selected') return selectionEntries(progress.selection);
  return linesOf(progress).map((line) => ({ line, details: [] }));
}

function linesOf(progress: Exclude<Progress, { readonly kind: 'selected' }>): readonly string[] {
  switch (progress.kind) {
    case 'site-found': {
      const { siteCode, siteName, version } = progress.site;
      const details = [siteName, version === undefined ? undefined : `version ${version}`];
      return [`Site ${siteCode}${bracketed(details)}`];
    }
    case 'image-found': {
      const { image, siteServer } = progress;
      const version = image.version === undefined ? undefined : `version ${image.version}`;
      return [
        `Image "${image.name}"${bracketed([image.packageId, IMAGE_KIND[image.class], version, image.sourcePath])}`,
        `Serviced by site server ${siteServer}, for source site ${image.sourceSite}`,
      ];
    }
    case 'indexes-found':
      return progress.indexes === undefined
        ? [
            'The indexes of the image cannot be read: no update counts as installed already, the site decides itself',
          ]
        : [`Operating systems in the image: index ${[...progress.indexes].sort((a, b) => a - b).join(', ')}`];
    case 'group-found':
      return [
        `Update group "${progress.group.name}" (CI_ID ${progress.group.ciId}): ${counted(progress.updates, 'update')}`,
      ];
    case 'draft-written':
      return [`Schedule ${progress.scheduleId} written as a draft, named "${progress.name}"`];
    case 'looking-up':
      return [
        `Looking up ${progress.what} in ${progress.seconds} s: what is new takes a while to become visible`,
      ];
    case 'links-written':
      return [`Image and ${counted(progress.updates, 'update')} linked to schedule ${progress.scheduleId}`];
    case 'read-back':
      return [
        `Schedule ${progress.scheduleId} read back: ${progress.updates === 1 ? 'the update is' : `all ${progress.updates} updates are`} there`,
      ];
    case 'started':
      return [
        `Schedule ${progress.scheduleId} started: ${progress.siteServer} was asked to service the image now`,
      ];
    case 'stray-draft-left':
      return [
        progress.scheduleId === undefined
          ? `A second draft named "${progress.name}" may be left over, empty; it never runs and can be removed`
          : `Schedule ${progress.scheduleId}, an empty draft named "${progress.name}", is left over; it never runs and can be removed`,
      ];
    case 'undoing':
      return [`Failed (${progress.because.code}); removing what was written`];
    case 'not-tidied-up':
      return [`Something is left in the temporary folder: ${progress.why}`];
    case 'retry': {
      const { label, why, attempt, attempts, delayMilliseconds } = progress.notice;
      return [
        `${label}: ${why}; attempt ${attempt} of ${attempts} in ${(delayMilliseconds / 1_000).toFixed(1)} s`,
      ];
    }
  }
}

function selectionEntries({ used, leftOut }: UpdateSelection): readonly LogEntry[] {
  return [
    {
      line: `Used: ${counted(used.length, 'update')}`,
      details: used.map((update) => updateText(update.ciId, update)),
    },
    {
      line: `Left out: ${counted(leftOut.length, 'update')}`,
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
