import createSpinner from 'yocto-spinner';

import { seconds, type PhaseWatch, type Ticks } from '../phase-watch.js';
import { cutTo } from './terminal-layout.js';

/** Columns of the spinner itself, the blank after it, and one that stays free so that nothing wraps. */
const BESIDE = 3;

/** One line at the bottom of the terminal, written over; `harmless` neutralises the words of the site in it. */
export function livePhase(
  harmless: (text: string) => string,
  columns: () => number,
  { now, every }: Ticks,
): PhaseWatch {
  // Signals are the run's: it takes back what it wrote before the process ends.
  const spinner = createSpinner({ stream: process.stderr, handleSignals: false });
  let phase = '';
  let since = now();
  const text = (): string => {
    const time = ` (${seconds(now() - since)})`;
    return `${cutTo(columns() - BESIDE - time.length, harmless(phase))}${time}`;
  };
  const stopTicking = every(1_000, () => {
    if (phase !== '') spinner.text = text();
  });
  const end = (): void => {
    stopTicking();
    process.off('exit', end);
    spinner.stop();
  };
  // A second Ctrl+C ends the process at once, and the cursor must come back.
  process.on('exit', end);
  return {
    enter: (next) => {
      if (next !== phase) since = now();
      phase = next;
      spinner.text = text();
      spinner.start();
    },
    end,
  };
}
