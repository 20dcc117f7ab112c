import type { ImageResult, RunResult, RunState } from './run-result.js';
import { impossibleUpdates, type UpdateSelection } from '../../plan/update-selection.js';
import { counted } from './update-names.js';

/** The last lines of a run that did not fail: what was done, and where it goes on. */
export function resultLines({ images, state }: RunResult): readonly string[] {
  return [
    ...images.map(imageLine),
    ...(images.length > 1 ? [wholeLine(images)] : []),
    ...(state === 'scheduled' ? whatGoesOn(images) : []),
  ];
}

const STATE_WORDS: Readonly<Record<RunState, string>> = {
  scheduled: 'scheduled',
  planned: 'planned',
  'nothing-to-do': 'with nothing to do',
  succeeded: 'serviced',
  'partly-failed': 'serviced without some updates',
  failed: 'failed',
  'timed-out': 'not serviced in time',
  cancelled: 'cancelled',
  'cancel-requested': 'asked to end',
  running: 'still being serviced',
};

function wholeLine(images: readonly ImageResult[]): string {
  const states = Object.entries(STATE_WORDS).flatMap(([state, words]) => {
    const count = images.filter((image) => image.state === state).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return `${counted(images.length, 'image')}: ${states.join(', ')}.`;
}

function whatGoesOn(images: readonly ImageResult[]): readonly string[] {
  const isLater = images.some(({ startsAt, state }) => state === 'scheduled' && startsAt !== undefined);
  return [
    `Scheduled is not yet installed: the site goes on by itself from here${isLater ? ', at the start that is named above' : ''}.`,
    'Follow it in the console (Operating System Images or Operating System Upgrade Packages, Update Status) or in OfflineServicingMgr.log on the site server.',
  ];
}

function imageLine({ image, state, schedule, selection, startsAt, followed }: ImageResult): string {
  const { used, leftOut } = selection;
  const named = `image "${image.name}" (${image.packageId})`;
  switch (state) {
    case 'scheduled': {
      const when = startsAt === undefined ? '' : ` at ${startsAt}`;
      return `Result: scheduled. Schedule ${schedule?.scheduleId ?? '?'} applies ${counted(used.length, 'update')} to ${named}${when}; ${leftOut.length} left out.`;
    }
    case 'succeeded':
    case 'partly-failed':
    case 'failed':
    case 'timed-out':
    case 'cancelled':
    case 'cancel-requested':
    case 'running': {
      const results = followed?.results;
      const counts =
        followed === undefined || followed.updates.length === 0
          ? `Schedule ${schedule?.scheduleId ?? '?'} had ${counted(used.length, 'update')} for`
          : `Schedule ${schedule?.scheduleId ?? '?'} installed ${results?.installed.length ?? 0} of ${counted(used.length, 'update')} in`;
      return `Result: ${state}. ${counts} ${named}.`;
    }
    case 'planned':
      return `Result: planned (a dry run; nothing was written). ${counted(used.length, 'update')} would be applied to ${named}; ${leftOut.length} left out.`;
    case 'nothing-to-do':
      return `Result: nothing to do. ${whyNothing(selection)} ${named}; nothing was written for it.`;
  }
}

function whyNothing(selection: UpdateSelection): string {
  const blocking = impossibleUpdates(selection).length;
  return blocking === 0
    ? 'No update is still needed in'
    : `${counted(blocking, 'update')} cannot be used, and no other is still needed in`;
}
