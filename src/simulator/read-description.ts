import { CLASS_NAMES } from './class-definitions.js';
import { readScheduleString } from './schedule-token.js';
import { readValue, type Formats } from './schema-reader.js';
import type { ServicingDescription } from './servicing-description.js';
import type { DefaultSiteChoice, SiteDescription } from './site-description.js';
import { SITE_SCHEMA } from './site-schema.js';

interface Readable {
  readonly SiteDescription: SiteDescription;
  readonly DefaultSiteChoice: DefaultSiteChoice;
  readonly ServicingDescription: ServicingDescription;
}

/** A value with its defaults; undefined for one with problems, which are added with their places. */
export function readAs<Name extends keyof Readable>(
  name: Name,
  value: unknown,
  at: string,
  problems: string[],
): Readable[Name] | undefined {
  const { definitions } = SITE_SCHEMA;
  const before = problems.length;
  const read = readValue(definitions[name], value, at, { definitions, formats: FORMATS, problems });
  // The schema was generated from this type.
  return problems.length > before ? undefined : (read as Readable[Name]);
}

const FORMATS: Formats = {
  'class-name': (text) => CLASS_NAMES.find((name) => name.toLowerCase() === text.toLowerCase()),
  'schedule-string': (text) => (readScheduleString(text) === undefined ? undefined : text),
};
