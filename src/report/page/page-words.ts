import type { PagePoint, PageResult, PageResultKind, PageState } from './page-model.js';

/** The colour of a state. The words beside it say the same. */
export type Tone = 'good' | 'bad' | 'warn' | 'calm';

export const STATE_WORDS: Readonly<Record<PageState, { readonly words: string; readonly tone: Tone }>> = {
  failed: { words: 'Failed', tone: 'bad' },
  'timed-out': { words: 'Timed out', tone: 'bad' },
  'partly-failed': { words: 'Partly failed', tone: 'warn' },
  cancelled: { words: 'Cancelled', tone: 'warn' },
  'cancel-requested': { words: 'Cancel requested', tone: 'warn' },
  running: { words: 'Running', tone: 'calm' },
  scheduled: { words: 'Scheduled', tone: 'calm' },
  succeeded: { words: 'Succeeded', tone: 'good' },
  'nothing-to-do': { words: 'Nothing to do', tone: 'good' },
  planned: { words: 'Dry run', tone: 'calm' },
};

/** What the state of a run means for the reader. */
export const STATE_MEANING: Readonly<Record<PageState, string>> = {
  failed: 'The run failed. What follows is what it had found until then.',
  'timed-out': 'The run stopped waiting. The site might still be working on the schedules.',
  'partly-failed': 'The site serviced the images, but not every update is installed on every index.',
  cancelled: 'The run was cancelled.',
  'cancel-requested':
    'The site was asked to cancel the schedules, and had not confirmed it when the run ended.',
  running: 'The site was still servicing the images when the run ended.',
  scheduled: 'The schedules are written. Scheduled means not yet installed: the site does the rest.',
  succeeded: 'The site serviced the images.',
  'nothing-to-do': 'No image needs an update. Nothing was written.',
  planned: 'A dry run: nothing was written to the site.',
};

export const RESULT_WORDS: Readonly<Record<PageResultKind, string>> = {
  failed: 'Failed',
  'not-reported': 'Not reported in this run',
  installed: 'Installed',
  'not-required': 'Not required',
  scheduled: 'Scheduled',
  planned: 'Planned',
};

/** What somebody might have to act on comes first. */
export const RESULTS_WORST_FIRST: readonly PageResultKind[] = [
  'failed',
  'not-reported',
  'scheduled',
  'planned',
  'installed',
  'not-required',
];

/** An update counts once, by its worst index. */
export function worstResult(results: readonly PageResult[]): PageResultKind {
  return RESULTS_WORST_FIRST.find((kind) => results.some(({ result }) => result === kind)) ?? 'not-reported';
}

export const POINT_WORDS: Readonly<
  Record<PagePoint['state'], { readonly words: string; readonly tone: Tone }>
> = {
  installed: { words: 'Installed', tone: 'good' },
  'in-progress': { words: 'In progress', tone: 'calm' },
  failed: { words: 'Failed', tone: 'bad' },
  absent: { words: 'Not on this distribution point', tone: 'warn' },
};

/** `2,000 updates`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-01-14 02:05:09 UTC`. */
export function momentText(moment: Date): string {
  return Number.isNaN(moment.getTime())
    ? 'unknown'
    : `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2 h 5 min`, `40 s`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  if (minutes > 0) return `${minutes} min ${seconds % 60} s`;
  return `${seconds} s`;
}

/** `1–3, 6`: ascending, each once. */
export function indexesText(indexes: readonly number[]): string {
  const ranges: (readonly [first: number, last: number])[] = [];
  for (const index of [...new Set(indexes)].sort((one, other) => one - other)) {
    const range = ranges.at(-1);
    if (range?.[1] === index - 1) ranges[ranges.length - 1] = [range[0], index];
    else ranges.push([index, index]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}
