import type { NonEmpty } from '../../collections/non-empty.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { inputNamed } from '../../diagnosis/input-mention.js';
import type { ImageResult, RunResult } from './run-result.js';
import { impossibleUpdates } from '../../plan/update-selection.js';
import { errorSections, headlineOfFailure, type SummaryOptions } from '../../report/failure-summary.js';
import { shownWith, type Shown } from '../../report/summary-text.js';
import { NO_MASK } from '../../report/secret-mask.js';
import { rowsWithRoom, withinLimit } from '../../report/summary-limits.js';
import type { FailedRun } from './service-images.js';
import { settingsText } from './settings-text.js';
import { frameLine, sourceLine, warningLines, type SummaryFrame } from './summary-frame.js';
import {
  imageDetails,
  imagesTable,
  LISTS_OF_AN_IMAGE,
  type SummaryImage,
  type UsedWords,
} from './summary-images.js';
import { warningsOf } from './warnings.js';

const HEADLINE: Readonly<Record<RunResult['state'], string>> = {
  scheduled: '✅ Offline servicing scheduled',
  'nothing-to-do': '✅ Nothing to do: no image gets an update',
  planned: '📝 Dry run: this would be scheduled',
  succeeded: '✅ Offline servicing succeeded',
  'partly-failed': '⚠️ Offline servicing: some updates were not installed',
  failed: '❌ Offline servicing failed',
  'timed-out': '❌ Offline servicing did not end in time',
  cancelled: '⏹️ Offline servicing cancelled',
  'cancel-requested': '⏹️ Offline servicing: a cancel was requested',
  running: '⏳ Offline servicing still runs',
};

const SCHEDULED: UsedWords = { column: 'Scheduled', list: 'scheduled' };
const WOULD_BE_SCHEDULED: UsedWords = { column: 'Would be scheduled', list: 'would be scheduled' };
const SELECTED: UsedWords = { column: 'Selected', list: 'selected' };

/** What a person reads on the page of a run that is done, in GitHub's Markdown. */
export function jobSummary(
  result: RunResult,
  frame: SummaryFrame,
  { mask = NO_MASK, errors = [] }: SummaryOptions = {},
): string {
  const { site, updateGroups, settings, state } = result;
  const shown = shownWith(mask);
  const used = state === 'planned' ? WOULD_BE_SCHEDULED : SCHEDULED;
  const images = result.images.map(imageOfResult);
  // The table of the images, the warnings, and the lists of each image.
  const lists = 2 + LISTS_OF_AN_IMAGE * images.length;
  return withinLimit([
    `## ${HEADLINE[state]}`,
    '',
    ...errorSections(errors, shown),
    sourceLine(updateGroups, site, shown),
    '',
    shown(settingsText(settings)),
    '',
    ...imagesTable(images, used, lists, shown),
    ...warningLines([...frame.warnings, ...warningsOf(result)], lists, shown),
    ...images.flatMap((image) => imageDetails(image, images.length, used, lists, shown)),
    '### What comes next',
    '',
    ...nextSteps(result, shown),
    '',
    frameLine(frame, shown),
  ]);
}

/** The same of a run that failed: why, and what is known of the site, the images and the plan. */
export function failedJobSummary(
  { known, left, errors }: Pick<FailedRun, 'known' | 'left'> & { readonly errors: NonEmpty<Diagnosis> },
  frame: SummaryFrame,
  { mask = NO_MASK }: Pick<SummaryOptions, 'mask'> = {},
): string {
  const shown = shownWith(mask);
  const images = known.images.map((each): SummaryImage => {
    const own = left.filter(({ packageId }) => packageId === each.image.packageId).at(-1);
    return {
      ...each,
      state: own === undefined ? 'not scheduled' : 'might be left at the site',
      scheduleId: own?.scheduleId,
      scheduleName: own?.name,
    };
  });
  // The errors take as much as all lists together.
  const lists = 3 + LISTS_OF_AN_IMAGE * images.length;
  const groups = known.groups.map(({ group }) => group);
  return withinLimit([
    headlineOfFailure(errors),
    '',
    ...errorSections(errors, shown),
    ...(known.site === undefined ? [] : ['### What is known', '', sourceLine(groups, known.site, shown), '']),
    shown(settingsText(known.request)),
    '',
    ...(images.length === 0 ? [] : imagesTable(images, SELECTED, lists, shown)),
    ...warningLines(frame.warnings, lists, shown),
    ...images.flatMap((image) => imageDetails(image, images.length, SELECTED, lists, shown)),
    frameLine(frame, shown),
  ]);
}

const STATES: Readonly<Record<ImageResult['state'], string>> = {
  scheduled: 'scheduled',
  planned: 'would be scheduled',
  'nothing-to-do': 'nothing to do',
  succeeded: 'succeeded',
  'partly-failed': 'partly failed',
  failed: 'failed',
  'timed-out': 'timed out',
  cancelled: 'cancelled',
  'cancel-requested': 'cancel requested',
  running: 'running',
};

function imageOfResult({ image, versions, selection, schedule, state, startsAt }: ImageResult): SummaryImage {
  const isLater = startsAt !== undefined && (state === 'scheduled' || state === 'planned');
  return {
    image,
    versions,
    selection,
    state: isLater ? `${STATES[state]}, ${startsAt}` : STATES[state],
    scheduleId: schedule?.scheduleId,
    scheduleName: schedule?.name,
  };
}

function nextSteps({ state, site, images }: RunResult, shown: Shown): readonly string[] {
  switch (state) {
    case 'scheduled': {
      const scheduled = images.filter((image) => image.state === 'scheduled');
      return [
        'Scheduled is not yet installed: the site does the rest.',
        '',
        ...rowsWithRoom(startsOf(scheduled, ['was asked to start now with', 'starts'], shown), 2),
        '',
        ...(scheduled.some(({ image }) => image.sourceSite !== site.siteCode)
          ? [
              `The schedules were written at site ${shown(site.siteCode)}. When a server of another site takes its own is not documented: look there.`,
              '',
            ]
          : []),
        'Follow it in the console (Operating System Images or Operating System Upgrade Packages, Update Status) or in OfflineServicingMgr.log on the site server.',
      ];
    }
    case 'planned': {
      const planned = images.filter((image) => image.state === 'planned');
      return [
        `Nothing was written. Run the step without \`${inputNamed('dry-run')}\` to schedule this.`,
        '',
        ...rowsWithRoom(startsOf(planned, ['would be asked to start now with', 'would start'], shown), 2),
      ];
    }
    case 'succeeded':
    case 'partly-failed':
      return ['The images are serviced. The report has the result of every update on every index.'];
    case 'failed':
    case 'timed-out':
    case 'cancelled':
    case 'cancel-requested':
    case 'running':
      return [
        'The report has what the site told of every image. Wait for a schedule again with the verb `await`.',
      ];
    case 'nothing-to-do':
      return images.some(({ selection }) => impossibleUpdates(selection).length > 0)
        ? ['Nothing was written. Some updates are blocked: the lists above say why.']
        : ['Nothing was written, and nothing has to be done.'];
  }
}

/** A line for each server and start: `cm01 was asked to start now with LAB00010, LAB00011`. */
function startsOf(
  images: readonly ImageResult[],
  [now, later]: readonly [now: string, later: string],
  shown: Shown,
): readonly string[] {
  const packages = new Map<string, string[]>();
  for (const { image, siteServer, startsAt } of images) {
    const when = startsAt === undefined ? now : `${later} at ${startsAt} with`;
    const line = `- ${shown(siteServer)} ${shown(when)}`;
    packages.set(line, [...(packages.get(line) ?? []), image.packageId]);
  }
  return [...packages].map(([line, ids]) => `${line} ${ids.join(', ')}`);
}
