import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { InputName } from '../parameters/input-table.js';
import type { ImageResult, RunResult } from '../servicing/run-result.js';
import { impossibleUpdates, type LeftOutUpdate } from '../servicing/update-selection.js';
import type { UpdateGroup } from '../site/update-group.js';
import { markdownText } from './markdown-text.js';
import { settingsText } from './settings-text.js';
import { rowsWithRoom, shortened } from './summary-room.js';
import { counted, reasonText } from './update-names.js';
import { warningsOf } from './warnings.js';

const HEADLINE: Readonly<Record<RunResult['state'], string>> = {
  scheduled: '✅ Offline servicing scheduled',
  'nothing-to-do': '✅ Nothing to do: no image gets an update',
  planned: '📝 Dry run: this would be scheduled',
};

/** More rows than these fold away: what comes after them matters too. */
const MOST_OPEN_ROWS = 10;

/** What a person reads on the page of the run, in GitHub's Markdown. `warnings`: those that were told on the way. */
export function jobSummary(
  result: RunResult,
  warnings: readonly string[] = [],
  /** An input as the user of the host writes it. */
  spell: (name: InputName) => string = (name) => name,
): string {
  const { site, updateGroups, settings, state, images } = result;
  // The table of the images, the warnings, and two lists for each image.
  const lists = 2 + 2 * images.length;
  return lines([
    `## ${HEADLINE[state]}`,
    '',
    `${sourceOf(updateGroups)}, site ${site.siteCode}.`,
    '',
    markdownText(settingsText(settings)),
    '',
    '| Image | Package | Schedule | Updates | Left out | State |',
    '| --- | --- | --- | ---: | ---: | --- |',
    ...rowsWithRoom(images.map(imageRow), lists),
    '',
    ...warningLines([...warnings, ...warningsOf(result, spell)], lists),
    ...images.flatMap((image) => imageDetails(image, images.length, lists)),
    '### What comes next',
    '',
    ...nextSteps(result),
  ]);
}

function sourceOf(groups: readonly UpdateGroup[]): string {
  const named = groups.map(({ name, ciId }) => `**${markdownText(name)}** (CI_ID ${ciId})`);
  if (named.length === 0) return 'Updates of the input `updates`';
  return `Update group${named.length === 1 ? '' : 's'} ${named.join(', ')}`;
}

function warningLines(warnings: readonly string[], lists: number): readonly string[] {
  if (warnings.length === 0) return [];
  return [
    ...rowsWithRoom(
      warnings.map((text) => `- ⚠️ ${markdownText(shortened(text, 500))}`),
      lists,
    ),
    '',
  ];
}

/** For a run that failed: the whole diagnosis, because nobody should have to look for it in a log. */
export function failureSummary(errors: readonly Diagnosis[]): string {
  return lines([
    errors.every(({ code }) => code === 'OS501')
      ? '## ⏹️ Offline servicing cancelled'
      : '## ❌ Offline servicing failed',
    '',
    ...rowsWithRoom(errors.map(errorSection), 1),
  ]);
}

/** No text of an error is that long but one that lists thousands of updates. */
const LONGEST_TEXT = 8_000;

function errorSection({ code, what, cause, next }: Diagnosis): string {
  const shown = (text: string): string => markdownText(shortened(text, LONGEST_TEXT));
  return [
    `### ${code}`,
    '',
    `**What failed:** ${shown(what)}`,
    '',
    `**Probable cause:** ${shown(cause)}`,
    '',
    `**What to do:** ${shown(next)}`,
    '',
  ].join('\n');
}

function imageRow({ image, schedule, selection, state, startsAt }: ImageResult): string {
  const cells = [
    nameOf(image.name),
    image.packageId,
    schedule === undefined ? '–' : String(schedule.scheduleId),
    String(selection.used.length),
    String(selection.leftOut.length),
    startsAt === undefined || state !== 'scheduled' ? state : `${state}, ${markdownText(startsAt)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What is left out comes first: it is what somebody may have to act on. */
function imageDetails(result: ImageResult, images: number, lists: number): readonly string[] {
  const { image, selection, state, schedule } = result;
  const { used, leftOut } = selection;
  if (used.length === 0 && leftOut.length === 0) return [];
  const verb = state === 'planned' ? 'would be scheduled' : 'scheduled';
  return [
    `### ${nameOf(image.name)} (${image.packageId})`,
    '',
    ...(leftOut.length === 0 ? [] : leftOutLines(leftOut, images, lists)),
    ...(used.length === 0
      ? []
      : folded(`${counted(used.length, 'update')} ${verb}`, [
          '| Article | CI_ID | Update |',
          '| --- | ---: | --- |',
          ...rowsWithRoom(
            used.map((update) => updateRow(update.article, update.ciId, update.title)),
            lists,
          ),
        ])),
    ...(schedule === undefined
      ? []
      : [`In OfflineServicingMgr.log the schedule is named \`${schedule.name}\`.`, '']),
  ];
}

function leftOutLines(leftOut: readonly LeftOutUpdate[], images: number, lists: number): readonly string[] {
  const title = `${counted(leftOut.length, 'update')} left out, and why`;
  const table = [
    '| Article | CI_ID | Update | Reason |',
    '| --- | ---: | --- | --- |',
    ...rowsWithRoom(leftOut.map(leftOutRow), lists),
  ];
  // Of several images none may push the others, and what comes next, far down the page.
  const isOpen = images * leftOut.length <= MOST_OPEN_ROWS;
  return isOpen ? [`**${title}**`, '', ...table, ''] : folded(title, table);
}

function leftOutRow({ ciId, update, reason }: LeftOutUpdate): string {
  return `${updateRow(update?.article, ciId, update?.title)} ${markdownText(reasonText(reason))} |`;
}

function updateRow(article: string | undefined, ciId: number, title: string | undefined): string {
  return `| ${nameOf(article ?? '–')} | ${ciId} | ${nameOf(title ?? '–')} |`;
}

function nameOf(text: string): string {
  return markdownText(shortened(text, 200));
}

function folded(title: string, content: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${title}</summary>`, '', ...content, '', '</details>', ''];
}

function nextSteps({ state, site, images }: RunResult): readonly string[] {
  switch (state) {
    case 'scheduled': {
      const scheduled = images.filter((image) => image.state === 'scheduled');
      return [
        'Scheduled is not yet installed: the site goes on by itself from here.',
        '',
        ...rowsWithRoom(startsOf(scheduled), 2),
        '',
        ...(scheduled.some(({ image }) => image.sourceSite !== site.siteCode)
          ? [
              `The schedules were written at site ${site.siteCode}. When a server of another site takes its own is not documented: look there.`,
              '',
            ]
          : []),
        'Follow it in the console (Operating System Images, Update Status) or in OfflineServicingMgr.log on the site server.',
      ];
    }
    case 'planned':
      return ['Nothing was written. Run the step without `dry-run` to schedule this.'];
    case 'nothing-to-do':
      return images.some(({ selection }) => impossibleUpdates(selection).length > 0)
        ? ['Nothing was written. Some updates cannot be used: the lists above say why.']
        : ['Nothing was written, and nothing has to be done.'];
  }
}

/** A line for each server and start: `cm01 services LAB00010, LAB00011 now`. */
function startsOf(images: readonly ImageResult[]): readonly string[] {
  const packages = new Map<string, string[]>();
  for (const { image, siteServer, startsAt } of images) {
    const when = startsAt === undefined ? 'was asked to start now with' : `starts at ${startsAt} with`;
    const line = `- ${markdownText(siteServer)} ${markdownText(when)}`;
    packages.set(line, [...(packages.get(line) ?? []), image.packageId]);
  }
  return [...packages].map(([line, ids]) => `${line} ${ids.join(', ')}`);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
