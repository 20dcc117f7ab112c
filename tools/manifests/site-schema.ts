import { CLASS_NAMES } from '../../src/simulator/class-definitions.js';
import { rewritten, schemasOf, type Schema } from './schema-of-type.js';

const FILE = 'src/simulator/site-description.ts';

/** The JSON Schema of a site description: the one for editors, and the one that the simulator reads with. */
export function siteSchemas(): { readonly forEditors: object; readonly forSimulator: object } {
  const schemaOf = schemasOf(FILE);
  const definitionsOf = (one: string, other: string): Definitions =>
    withClassNames({ ...schemaOf(one).definitions, ...schemaOf(other).definitions });
  return {
    forEditors: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Description of a simulated site',
      // Of a choice between two schemas, editors report the problems with both.
      if: { type: 'object', required: ['extends'] },
      then: { $ref: '#/definitions/ExtendedDefaultSite' },
      else: { $ref: '#/definitions/WholeSite' },
      ...rewritten({ definitions: definitionsOf('WholeSite', 'ExtendedDefaultSite') }, forEditor),
    },
    forSimulator: rewritten(
      { definitions: definitionsOf('DefaultSiteChoice', 'SiteDescription') },
      forSimulator,
    ),
  };
}

type Definitions = NonNullable<Schema['definitions']>;

/** The classes are data of the simulator, so their type does not list them. */
function withClassNames(definitions: Definitions): Definitions {
  const { ClassName } = definitions;
  if (typeof ClassName !== 'object') throw new TypeError(`${FILE} has no ClassName.`);
  const named: Tagged = {
    ...ClassName,
    expected: `one of ${CLASS_NAMES.map((name) => JSON.stringify(name)).join(', ')}`,
    examples: [...CLASS_NAMES],
  };
  return { ...definitions, ClassName: named };
}

/** `expected` says in an error message what a text must be. */
type Tagged = Schema & { readonly expected?: string };

function forEditor(schema: Tagged): Schema {
  const { expected, ...others } = withOptionalDefaults(schema);
  const words = expected === undefined ? {} : { description: `Must be ${expected}.` };
  // No editor knows the formats.
  return { ...words, ...others, format: undefined };
}

function forSimulator(schema: Schema): Schema {
  return { ...withOptionalDefaults(schema), description: undefined, examples: undefined };
}

/** A field with a default can be left out, though every description has it once it is read. */
function withOptionalDefaults(schema: Tagged): Tagged {
  const { properties, required = [] } = schema;
  if (properties === undefined) return schema;
  const hasDefault = (name: string): boolean => {
    const property = properties[name];
    return typeof property === 'object' && property.default !== undefined;
  };
  return { ...schema, required: required.filter((name) => !hasDefault(name)) };
}
