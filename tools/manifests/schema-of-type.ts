import { join } from 'node:path';

import {
  AnnotatedType,
  ChainNodeParser,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
  StringType,
  type CompletedConfig,
  type Context,
  type Schema,
} from 'ts-json-schema-generator';
import ts from 'typescript';

import { REPOSITORY } from '../repository.js';

export type { Schema };

/** Makes the JSON Schema of an exported type of one file. Its comments become descriptions. */
export function schemasOf(file: string): (type: string) => Schema {
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path: join(REPOSITORY, file),
    tsconfig: join(REPOSITORY, 'tsconfig.json'),
    // The compiler has checked the types already.
    skipTypeCheck: true,
    sortProps: false,
    encodeRefs: false,
  };
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => {
    if (!(chain instanceof ChainNodeParser)) throw new TypeError('This generator takes no other parsers.');
    chain.addNodeParser({
      supportsNode: (node) => marker(node) !== undefined,
      createType: (node, context) => marker(node)?.(chain, context) ?? new StringType(),
    });
  });
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  return (type) => generator.createSchema(type);
}

/** What stands for one of the types of src/simulator/schema-types.ts. */
function marker(node: ts.Node): ((chain: ChainNodeParser, context: Context) => AnnotatedType) | undefined {
  if (!ts.isTypeReferenceNode(node) || !ts.isIdentifier(node.typeName)) return undefined;
  const [first, second] = node.typeArguments ?? [];
  if (first === undefined || second === undefined) return undefined;
  switch (node.typeName.text) {
    case 'Integer': {
      const bounds = { type: 'integer', minimum: literal(first), maximum: literal(second) };
      return () => new AnnotatedType(new StringType(), bounds, false);
    }
    case 'Text': {
      const check = literal(second);
      const keywords = { expected: literal(first), ...(typeof check === 'object' ? check : {}) };
      return () => new AnnotatedType(new StringType(), keywords, false);
    }
    case 'Default':
      return (chain, context) =>
        new AnnotatedType(chain.createType(first, context), { default: literal(second) }, false);
    default:
      return undefined;
  }
}

/** The value that a literal type stands for. */
function literal(node: ts.TypeNode): unknown {
  if (ts.isTupleTypeNode(node)) return node.elements.map(literal);
  if (ts.isTypeLiteralNode(node)) {
    return Object.fromEntries(
      node.members.flatMap((member) =>
        ts.isPropertySignature(member) && ts.isIdentifier(member.name) && member.type
          ? [[member.name.text, literal(member.type)] as const]
          : [],
      ),
    );
  }
  if (ts.isTypeReferenceNode(node) && node.getText() === 'Empty') return {};
  if (!ts.isLiteralTypeNode(node)) throw new TypeError(`${node.getText()} is no literal.`);
  const { literal: value } = node;
  if (ts.isStringLiteral(value)) return value.text;
  // Numbers can have a sign before them and separators in them.
  return JSON.parse(value.getText().replaceAll('_', ''));
}

/** A schema with a change made to it and to every schema inside it, the inner ones first. */
export function rewritten(schema: Schema, rewrite: (one: Schema) => Schema): Schema {
  const inner = (one: Schema | boolean): Schema | boolean =>
    typeof one === 'boolean' ? one : rewritten(one, rewrite);
  const named = (all: Readonly<Record<string, Schema | boolean>>): Record<string, Schema | boolean> =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, inner(one)]));
  const { properties, definitions, items, additionalProperties, anyOf } = schema;
  return rewrite({
    ...schema,
    ...(properties && { properties: named(properties) }),
    ...(definitions && { definitions: named(definitions) }),
    ...(items !== undefined && { items: Array.isArray(items) ? items.map(inner) : inner(items) }),
    ...(additionalProperties !== undefined && { additionalProperties: inner(additionalProperties) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
  });
}
