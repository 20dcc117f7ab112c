import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { ImageResult, RunResult } from '../servicing/run-result.js';
import type { LeftOutUpdate } from '../servicing/update-selection.js';
import type { UpdateGroup } from '../site/update-group.js';
import { markdownText } from './markdown-text.js';
import { counted, reasonText } from './update-names.js';

/** A summary over the limit of a host is dropped whole, so tables end long before: the log has every row. */
const MOST_ROWS = 200;

const HEADLINE: Readonly<Record<RunResult['state'], string>> = {
  scheduled: '✅ Offline servicing scheduled',
  'nothing-to-do': '✅ Nothing to do: no image lacks what was asked for',
  planned: '📝 Dry run: this would be scheduled',
};

/** What a person reads on the page of the run, in GitHub's Markdown. */
export function jobSummary(result: RunResult): string {
  const { site, updateGroups, state, images } = result;
  return lines([
    `## ${HEADLINE[state]}`,
    '',
    `${sourceOf(updateGroups)}, site ${site.siteCode}.`,
    '',
    '| Image | Package | Schedule | Updates | Left out | State |',
    '| --- | --- | --- | ---: | ---: | --- |',
    ...images.map(imageRow),
    '',
    ...images.flatMap(imageDetails),
    '### What comes next',
    '',
    nextStep(result),
  ]);
}

function sourceOf(groups: readonly UpdateGroup[]): string {
  const named = groups.map(({ name, ciId }) => `**${markdownText(name)}** (CI_ID ${ciId})`);
  if (named.length === 0) return 'Updates of the input `updates`';
  return `Update group${named.length === 1 ? '' : 's'} ${named.join(', ')}`;
}

/** For a run that failed: the whole diagnosis, because nobody should have to look for it in a log. */
export function failureSummary(errors: readonly Diagnosis[]): string {
  return lines([
    errors.every(({ code }) => code === 'OS501')
      ? '## ⏹️ Offline servicing cancelled'
      : '## ❌ Offline servicing failed',
    '',
    ...errors
      .slice(0, MOST_ROWS)
      .flatMap(({ code, what, cause, next }) => [
        `### ${code}`,
        '',
        `**What failed:** ${markdownText(what)}`,
        '',
        `**Probable cause:** ${markdownText(cause)}`,
        '',
        `**What to do:** ${markdownText(next)}`,
        '',
      ]),
  ]);
}

function imageRow({ image, schedule, selection, state, startsAt }: ImageResult): string {
  const cells = [
    markdownText(image.name),
    image.packageId,
    schedule === undefined ? '–' : String(schedule.scheduleId),
    String(selection.used.length),
    String(selection.leftOut.length),
    startsAt === undefined || state !== 'scheduled' ? state : `${state}, ${markdownText(startsAt)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function imageDetails({ image, selection, state, schedule }: ImageResult): readonly string[] {
  const verb = state === 'planned' ? 'would be scheduled' : 'scheduled';
  const { used, leftOut } = selection;
  return [
    ...(leftOut.length === 0
      ? []
      : [`### Left out of ${markdownText(image.name)}, and why`, '', ...leftOutTable(leftOut), '']),
    ...(used.length === 0
      ? []
      : folded(`${counted(used.length, 'update')} ${verb} for ${markdownText(image.name)}`, [
          '| Article | CI_ID | Update |',
          '| --- | ---: | --- |',
          ...used.slice(0, MOST_ROWS).map((update) => updateRow(update.article, update.ciId, update.title)),
          ...more(used.length),
        ])),
    ...(schedule === undefined
      ? []
      : [`In OfflineServicingMgr.log the schedule is named \`${schedule.name}\`.`, '']),
  ];
}

function leftOutTable(leftOut: readonly LeftOutUpdate[]): readonly string[] {
  return [
    '| Article | CI_ID | Update | Reason |',
    '| --- | ---: | --- | --- |',
    ...leftOut
      .slice(0, MOST_ROWS)
      .map(
        ({ ciId, update, reason }) =>
          `${updateRow(update?.article, ciId, update?.title)} ${reasonText(reason)} |`,
      ),
    ...more(leftOut.length),
  ];
}

function updateRow(article: string | undefined, ciId: number, title: string | undefined): string {
  return `| ${markdownText(article ?? '–')} | ${ciId} | ${markdownText(title ?? '–')} |`;
}

function more(rows: number): readonly string[] {
  return rows > MOST_ROWS ? ['', `… and ${rows - MOST_ROWS} more: the log of the step has them all.`] : [];
}

function folded(title: string, content: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${title}</summary>`, '', ...content, '', '</details>', ''];
}

function nextStep({ state, images }: RunResult): string {
  switch (state) {
    case 'scheduled': {
      const servers = [...new Set(images.map(({ siteServer }) => markdownText(siteServer)))].join(', ');
      return `Scheduled is not yet installed: the site server ${servers} services the image on its own from here. Follow it in the console (Operating System Images, Update Status) or in OfflineServicingMgr.log there.`;
    }
    case 'planned':
      return 'Nothing was written. Run the step without `dry-run` to schedule this.';
    case 'nothing-to-do':
      return 'Nothing was written, and nothing has to be done.';
  }
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
