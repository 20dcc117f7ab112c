import { describeDefaultSite } from './default-site.js';
import { mergeServicing, servicingProblems } from './parse-servicing-description.js';
import { readAs } from './read-description.js';
import { isObject } from './schema-reader.js';
import { ORDINARY_SERVICING } from './servicing-description.js';
import type { SiteDescription } from './site-description.js';
import { SITE_SCHEMA } from './site-schema.js';

/** Everything that is wrong with a site description, each with its place in the JSON. */
export class SiteDescriptionError extends Error {
  override readonly name = 'SiteDescriptionError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The site description cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads a description of a site from JSON. With `"extends": "default"` it begins with a default site, which the fields
 * of `DefaultSiteChoice` choose. Images, updates, groups and schedules with a known ID then change the fields that they
 * state, and others are added. Lists without IDs get longer. `site` changes the fields that it states, and `access`
 * replaces the one of the default site.
 * @throws SiteDescriptionError with all problems together
 */
export function parseSiteDescription(jsonText: string): SiteDescription {
  const merged = mergeWithDefault(parseJson(jsonText));
  const problems: string[] = [];
  const description = readAs('SiteDescription', merged, '$', problems);
  problems.push(
    ...duplicates(merged),
    ...servicingProblems(isObject(merged) ? merged['servicing'] : undefined),
  );
  if (description === undefined || problems.length > 0) throw new SiteDescriptionError(problems);
  return description;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SiteDescriptionError([
      `it is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    ]);
  }
}

/** Lists whose elements have an ID, and its name. */
const IDENTIFIED = { images: 'packageId', updates: 'ciId', groups: 'ciId', schedules: 'scheduleId' } as const;
const APPENDED = ['otherSites', 'distributionPoints', 'relations', 'imageUpdates', 'classes'] as const;

function mergeWithDefault(json: unknown): unknown {
  if (!isObject(json)) return json;
  const fields = Object.entries(json).filter(([name]) => name !== '$schema');
  if (!Object.hasOwn(json, 'extends')) return Object.fromEntries(fields);
  const choosesSite = ([name]: readonly [string, unknown]): boolean =>
    Object.hasOwn(SITE_SCHEMA.definitions.DefaultSiteChoice.properties, name);
  const problems: string[] = [];
  const choice = readAs('DefaultSiteChoice', Object.fromEntries(fields.filter(choosesSite)), '$', problems);
  if (choice === undefined) throw new SiteDescriptionError(problems);
  const { seed, size, groupOf, supersedence, cleanupProperties, unusualNames } = choice;
  const site = describeDefaultSite({
    seed,
    updates: size,
    ...(groupOf === 0 ? {} : { groupOf }),
    supersedence,
    cleanupProperties,
    unusualNames,
  });
  const own = Object.fromEntries(fields.filter((field) => !choosesSite(field)));
  const merged: Record<string, unknown> = { ...site, ...own };
  if (isObject(own['site'])) {
    merged['site'] = { ...site.site, ...own['site'] };
  }
  merged['servicing'] = mergeServicing(site.servicing ?? ORDINARY_SERVICING, own['servicing']);
  for (const [name, id] of Object.entries(IDENTIFIED)) {
    merged[name] = mergeById(site[name as keyof typeof IDENTIFIED], own[name], id);
  }
  for (const name of APPENDED) {
    const added = own[name];
    merged[name] = Array.isArray(added) ? [...site[name], ...(added as unknown[])] : (added ?? site[name]);
  }
  return merged;
}

/** What is no list, or has no ID, goes on as it is: the shape then says what is wrong with it. */
function mergeById(known: readonly object[], own: unknown, id: string): unknown {
  if (!Array.isArray(own)) {
    return own ?? known;
  }
  const idOf = (one: unknown): unknown => (isObject(one) ? one[id] : undefined);
  const merged = new Map<unknown, unknown>(known.map((one) => [idOf(one), one]));
  const others: unknown[] = [];
  for (const one of own as unknown[]) {
    if (isObject(one) && idOf(one) !== undefined) {
      const before = merged.get(idOf(one));
      merged.set(idOf(one), isObject(before) ? { ...before, ...one } : one);
    } else {
      others.push(one);
    }
  }
  return [...merged.values(), ...others];
}

function duplicates(merged: unknown): readonly string[] {
  return Object.entries({ ...IDENTIFIED, otherSites: 'code' }).flatMap(([list, id]) => {
    const elements = isObject(merged) ? merged[list] : undefined;
    if (!Array.isArray(elements)) return [];
    const seen = new Set<unknown>();
    return elements.flatMap((one: unknown, at) => {
      const value = isObject(one) ? one[id] : undefined;
      if (typeof value !== 'string' && typeof value !== 'number') return [];
      if (seen.has(value)) return [`$.${list}[${at}]: the ID ${value} is there already; IDs are unique.`];
      seen.add(value);
      return [];
    });
  });
}
