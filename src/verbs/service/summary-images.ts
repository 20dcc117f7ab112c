import type { KnownImage } from '../../plan/known.js';
import type { LeftOutReason, LeftOutUpdate, UpdateSelection } from '../../plan/update-selection.js';
import { rowsWithRoom, shortenedTo } from '../../report/summary-limits.js';
import type { Shown } from '../../report/summary-text.js';
import {
  articleCell,
  folded,
  nameCell,
  osVersionsCell,
  row,
  titleCell,
  withArticleLinks,
} from './summary-cells.js';
import { counted, whyText } from './update-names.js';

/** An image on the page of a run, whether the run failed or not. */
export interface SummaryImage extends Pick<KnownImage, 'image' | 'versions' | 'selection'> {
  readonly state: string;
  /** Undefined where there is none. */
  readonly scheduleId: number | undefined;
  readonly scheduleName: string | undefined;
}

/** What a table says of the updates that are used: `Scheduled`, `Would be scheduled`. */
export interface UsedWords {
  readonly column: string;
  readonly list: string;
}

/** More rows than these fold away: what comes after them matters too. */
const MOST_OPEN_ROWS = 10;

/** One row for each image. What differs comes first: a narrow page shows three or four columns. `lists`: how many lists the page has. */
export function imagesTable(
  images: readonly SummaryImage[],
  used: UsedWords,
  lists: number,
  shown: Shown,
): readonly string[] {
  const hasSchedule = images.some(({ scheduleId }) => scheduleId !== undefined);
  const rows = images.map(({ image, versions, selection, state, scheduleId }) =>
    row([
      nameCell(image.name, shown),
      countOf(selection?.used),
      countOf(selection && leftOutOf(selection, NOT_NEEDED)),
      countOf(selection && leftOutOf(selection, BLOCKED)),
      shown(state),
      ...(hasSchedule ? [scheduleId === undefined ? '–' : String(scheduleId)] : []),
      shown(image.packageId),
      shown(osVersionsCell(versions)),
    ]),
  );
  return [
    row([
      'Image',
      used.column,
      'Not needed',
      'Blocked',
      'State',
      ...(hasSchedule ? ['Schedule'] : []),
      'Package ID',
      'OS version',
    ]),
    row(['---', '---:', '---:', '---:', '---', ...(hasSchedule ? ['---'] : []), '---', '---']),
    ...rowsWithRoom(rows, lists),
    '',
  ];
}

/** An update that was excluded is not needed either. */
const NOT_NEEDED: readonly LeftOutReason['need'][] = ['not-needed', 'not-wanted'];
const BLOCKED: readonly LeftOutReason['need'][] = ['not-possible'];

function leftOutOf(
  { leftOut }: UpdateSelection,
  needs: readonly LeftOutReason['need'][],
): readonly LeftOutUpdate[] {
  return leftOut.filter(({ reason }) => needs.includes(reason.need));
}

function countOf(updates: readonly unknown[] | undefined): string {
  return updates === undefined ? '–' : String(updates.length);
}

/** How many lists `imageDetails` makes of an image. */
export const LISTS_OF_AN_IMAGE = 3;

/** What blocks an image comes first: it is what somebody might have to act on. */
export function imageDetails(
  { image, selection, scheduleName }: SummaryImage,
  images: number,
  used: UsedWords,
  lists: number,
  shown: Shown,
): readonly string[] {
  if (selection === undefined) return [];
  const blocked = leftOutOf(selection, BLOCKED);
  const notNeeded = leftOutOf(selection, NOT_NEEDED);
  if (blocked.length + notNeeded.length + selection.used.length === 0) return [];
  return [
    `### ${shown(image.name, shortenedTo(100))} (${shown(image.packageId)})`,
    '',
    ...leftOutLines(blocked, images, `${counted(blocked.length, 'update')} blocked`, lists, shown),
    ...leftOutLines(notNeeded, images, `${counted(notNeeded.length, 'update')} not needed`, lists, shown),
    ...usedLines(selection, used, lists, shown),
    ...(scheduleName === undefined
      ? []
      : [`In OfflineServicingMgr.log, the schedule is named \`${scheduleName}\`.`, '']),
  ];
}

function usedLines(
  { used }: UpdateSelection,
  { list }: UsedWords,
  lists: number,
  shown: Shown,
): readonly string[] {
  if (used.length === 0) return [];
  return folded(`${counted(used.length, 'update')} ${list}`, [
    row(['Article', 'CI_ID', 'Update']),
    row(['---', '---:', '---']),
    ...rowsWithRoom(
      used.map(({ article, ciId, title }) =>
        row([articleCell(article, shown), String(ciId), titleCell(title, shown)]),
      ),
      lists,
    ),
  ]);
}

function leftOutLines(
  leftOut: readonly LeftOutUpdate[],
  images: number,
  title: string,
  lists: number,
  shown: Shown,
): readonly string[] {
  if (leftOut.length === 0) return [];
  const table = [
    row(['Article', 'Reason', 'Update', 'CI_ID']),
    row(['---', '---', '---', '---:']),
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
  return row([
    articleCell(update?.article, shown),
    withArticleLinks(shown(whyText(reason))),
    titleCell(update?.title, shown),
    String(ciId),
  ]);
}
