import type { ClassDefinition, Properties, PropertyDefinition, Value } from './class-definitions.js';
import { edmType } from './class-definitions.js';
import { notFound } from './odata-error.js';
import { syntaxError, tokenize, type Token } from './odata-tokens.js';

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextFunction = 'contains' | 'startswith' | 'endswith';
export type Literal = string | number | boolean;

/** `and` and `or` hold all their operands side by side: a chain of hundreds must not nest hundreds deep. */
export type Filter =
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly operator: Comparison;
      readonly literal: Literal;
    }
  | { readonly kind: 'call'; readonly name: TextFunction; readonly path: string; readonly text: string }
  | { readonly kind: 'any'; readonly path: string; readonly variable: string; readonly condition: Filter }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] };

const COMPARISONS: ReadonlySet<string> = new Set<Comparison>(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const FUNCTIONS: ReadonlySet<string> = new Set<TextFunction>(['contains', 'startswith', 'endswith']);
const isComparison = (word: string): word is Comparison => COMPARISONS.has(word);
const isFunction = (word: string): word is TextFunction => FUNCTIONS.has(word);
/** Parentheses deeper than this are refused, before they can exhaust the stack. */
const DEEPEST = 100;

/** Reads the percent-decoded text of `$filter`. What is not recorded to work on this route is a 404. */
export function parseFilter(source: string): Filter {
  return new FilterParser(source).whole();
}

class FilterParser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  whole(): Filter {
    const filter = this.#chain('or');
    return this.#peek().kind === 'end' ? filter : this.#fail('the expression should end here');
  }

  #chain(kind: 'and' | 'or'): Filter {
    const operand = (): Filter => (kind === 'or' ? this.#chain('and') : this.#unary());
    const first = operand();
    const operands = [first];
    while (this.#takeWord(kind)) {
      operands.push(operand());
    }
    return operands.length === 1 ? first : { kind, operands };
  }

  #unary(): Filter {
    this.#depth += 1;
    if (this.#depth > DEEPEST) {
      this.#fail('the expression is nested too deeply');
    }
    const filter = this.#takeWord('not')
      ? ({ kind: 'not', operand: this.#unary() } as const)
      : this.#takeMark('(')
        ? this.#inParentheses()
        : this.#term();
    this.#depth -= 1;
    return filter;
  }

  #inParentheses(): Filter {
    const filter = this.#chain('or');
    this.#expectMark(')');
    return filter;
  }

  #term(): Filter {
    const path = this.#word('a property or a function');
    if (this.#takeMark('(')) {
      return isFunction(path) ? this.#call(path) : this.#fail(`an unknown function '${path}'`);
    }
    if (this.#takeMark('/')) {
      return this.#lambda(path);
    }
    // A bare boolean (`not IsExpired`), `in`, `has`, `like`: nobody saw them work here, so they do not.
    const operator = this.#word('an operator');
    if (!isComparison(operator)) {
      return this.#fail(`an unknown operator '${operator}'`);
    }
    return { kind: 'compare', path, operator, literal: this.#literal() };
  }

  #call(name: TextFunction): Filter {
    const path = this.#word('a property');
    this.#expectMark(',');
    const literal = this.#literal();
    this.#expectMark(')');
    return typeof literal === 'string'
      ? { kind: 'call', name, path, text: literal }
      : this.#fail(`the second argument of '${name}' is no text`);
  }

  #lambda(path: string): Filter {
    if (!this.#takeWord('any')) {
      return this.#fail("only 'any' is known after '/'");
    }
    this.#expectMark('(');
    const variable = this.#word('a range variable');
    this.#expectMark(':');
    const condition = this.#chain('or');
    this.#expectMark(')');
    return { kind: 'any', path, variable, condition };
  }

  #literal(): Literal {
    const token = this.#take();
    if (token.kind === 'text' || token.kind === 'integer') {
      return token.value;
    }
    if (token.kind === 'word' && (token.text === 'true' || token.text === 'false')) {
      return token.text === 'true';
    }
    // `null`, dates, GUIDs and other properties: no evidence that any of them works on the right side.
    return this.#fail('a text, a whole number, true or false is needed here');
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', at: this.#source.length };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #word(what: string): string {
    const token = this.#take();
    return token.kind === 'word' ? token.text : this.#fail(`${what} is needed here`);
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    const found = token.kind === 'word' && token.text === word;
    this.#next += found ? 1 : 0;
    return found;
  }

  #takeMark(mark: '(' | '/'): boolean {
    const token = this.#peek();
    const found = token.kind === 'mark' && token.text === mark;
    this.#next += found ? 1 : 0;
    return found;
  }

  #expectMark(mark: ')' | '(' | ',' | ':'): void {
    const token = this.#take();
    if (token.kind !== 'mark' || token.text !== mark) {
      this.#fail(`'${mark}' is needed here`);
    }
  }

  #fail(why: string): never {
    const token = this.#tokens[Math.max(0, this.#next - 1)];
    throw notFound(syntaxError(this.#source, token?.at ?? 0, why));
  }
}

/** How many comparisons and function calls a filter holds. */
export function countTerms(filter: Filter): number {
  switch (filter.kind) {
    case 'compare':
    case 'call':
      return 1;
    case 'any':
      return countTerms(filter.condition);
    case 'not':
      return countTerms(filter.operand);
    case 'and':
    case 'or':
      return filter.operands.reduce((sum, operand) => sum + countTerms(operand), 0);
  }
}

/** SQL compares without regard to case, and `=` also without regard to blanks at the end. */
export const foldCase = (text: string): string => text.toLowerCase();
export function foldText(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') {
    end -= 1;
  }
  return foldCase(text.slice(0, end));
}

export type Predicate = (row: Properties) => boolean;
type ValuePredicate = (value: Value | undefined) => boolean;

/**
 * The test that a filter stands for, or a 404 where it does not fit the class: unknown property, wrong type,
 * a lazy property. Texts are compared as the site's database does it, without regard to case: a client that takes
 * every row of `Name eq 'x'` for an exact match finds too much.
 */
export function compileFilter(filter: Filter, of: ClassDefinition): Predicate {
  switch (filter.kind) {
    case 'compare':
    case 'call': {
      const definition = filterable(of, filter.path);
      const test = compileTerm(filter, definition);
      const name = definition.name;
      return (row) => test(row[name]);
    }
    case 'any':
      return compileAny(filter, of);
    case 'not': {
      const operand = compileFilter(filter.operand, of);
      return (row) => !operand(row);
    }
    case 'and': {
      const operands = filter.operands.map((operand) => compileFilter(operand, of));
      return (row) => operands.every((operand) => operand(row));
    }
    case 'or': {
      const operands = filter.operands.map((operand) => compileFilter(operand, of));
      return (row) => operands.some((operand) => operand(row));
    }
  }
}

/** The property of that exact name; OData reads property names with regard to case. */
export function propertyNamed(of: ClassDefinition, name: string): PropertyDefinition {
  const definition = of.properties.find((one) => one.name === name);
  if (definition === undefined) {
    throw notFound(`Could not find a property named '${name}' on type 'AdminService.${of.name}'.`);
  }
  return definition;
}

function filterable(of: ClassDefinition, name: string): PropertyDefinition {
  const definition = propertyNamed(of, name);
  if (definition.lazy) {
    // WMI has no value of a lazy property in a query, so it cannot compare one either.
    throw notFound(`The property '${name}' of 'AdminService.${of.name}' is lazy and cannot be filtered by.`);
  }
  return definition;
}

function compileAny(filter: Extract<Filter, { kind: 'any' }>, of: ClassDefinition): Predicate {
  const definition = filterable(of, filter.path);
  if (!definition.array || definition.type !== 'String') {
    throw notFound(`'any' needs a collection of texts; '${filter.path}' is ${edmType(definition)}.`);
  }
  const element = { ...definition, name: filter.variable, array: false };
  const test = compileFilter(filter.condition, { ...of, properties: [element] });
  return (row) => {
    const values = row[definition.name];
    return Array.isArray(values) && values.some((value: Value) => test({ [filter.variable]: value }));
  };
}

function compileTerm(
  term: Extract<Filter, { kind: 'compare' | 'call' }>,
  definition: PropertyDefinition,
): ValuePredicate {
  const operator = term.kind === 'compare' ? term.operator : term.name;
  const literal = term.kind === 'compare' ? term.literal : term.text;
  const wrongType = (): Error =>
    notFound(
      `A binary operator with incompatible types was detected. Found operand types '${edmType(definition)}' ` +
        `and '${edmOfLiteral(literal)}' for operator kind '${operator}'.`,
    );
  if (definition.array || edmOfLiteral(literal) !== literalTypeFor(definition)) {
    throw wrongType();
  }
  if (term.kind === 'call') {
    return compileCall(term.name, foldCase(term.text));
  }
  if (typeof literal === 'boolean') {
    // `gt` between booleans means nothing.
    if (operator !== 'eq' && operator !== 'ne') {
      throw wrongType();
    }
    return (value) => (value === literal) === (operator === 'eq');
  }
  return typeof literal === 'number'
    ? compileOrdered(term.operator, literal, (value) => (typeof value === 'number' ? value : undefined))
    : compileOrdered(term.operator, foldText(literal), (value) =>
        typeof value === 'string' ? foldText(value) : undefined,
      );
}

const edmOfLiteral = (literal: Literal): string =>
  typeof literal === 'string' ? 'Edm.String' : typeof literal === 'number' ? 'Edm.Int64' : 'Edm.Boolean';

/** The literal that a property of this type can be compared with; a date with none (no date literal works). */
function literalTypeFor(definition: PropertyDefinition): string {
  switch (definition.type) {
    case 'String':
      return 'Edm.String';
    case 'Boolean':
      return 'Edm.Boolean';
    case 'SInt32':
    case 'UInt32':
    case 'SInt64':
      return 'Edm.Int64';
    case 'DateTime':
    default:
      return 'none';
  }
}

function compileCall(name: TextFunction, text: string): ValuePredicate {
  const test = {
    contains: (value: string) => value.includes(text),
    startswith: (value: string) => value.startsWith(text),
    endswith: (value: string) => value.endsWith(text),
  }[name];
  return (value) => typeof value === 'string' && test(foldCase(value));
}

function compileOrdered<T extends number | string>(
  operator: Comparison,
  literal: T,
  read: (value: Value | undefined) => T | undefined,
): ValuePredicate {
  const test = {
    eq: (value: T) => value === literal,
    ne: (value: T) => value !== literal,
    gt: (value: T) => value > literal,
    ge: (value: T) => value >= literal,
    lt: (value: T) => value < literal,
    le: (value: T) => value <= literal,
  }[operator];
  return (found) => {
    const value = read(found);
    return value !== undefined && test(value);
  };
}

/**
 * The values that one of the given properties must have for the filter to hold, where the filter says so by
 * `p eq a or p eq b …`, alone or as a part of an `and`. An index answers such a filter without reading all rows.
 */
export function necessaryValues(
  filter: Filter,
  indexed: readonly string[],
): { readonly property: string; readonly values: readonly (string | number)[] } | undefined {
  switch (filter.kind) {
    case 'compare':
      return filter.operator === 'eq' && indexed.includes(filter.path) && typeof filter.literal !== 'boolean'
        ? { property: filter.path, values: [filter.literal] }
        : undefined;
    case 'or':
      return necessaryOfAll(filter.operands, indexed);
    case 'and':
      return filter.operands
        .map((operand) => necessaryValues(operand, indexed))
        .filter((found) => found !== undefined)
        .sort((one, other) => one.values.length - other.values.length)[0];
    case 'call':
    case 'any':
    case 'not':
      return undefined;
  }
}

function necessaryOfAll(
  operands: readonly Filter[],
  indexed: readonly string[],
): { readonly property: string; readonly values: readonly (string | number)[] } | undefined {
  const first = operands[0] === undefined ? undefined : necessaryValues(operands[0], indexed);
  if (first === undefined) {
    return undefined;
  }
  const values: (string | number)[] = [];
  for (const operand of operands) {
    const found = necessaryValues(operand, [first.property]);
    if (found === undefined) {
      return undefined;
    }
    values.push(...found.values);
  }
  return { property: first.property, values };
}
