import { CONNECTIONS } from '../../src/parameters/connection-inputs.js';
import { camelName, type InputDefinition } from '../../src/parameters/input-definition.js';
import { SERVICE_INPUTS } from '../../src/verbs/service/inputs.js';
import type { RetryNotice } from '../../src/provider/retry-policy.js';
import type {
  JsonImage,
  JsonIndexVersion,
  JsonLeftOutUpdate,
  JsonUpdate,
} from '../../src/verbs/service/json-image.js';
import type {
  JsonArticle,
  JsonError,
  JsonReport,
  JsonSite,
  JsonUpdateGroup,
  ReportState,
} from '../../src/verbs/service/json-report.js';
import type { JsonRequest } from '../../src/verbs/service/json-request.js';
import { IMAGE_CLASSES } from '../../src/site/image-package.js';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The report as a JSON Schema. A property that the types have and this has not, or the other way round, does not
 * compile; a test holds every report against it. New properties are allowed: a later version may add some.
 */
export function reportSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Report of an offline servicing run',
    ...objectOf<JsonReport>({
      reportVersion: {
        const: 1,
        description: 'Another number when a property goes or changes its meaning; not when one comes.',
      },
      state: { enum: STATES, description: 'The worst of the images.' },
      scheduleId: text("ID of the first image's schedule; empty where none was made."),
      scheduleIds: {
        type: 'object',
        propertyNames: PACKAGE_ID,
        additionalProperties: integer,
        description:
          'Package ID to schedule ID. Of a run that failed: the schedules that run, or may be left.',
      },
      appliedCiCount: count('Different CI_IDs applied to schedules, which is not yet installed.'),
      ciIds: { ...listOf(CI_ID), description: 'These CI_IDs, ascending, each once.' },
      skippedCiCount: count('Different CI_IDs left out for every image.'),
      imagePackageIds: { ...listOf(PACKAGE_ID), description: 'Of all images that were found.' },
      report: text('Path of the file; empty where none is written.'),
      product: objectOf<JsonReport['product']>({ name: text(), version: text() }),
      startedAt: MOMENT,
      endedAt: MOMENT,
      request: { ...orNull(request()), description: 'What was asked for; null where the inputs were wrong.' },
      site: {
        ...orNull(objectOf<JsonSite>({ code: SITE_CODE, name: orNull(text()), version: orNull(text()) })),
        description: 'The site that the provider serves; null where the run did not come that far.',
      },
      updateGroups: listOf(
        objectOf<JsonUpdateGroup>({
          ciId: CI_ID,
          name: text(),
          updates: count('Updates in the group.'),
        }),
      ),
      articles: listOf(
        objectOf<JsonArticle>({
          article: ARTICLE,
          updates: count('Updates that the article stands for.'),
        }),
      ),
      images: listOf(image()),
      retries: {
        ...listOf(
          objectOf<RetryNotice>({
            label: text('What was tried again.'),
            why: text(),
            attempt: { ...integer, minimum: 2, description: 'The attempt that was to come.' },
            attempts: count('The most that there are.'),
            delayMilliseconds: count('The pause before it.'),
          }),
        ),
        description: 'What had to be tried again, in the order in which it was.',
      },
      warnings: { ...listOf(text()), description: 'As they were printed.' },
      errors: {
        ...listOf(ERROR),
        description: 'Why the step failed; empty where it did not.',
      },
    }),
    $defs: { error: error() },
  };
}

/** An error stands inside another one that came of it. */
const ERROR: Schema = { $ref: '#/$defs/error' };

function error(): Schema {
  return objectOf<JsonError>({
    code: { ...text('A section of docs/troubleshooting.md.'), pattern: '^OS\\d{3}$' },
    what: text('What failed.'),
    cause: text('The probable cause; empty for a wrong input, which what explains by itself.'),
    next: text('What to do.'),
    schedules: {
      ...listOf(objectOf<JsonError['schedules'][number]>({ scheduleId: integer, packageId: PACKAGE_ID })),
      description: 'The schedules that run, or may be left.',
    },
    commands: {
      ...listOf(
        objectOf<JsonError['commands'][number]>({
          where: text('Where the lines run.'),
          lines: { ...listOf(text()), description: 'Each can be run as it is.' },
        }),
      ),
      description: 'What removes by hand what may be left; one of the places is enough.',
    },
    because: {
      ...orNull(ERROR),
      description:
        'What the run failed with before its undo began; null for an error that stands for itself.',
    },
  });
}

/** Booleans and choices stand in a request as they are given, so their schema follows from the table of inputs. */
type GivenAsIs = {
  readonly [Name in keyof JsonRequest]: JsonRequest[Name] extends boolean | string ? Name : never;
}[Exclude<keyof JsonRequest, 'start' | 'siteCode' | 'siteServer'>];

function request(): Schema {
  const definitions: readonly InputDefinition[] = SERVICE_INPUTS;
  const asIs = definitions.flatMap(({ name, group, kind }) => {
    if (group === 'connection') return [];
    if (kind.is === 'boolean') return [[camelName(name), BOOLEAN] as const];
    return kind.is === 'choice' ? [[camelName(name), { enum: kind.of }] as const] : [];
  });
  return withProperties(
    objectOf<Omit<JsonRequest, GivenAsIs>>({
      connection: objectOf<JsonRequest['connection']>({
        kind: { enum: CONNECTIONS },
        host: { ...orNull(text()), description: 'Null: the machine of the run itself.' },
      }),
      siteCode: orNull(SITE_CODE),
      siteServer: orNull(text()),
      images: { ...listOf(text()), minItems: 1, description: 'Names or package IDs.' },
      updateGroups: { ...listOf(text()), description: 'Names or CI_IDs.' },
      updates: listOf({
        ...text('An article, a CI_ID, or all that the site holds as applicable.'),
        pattern: '^(?:KB\\d+|\\d+|applicable)$',
      }),
      excludeUpdates: listOf({ ...text('An article or a CI_ID.'), pattern: '^(?:KB\\d+|\\d+)$' }),
      start: {
        ...text(
          'ISO 8601 to the minute: with a Z in UTC, without a zone in the time of the source site of each image.',
        ),
        pattern: '^(?:now|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\dZ?)$',
      },
    }),
    Object.fromEntries(asIs),
  );
}

function withProperties(schema: Schema, more: Readonly<Record<string, Schema>>): Schema {
  const properties = { ...(schema['properties'] as object), ...more };
  return { ...schema, required: Object.keys(properties), properties };
}

function image(): Schema {
  return objectOf<JsonImage>({
    packageId: PACKAGE_ID,
    name: text(),
    class: { enum: IMAGE_CLASSES },
    version: orNull(text()),
    sourcePath: orNull(text()),
    sourceSite: SITE_CODE,
    siteServer: text('FQDN of the server that services it.'),
    indexes: {
      ...orNull(listOf({ ...integer, minimum: 1 })),
      description: 'Operating systems in the image, ascending; null where they cannot be read.',
    },
    osVersion: {
      ...orNull(text()),
      description: 'The highest OS version that the site tells for any index; null where it tells none.',
    },
    osVersions: {
      ...listOf(
        objectOf<JsonIndexVersion>({
          index: { ...integer, minimum: 1 },
          osVersion: { ...orNull(text()), description: 'Null where it cannot be read.' },
        }),
      ),
      description: 'For every index that is known, ascending.',
    },
    state: { enum: STATES },
    scheduleId: {
      ...orNull(integer),
      description: 'Null where no schedule was made, or none is left of a run that failed.',
    },
    scheduleName: { ...orNull(text()), description: 'As OfflineServicingMgr.log calls it.' },
    startsAt: {
      ...orNull(text()),
      description: 'For people; null for a schedule that starts at once, and where there is none.',
    },
    applicable: {
      ...orNull(count('')),
      description: 'Updates that the site holds as applicable; null where that was not asked for.',
    },
    used: {
      ...orNull(listOf(objectOf<JsonUpdate>(UPDATE))),
      description: 'Null where the run ended before it looked at the updates.',
    },
    leftOut: {
      ...orNull(
        listOf(
          objectOf<JsonLeftOutUpdate>({
            ...UPDATE,
            need: { enum: Object.keys(NEEDS) },
            reason: { enum: Object.keys(REASONS) },
            supersededBy: {
              ...orNull(objectOf<JsonUpdate>(UPDATE)),
              description:
                'The update that is used in its place, where the reason is superseded; the one that the image has already, where it is superseded-by-installed.',
            },
            sibling: {
              ...orNull(objectOf<JsonUpdate>(UPDATE)),
              description:
                'The update of the same article that is the one for the image, where the reason is not-required-sibling.',
            },
          }),
        ),
      ),
      description: 'Null where the run ended before it looked at the updates.',
    },
  });
}

/** Every property is there, always. */
function objectOf<Of>(properties: Readonly<Record<keyof Of, Schema>>): Schema {
  return { type: 'object', required: Object.keys(properties), properties };
}

function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

function text(description?: string): Schema {
  return { type: 'string', ...(description === undefined ? {} : { description }) };
}

const integer: Schema = { type: 'integer' };

function count(description: string): Schema {
  return { ...integer, minimum: 0, ...(description === '' ? {} : { description }) };
}

const BOOLEAN: Schema = { type: 'boolean' };
const PACKAGE_ID: Schema = { type: 'string', pattern: '^[A-Z0-9]{3}[0-9A-F]{5}$' };
const SITE_CODE: Schema = { type: 'string', pattern: '^[A-Z0-9]{3}$' };
const CI_ID: Schema = { type: 'integer', minimum: 1 };
const ARTICLE: Schema = { type: 'string', description: 'With KB before it.' };
const MOMENT: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
  description: 'ISO 8601, UTC.',
};
const UPDATE: Readonly<Record<keyof JsonUpdate, Schema>> = {
  ciId: CI_ID,
  article: orNull(ARTICLE),
  title: orNull(text()),
};

// As records, so that a value that comes is missed here.
const STATES = Object.keys({
  scheduled: true,
  'nothing-to-do': true,
  planned: true,
  failed: true,
} satisfies Readonly<Record<ReportState, true>>);
const NEEDS = { 'not-wanted': true, 'not-needed': true, 'not-possible': true } satisfies Readonly<
  Record<JsonLeftOutUpdate['need'], true>
>;
const REASONS = {
  expired: true,
  'already-installed': true,
  superseded: true,
  'superseded-by-installed': true,
  'not-required': true,
  'not-required-sibling': true,
  excluded: true,
  'feature-update': true,
  'metadata-only': true,
  hidden: true,
  disabled: true,
  'license-terms-not-accepted': true,
  'not-serviceable-offline': true,
  'content-not-downloaded': true,
  'not-readable': true,
} satisfies Readonly<Record<JsonLeftOutUpdate['reason'], true>>;
