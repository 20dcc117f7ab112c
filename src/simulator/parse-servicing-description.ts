import { readAs } from './read-description.js';
import { isObject } from './schema-reader.js';
import { RECORDED_ROW_ORDER, type ServicingDescription } from './servicing-description.js';

const LISTS = ['images', 'updates', 'distributionPoints', 'earlierRuns', 'outages'] as const;

/** The default site's servicing with what a description adds: lists get longer, and the component changes. */
export function mergeServicing(known: ServicingDescription, own: unknown): unknown {
  // What is no object goes on as it is: the schema then says what is wrong with it.
  if (!isObject(own)) return own ?? known;
  const merged: Record<string, unknown> = { ...known, ...own };
  if (isObject(own['component'])) merged['component'] = { ...known.component, ...own['component'] };
  for (const name of LISTS) {
    const added = own[name];
    if (Array.isArray(added)) merged[name] = [...known[name], ...(added as unknown[])];
  }
  return merged;
}

/** What the schema cannot say. Other problems of the servicing are left to it. */
export function servicingProblems(servicing: unknown): readonly string[] {
  const component = isObject(servicing) ? servicing['component'] : undefined;
  const order = isObject(component) ? component['rowOrder'] : undefined;
  if (!Array.isArray(order)) return [];
  const rows = new Set<unknown>(order);
  return rows.size === order.length && RECORDED_ROW_ORDER.every((row) => rows.has(row))
    ? []
    : [`$.servicing.component.rowOrder: it must have each of ${RECORDED_ROW_ORDER.join(', ')} once.`];
}

/**
 * The servicing that a test describes by what is out of the ordinary.
 * @throws RangeError with everything that is wrong
 */
export function describeServicing(json: unknown): ServicingDescription {
  const problems: string[] = [];
  const read = readAs('ServicingDescription', json, '$.servicing', problems);
  problems.push(...servicingProblems(json));
  if (read === undefined || problems.length > 0) throw new RangeError(problems.join('\n'));
  return read;
}
