import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { LeftOver } from './service-images.js';

/** For a run whose result reaches no later step: says what the run did at the site, because nothing else does. */
export function outputFailure(
  what: string,
  cause: string,
  { schedules, isDone }: { readonly schedules: readonly LeftOver[]; readonly isDone: boolean },
): Diagnosis {
  return {
    code: 'OS404',
    what: `${what} ${atTheSite(schedules, isDone)}`,
    cause,
    next:
      schedules.length === 0
        ? 'Mend that, and run the step again.'
        : 'Take the IDs from here, and mend that before the next run. Do not run the step again for these images: their schedules are at the site already.',
  };
}

function atTheSite(schedules: readonly LeftOver[], isDone: boolean): string {
  if (schedules.length === 0) return 'No schedule of this run is at the site.';
  const named = schedules.map(({ scheduleId, name, packageId, startsAt }) => {
    const when = startsAt === undefined ? '' : `, starts at ${startsAt}`;
    return `schedule ${scheduleId} (name "${name}", image ${packageId}${when})`;
  });
  return isDone
    ? `Started at the site, as asked for: ${named.join(', ')}.`
    : `Left at the site, or running there: ${named.join(', ')}.`;
}
