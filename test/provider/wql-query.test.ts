import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import type { Condition } from '../../src/provider/port.js';
import { canBeInQuery, queryTexts } from '../../src/provider/wmi/wql-query.js';
import type { ClassDefinition, PropertyDefinition } from '../../src/simulator/class-definitions.js';
import { compileWhere } from '../simulated-wmi/wql-filter.js';
import { parseWql, WqlError } from '../simulated-wmi/wql.js';
import { query } from './operations.js';

const property = (name: string, type: PropertyDefinition['type']): PropertyDefinition => ({
  name,
  type,
  array: false,
  lazy: false,
  writable: false,
  required: false,
});
const THING: ClassDefinition = {
  name: 'SMS_Thing',
  derivation: ['SMS_BaseClass'],
  properties: [property('Name', 'String'), property('Size', 'UInt32'), property('Used', 'Boolean')],
  keys: [],
  methods: [],
  writable: false,
  keyFromSite: false,
};

function onlyText(where: readonly Condition[]): string {
  const [text, ...more] = queryTexts(query('SMS_Thing', where), ['Name'], where, 50);
  assert.equal(more.length, 0);
  return text ?? '';
}

function finds(
  where: readonly Condition[],
  row: Readonly<Record<string, string | number | boolean>>,
): boolean {
  const parsed = parseWql(onlyText(where));
  assert.equal(parsed.className, 'SMS_Thing');
  return parsed.where === undefined || compileWhere(parsed.where, THING)(row);
}

/** Texts that are made of what WQL has a meaning for, among others. */
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom('\\', "'", '"', '[', ']', '%', '_', '^', 'a', ' ', '-'), maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const askable = texts.filter(canBeInQuery);

suite('the queries of the WMI connection', () => {
  test('a text means itself, whatever is in it', () => {
    fc.assert(
      fc.property(askable, askable, (wanted, other) => {
        assert.ok(finds([{ property: 'Name', oneOf: [wanted] }], { Name: wanted }));
        const same = wanted.toLowerCase().trimEnd() === other.toLowerCase().trimEnd();
        assert.equal(finds([{ property: 'Name', oneOf: [wanted] }], { Name: other }), same);
      }),
    );
  });

  test('all conditions must hold, and of a list one', () => {
    const where: readonly Condition[] = [
      { property: 'Name', oneOf: ['a', 'b'] },
      { property: 'Size', oneOf: [1, 4_294_967_295] },
      { property: 'Used', oneOf: [true] },
    ];
    assert.ok(finds(where, { Name: 'b', Size: 4_294_967_295, Used: true }));
    assert.ok(!finds(where, { Name: 'c', Size: 1, Used: true }));
    assert.ok(!finds(where, { Name: 'a', Size: 2, Used: true }));
    assert.ok(!finds(where, { Name: 'a', Size: 1, Used: false }));
  });

  test('a long list is asked for in parts, none of them too long, and every value once', () => {
    const sizes = Array.from({ length: 120 }, (_, at) => at) as [number, ...number[]];
    const parts = queryTexts(query('SMS_Thing', []), ['Size'], [{ property: 'Size', oneOf: sizes }], 50);
    assert.equal(parts.length, 3);
    const values = parts.flatMap((part) =>
      [...part.matchAll(/Size = (\d+)/g)].map(([, value]) => Number(value)),
    );
    assert.deepEqual(values, sizes);
    const long = Array.from({ length: 20 }, (_, at) => String(at).repeat(1_000)) as [string, ...string[]];
    const texts_ = queryTexts(query('SMS_Thing', []), ['Name'], [{ property: 'Name', oneOf: long }], 50);
    assert.ok(texts_.length > 1);
    assert.ok(texts_.every((text) => text.length < 10_000));
  });

  test('a name of a property that is none never gets into a query', () => {
    for (const name of ["Name = ''", 'a b', '', 'Name\n', "x'"]) {
      assert.throws(() => onlyText([{ property: name, oneOf: [1] }]), TypeError);
    }
  });
});

suite('the simulated WMI', () => {
  for (const wrong of [
    'SELECT Name FROM SMS_Thing WHERE',
    "SELECT Name FROM SMS_Thing WHERE Name = 'a",
    "SELECT Name FROM SMS_Thing WHERE Name = 'a\\b'",
    "SELECT Name FROM SMS_Thing WHERE Name = 'a'' OR 1 = 1",
    "SELECT Name FROM SMS_Thing WHERE Name = 'a' ORDER BY Name",
    "SELECT Name FROM SMS_Thing WHERE Name eq 'a'",
    "SELECT Name FROM SMS_Thing WHERE Name IN ('a', 'b')",
    "SELECT Name FROM SMS_Thing WHERE (Name = 'a'",
    'SELECT FROM SMS_Thing',
    'SELECT Name, FROM SMS_Thing',
    'SELECT Name FROM SMS_Thing; SELECT',
  ]) {
    test(`takes no ${wrong}`, () => {
      assert.throws(() => parseWql(wrong), WqlError);
    });
  }

  for (const wrong of ["Size = '1'", 'Name = 1', 'Size = 4294967296', 'Size = -1', 'Used = 1', 'Other = 1']) {
    test(`compares no ${wrong}`, () => {
      const { where } = parseWql(`SELECT Name FROM SMS_Thing WHERE ${wrong}`);
      assert.ok(where);
      assert.throws(() => compileWhere(where, THING), WqlError);
    });
  }
});
