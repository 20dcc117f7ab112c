import { camelName, type InputDefinition } from '../../parameters/input-definition.js';
import type { ScheduleSettings, Start } from '../../plan/servicing-request.js';
import { SERVICE_INPUTS } from './inputs.js';
import { startText } from './json-request.js';

/** What every schedule of a run gets: `Start now · distribution points: not updated · on update error: stop`. */
export function settingsText(settings: ScheduleSettings): string {
  const values = new Map<string, unknown>(Object.entries(settings));
  const definitions: readonly InputDefinition[] = SERVICE_INPUTS;
  const told = definitions.flatMap(({ name, kind }) => {
    const value = values.get(camelName(name));
    if (kind.is !== 'boolean' || kind.told === undefined || typeof value !== 'boolean') return [];
    return [value ? kind.told.true : kind.told.false];
  });
  return [`Start ${startForPeople(settings.start)}`, ...told].join(' · ');
}

function startForPeople(start: Start): string {
  const text = startText(start).replace('T', ' ');
  switch (start.kind) {
    case 'now':
      return text;
    case 'moment':
      return text.replace('Z', ' UTC');
    case 'site-time':
      return `${text} by the clock of the source site`;
  }
}
