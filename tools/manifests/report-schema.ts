import { rewritten, schemasOf, type Schema } from './schema-of-type.js';

/** The report as a JSON Schema. New properties are allowed: a later version may add some. */
export function reportSchema(): object {
  const { definitions = {} } = schemasOf('src/verbs/service/json-report.ts')('JsonReport');
  const { definitions: all = {} } = rewritten({ definitions }, (schema) =>
    withDefs(open(withOneList(schema, definitions))),
  );
  const { JsonReport: report, ...others } = all;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Report of an offline servicing run',
    ...(typeof report === 'object' ? report : {}),
    $defs: withoutUnused(report, others),
  };
}

type Definitions = NonNullable<Schema['definitions']>;

function open({ additionalProperties, ...schema }: Schema): Schema {
  return additionalProperties === false ? schema : { ...schema, additionalProperties };
}

/** Where the name of a definition is in draft 2020-12. */
function withDefs(schema: Schema): Schema {
  return schema.$ref === undefined
    ? schema
    : { ...schema, $ref: schema.$ref.replace('definitions', '$defs') };
}

/** A choice between texts as one list of them. */
function withOneList(schema: Schema, definitions: Definitions): Schema {
  const { anyOf, ...others } = schema;
  const texts = anyOf?.map((one) => textsOf(one, definitions));
  return texts?.every((each) => each !== undefined) === true
    ? { type: 'string', enum: texts.flat(), ...others }
    : schema;
}

function textsOf(
  schema: Schema | boolean | undefined,
  definitions: Definitions,
): readonly string[] | undefined {
  if (typeof schema !== 'object') return undefined;
  const { const: only, enum: choices = only === undefined ? undefined : [only], anyOf, $ref } = schema;
  if ($ref !== undefined) return textsOf(definitions[$ref.replace(/.*\//u, '')], definitions);
  if (anyOf !== undefined) return undefined;
  return choices?.every((one) => typeof one === 'string') === true ? choices : undefined;
}

/** Without the definitions whose choices are part of a longer list. */
function withoutUnused(report: Schema | boolean | undefined, definitions: Definitions): Definitions {
  const text = JSON.stringify([report, definitions]);
  return Object.fromEntries(
    Object.entries(definitions).filter(([name]) => text.includes(`"#/$defs/${name}"`)),
  );
}
