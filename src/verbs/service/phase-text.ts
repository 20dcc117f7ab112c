import type { Progress } from '../../plan/progress.js';
import { counted } from './update-names.js';

/** What the run does after this, for a line that is written over; undefined where it goes on with the same. */
export function phaseAfter(progress: Progress): string | undefined {
  switch (progress.kind) {
    case 'settings':
      return 'Waiting for the site';
    case 'site-found':
      return 'Looking up images and update groups';
    case 'image-found':
      return 'Reading updates and what is installed';
    case 'writing':
      return 'Creating drafts';
    case 'linking':
      return `Linking ${counted(progress.updates, 'update')} to ${counted(progress.schedules, 'schedule')}${progress.attempt === 1 ? '' : `, attempt ${progress.attempt}`}`;
    case 'links-written':
      return `Linked ${progress.updates} of ${progress.of}; reading the links back`;
    case 'looking-up':
      return `Waiting ${progress.seconds} s before looking for ${progress.what}`;
    case 'read-back':
      return 'Starting';
    case 'undoing':
      return 'Undoing: removing what was written';
    case 'retry': {
      const { label, why, attempt, attempts } = progress.notice;
      return `Retrying, attempt ${attempt} of ${attempts}: ${label}: ${why}`;
    }
    case 'also-scheduled':
    case 'applicable-found':
    case 'article-found':
    case 'cleanup-found':
    case 'draft-beside':
    case 'exclusion-without-effect':
    case 'group-found':
    case 'image-of-other-site':
    case 'line-is-one-name':
    case 'not-tidied-up':
    case 'schedule-written':
    case 'schedules-not-shown':
    case 'selected':
    case 'servicing-doubtful':
    case 'started':
    case 'stray-schedule-left':
    case 'taken-early':
      return undefined;
  }
}
