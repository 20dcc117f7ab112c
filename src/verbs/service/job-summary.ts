import { inputNamed } from '../../diagnosis/input-mention.js';
import type { ImageResult, RunResult } from './run-result.js';
import { impossibleUpdates, type LeftOutUpdate } from '../../plan/update-selection.js';
import { allVersionsOf, type ImageVersions } from '../../site/image-versions.js';
import type { UpdateGroup } from '../../site/update-group.js';
import { errorSections, type SummaryOptions } from '../../report/failure-summary.js';
import { shownWith, type Shown } from '../../report/summary-text.js';
import { NO_MASK } from '../../report/secret-mask.js';
import { settingsText } from './settings-text.js';
import { rowsWithRoom, shortenedTo, withinLimit } from '../../report/summary-limits.js';
import { counted, reasonText } from './update-names.js';
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

/** More rows than these fold away: what comes after them matters too. */
const MOST_OPEN_ROWS = 10;

/** What a person reads on the page of the run, in GitHub's Markdown. `warnings`: those that were told on the way. */
export function jobSummary(
  result: RunResult,
  warnings: readonly string[] = [],
  { mask = NO_MASK, errors = [] }: SummaryOptions = {},
): string {
  const { site, updateGroups, settings, state, images } = result;
  const shown = shownWith(mask);
  // The table of the images, the warnings, and two lists for each image.
  const lists = 2 + 2 * images.length;
  return withinLimit([
    `## ${HEADLINE[state]}`,
    '',
    ...errorSections(errors, shown),
    `${sourceOf(updateGroups, shown)}, site ${shown(site.siteCode)}.`,
    '',
    shown(settingsText(settings)),
    '',
    '| Image | Package | OS version | Schedule | Updates | Left out | State |',
    '| --- | --- | --- | --- | ---: | ---: | --- |',
    ...rowsWithRoom(
      images.map((image) => imageRow(image, shown)),
      lists,
    ),
    '',
    ...warningLines([...warnings, ...warningsOf(result)], lists, shown),
    ...images.flatMap((image) => imageDetails(image, images.length, lists, shown)),
    '### What comes next',
    '',
    ...nextSteps(result, shown),
  ]);
}

function sourceOf(groups: readonly UpdateGroup[], shown: Shown): string {
  const named = groups.map(({ name, ciId }) => `**${shown(name)}** (CI_ID ${ciId})`);
  if (named.length === 0) return `Updates of the input \`${inputNamed('updates')}\``;
  return `Update group${named.length === 1 ? '' : 's'} ${named.join(', ')}`;
}

function warningLines(warnings: readonly string[], lists: number, shown: Shown): readonly string[] {
  if (warnings.length === 0) return [];
  return [
    ...rowsWithRoom(
      warnings.map((text) => `- ⚠️ ${shown(text, shortenedTo(500))}`),
      lists,
    ),
    '',
  ];
}

function imageRow(
  { image, versions, schedule, selection, state, startsAt }: ImageResult,
  shown: Shown,
): string {
  const cells = [
    nameOf(image.name, shown),
    shown(image.packageId),
    shown(osVersionsCell(versions)),
    schedule === undefined ? '–' : String(schedule.scheduleId),
    String(selection.used.length),
    String(selection.leftOut.length),
    startsAt === undefined || state !== 'scheduled' ? state : `${state}, ${shown(startsAt)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The tables of a summary are narrow: the log and the report have the version of each index. */
const MOST_VERSIONS = 3;

function osVersionsCell(versions: ImageVersions): string {
  const all = allVersionsOf(versions).map(({ text }) => text);
  if (all.length === 0) return '–';
  return all.slice(0, MOST_VERSIONS).join(', ') + (all.length > MOST_VERSIONS ? ', …' : '');
}

/** What is left out comes first: it is what somebody may have to act on. */
function imageDetails(result: ImageResult, images: number, lists: number, shown: Shown): readonly string[] {
  const { image, selection, state, schedule } = result;
  const { used, leftOut } = selection;
  if (used.length === 0 && leftOut.length === 0) return [];
  const verb = state === 'planned' ? 'would be scheduled' : 'scheduled';
  return [
    `### ${nameOf(image.name, shown)} (${shown(image.packageId)})`,
    '',
    ...(leftOut.length === 0 ? [] : leftOutLines(leftOut, images, lists, shown)),
    ...(used.length === 0
      ? []
      : folded(`${counted(used.length, 'update')} ${verb}`, [
          '| Article | CI_ID | Update |',
          '| --- | ---: | --- |',
          ...rowsWithRoom(
            used.map((update) => updateRow(update.article, update.ciId, update.title, shown)),
            lists,
          ),
        ])),
    ...(schedule === undefined
      ? []
      : [`In OfflineServicingMgr.log the schedule is named \`${schedule.name}\`.`, '']),
  ];
}

function leftOutLines(
  leftOut: readonly LeftOutUpdate[],
  images: number,
  lists: number,
  shown: Shown,
): readonly string[] {
  const title = `${counted(leftOut.length, 'update')} left out, and why`;
  const table = [
    '| Article | CI_ID | Update | Reason |',
    '| --- | ---: | --- | --- |',
    ...rowsWithRoom(
      leftOut.map((each) => leftOutRow(each, shown)),
      lists,
    ),
  ];
  // Of several images none may push the others, and what comes next, far down the page.
  const isOpen = images * leftOut.length <= MOST_OPEN_ROWS;
  return isOpen ? [`**${title}**`, '', ...table, ''] : folded(title, table);
}

function leftOutRow({ ciId, update, reason }: LeftOutUpdate, shown: Shown): string {
  return `${updateRow(update?.article, ciId, update?.title, shown)} ${shown(reasonText(reason))} |`;
}

function updateRow(
  article: string | undefined,
  ciId: number,
  title: string | undefined,
  shown: Shown,
): string {
  return `| ${nameOf(article ?? '–', shown)} | ${ciId} | ${nameOf(title ?? '–', shown)} |`;
}

function nameOf(text: string, shown: Shown): string {
  return shown(text, shortenedTo(200));
}

function folded(title: string, content: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${title}</summary>`, '', ...content, '', '</details>', ''];
}

function nextSteps({ state, site, images }: RunResult, shown: Shown): readonly string[] {
  switch (state) {
    case 'scheduled': {
      const scheduled = images.filter((image) => image.state === 'scheduled');
      return [
        'Scheduled is not yet installed: the site goes on by itself from here.',
        '',
        ...rowsWithRoom(startsOf(scheduled, shown), 2),
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
    case 'planned':
      return [`Nothing was written. Run the step without \`${inputNamed('dry-run')}\` to schedule this.`];
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
        ? ['Nothing was written. Some updates cannot be used: the lists above say why.']
        : ['Nothing was written, and nothing has to be done.'];
  }
}

/** A line for each server and start: `cm01 services LAB00010, LAB00011 now`. */
function startsOf(images: readonly ImageResult[], shown: Shown): readonly string[] {
  const packages = new Map<string, string[]>();
  for (const { image, siteServer, startsAt } of images) {
    const when = startsAt === undefined ? 'was asked to start now with' : `starts at ${startsAt} with`;
    const line = `- ${shown(siteServer)} ${shown(when)}`;
    packages.set(line, [...(packages.get(line) ?? []), image.packageId]);
  }
  return [...packages].map(([line, ids]) => `${line} ${ids.join(', ')}`);
}
