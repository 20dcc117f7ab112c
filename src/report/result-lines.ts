import { chainOf, type Diagnosis, type DiagnosisCommands } from '../diagnosis/diagnosis.js';
import { titleOf, troubleshootingUrl } from '../diagnosis/troubleshooting-page.js';
import type { ImageResult, RunResult, RunState } from '../servicing/run-result.js';
import { impossibleUpdates, type UpdateSelection } from '../servicing/update-selection.js';
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

function imageLine({ image, state, schedule, selection, startsAt }: ImageResult): string {
  const { used, leftOut } = selection;
  const named = `image "${image.name}" (${image.packageId})`;
  switch (state) {
    case 'scheduled': {
      const when = startsAt === undefined ? '' : ` at ${startsAt}`;
      return `Result: scheduled. Schedule ${schedule?.scheduleId ?? '?'} applies ${counted(used.length, 'update')} to ${named}${when}; ${leftOut.length} left out.`;
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

/**
 * One error as a person reads it: what failed, why, what to do, what it came of, and where more of it stands.
 * A wrong input is one line.
 * `before`: empty where the host itself puts the word before it.
 */
export function diagnosisLines(diagnosis: Diagnosis, before: 'Error ' | '' = 'Error '): readonly string[] {
  const { code, what, cause, next, because, commands = [] } = diagnosis;
  if (cause === '') return [`${before}${code}: ${what} ${next}`];
  return [
    `${before}${code}: ${what}`,
    `  Probable cause: ${cause}`,
    `  What to do: ${next}`,
    ...chainOf(because).map((each) => becauseLine(each, what)),
    ...commandLines(commands),
    `  ${titleOf(code)}: ${troubleshootingUrl(code)}`,
  ];
}

/** The error of an undo begins with the words of what it came of; they are not told twice. */
function becauseLine({ code, what }: Diagnosis, told: string): string {
  return `  Because of: ${titleOf(code)}${told.includes(what) ? '' : `: ${what}`}`;
}

/** Each command on a line of its own, so that it can be copied whole. */
function commandLines(commands: readonly DiagnosisCommands[]): readonly string[] {
  return commands.flatMap(({ where, lines }, place) => [
    `  ${place === 0 ? 'To remove what is left' : 'Or'}: ${where.charAt(0).toLowerCase()}${where.slice(1)}:`,
    ...lines.map((line) => `    ${line}`),
  ]);
}

/** Where defects were thrown, for debug output. */
export function stackLines(errors: readonly Diagnosis[]): readonly string[] {
  return errors
    .flatMap((error) => chainOf(error))
    .flatMap(({ code, stack }) =>
      stack === undefined ? [] : [`${code} was thrown here:`, ...stack.split('\n')],
    );
}
