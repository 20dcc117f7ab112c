import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { jsonProperties, keptProperties } from '../../src/provider/admin-service/json-values.js';
import { instanceOf, type JsonValue } from '../../src/provider/instance.js';
import type { Create } from '../../src/provider/port.js';
import type { EmbeddedObject, SmsClass, TypedProperties, TypedValue } from '../../src/provider/cim-value.js';
import { batchText } from '../../src/provider/wmi/batch-text.js';
import { asItIs } from './operations.js';

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ':',
    'uint32:1',
    'a"b`$(x)\'',
    'first\r\nsecond',
    '\u2028',
    '2024-01-10T08:00:00Z',
    '\uD800',
  ),
);
const names = fc.stringMatching(/^[A-Z][A-Za-z0-9_]{0,8}$/);
const dates = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true });
const sint32s = fc.integer({ min: -2_147_483_648, max: 2_147_483_647 });
const uint32s = fc.integer({ min: 0, max: 4_294_967_295 });
const milliseconds = dates.map((date) => date.getTime());
const classes = fc.constantFrom<SmsClass>('SMS_A', 'SMS_B');

const scalarsAndArrays: fc.Arbitrary<TypedValue> = fc.oneof(
  texts.map((value) => ({ cim: 'string', value }) as const),
  fc.boolean().map((value) => ({ cim: 'boolean', value }) as const),
  sint32s.map((value) => ({ cim: 'sint32', value }) as const),
  uint32s.map((value) => ({ cim: 'uint32', value }) as const),
  milliseconds.map((value) => ({ cim: 'datetime', value }) as const),
  fc.array(texts).map((value) => ({ cim: 'string[]', value }) as const),
  fc.array(fc.boolean()).map((value) => ({ cim: 'boolean[]', value }) as const),
  fc.array(sint32s).map((value) => ({ cim: 'sint32[]', value }) as const),
  fc.array(uint32s).map((value) => ({ cim: 'uint32[]', value }) as const),
  fc.array(milliseconds).map((value) => ({ cim: 'datetime[]', value }) as const),
);

const { properties } = fc.letrec<{ properties: TypedProperties; object: EmbeddedObject; value: TypedValue }>(
  (tie) => ({
    properties: fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    object: fc.record({ class: classes, properties: tie('properties') }, { noNullPrototype: true }),
    value: fc.oneof(
      { maxDepth: 3 },
      scalarsAndArrays,
      tie('object').map((value) => ({ cim: 'object', value }) as const),
      fc.array(tie('object'), { maxLength: 3 }).map((value) => ({ cim: 'object[]', value }) as const),
    ),
  }),
);

const creating = (given: TypedProperties): Create => ({
  verb: 'create',
  class: 'SMS_X',
  keyFrom: 'site',
  properties: given,
  decode: asItIs,
});

function linesFor(given: TypedProperties): readonly string[] {
  const batch = {
    operations: [creating(given)],
    order: 'unordered',
    place: { computer: '', protocols: [], namespace: '' },
    siteCode: '',
    credential: undefined,
    operationSeconds: 1,
    batchSeconds: 1,
  } as const;
  return batchText(batch, 1).split('\n');
}

/** What the script makes of a value, in the terms of the port. */
function received(sent: unknown): unknown {
  if (typeof sent === 'string') {
    const colon = sent.indexOf(':');
    return plain(sent.slice(0, colon), sent.slice(colon + 1));
  }
  const { array, elements, class: className, properties: inner } = sent as Record<string, unknown>;
  if (className !== undefined)
    return { cim: 'object', value: { class: className, properties: receivedAll(inner) } };
  const values = (elements as readonly unknown[]).map((one) => (received(one) as { value: unknown }).value);
  return { cim: array, value: values };
}

function receivedAll(sent: unknown): unknown {
  return Object.fromEntries(
    Object.entries(sent as Record<string, unknown>).map(([name, value]) => [name, received(value)]),
  );
}

function plain(cim: string, value: string): unknown {
  switch (cim) {
    case 'string':
      return { cim, value };
    case 'boolean':
      return { cim, value: value === 'true' };
    case 'datetime':
      return { cim, value: Date.parse(value) };
    default:
      return { cim, value: Number(value) };
  }
}

/** Every value of a body, with the values in it. */
function* within(value: JsonValue): Generator<JsonValue> {
  yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) yield* within(inner);
}

suite('values on their way to the script', () => {
  test('take one line for each operation, and lose nothing', () => {
    fc.assert(
      fc.property(properties, (given) => {
        const lines = linesFor(given);
        assert.equal(lines.length, 3);
        const sent = JSON.parse(lines[1] ?? '') as { readonly properties: unknown };
        assert.deepEqual(receivedAll(sent.properties), given);
      }),
      { numRuns: 500 },
    );
  });
});

suite('values on their way to the administration service', () => {
  test('have no null and no empty array in them, and each object names its class first', () => {
    fc.assert(
      fc.property(properties, (given) => {
        const body = JSON.parse(JSON.stringify(jsonProperties(given))) as JsonValue;
        for (const value of within(body)) {
          assert.notEqual(value, null);
          if (Array.isArray(value)) assert.notEqual(value.length, 0);
          else if (typeof value === 'object' && value !== body)
            assert.equal(Object.keys(value ?? {})[0], '@odata.type');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are sent back as they were read', () => {
    fc.assert(
      fc.property(properties, (given) => {
        const kinds = new Set(Object.keys(given).map((name) => name.toLowerCase()));
        fc.pre(kinds.size === Object.keys(given).length);
        const body = jsonProperties(given);
        fc.pre(!JSON.stringify(body).includes('"1970-01-01T00:00:00'));
        assert.deepEqual(keptProperties(instanceOf(body), Object.keys(given)), body);
      }),
      { numRuns: 500 },
    );
  });
});

suite('a value that its type cannot hold', () => {
  const wrong: readonly TypedValue[] = [
    { cim: 'sint32', value: 2_147_483_648 },
    { cim: 'uint32', value: -1 },
    { cim: 'uint32[]', value: [1, 1.5] },
    { cim: 'sint32[]', value: [Number.NaN] },
    { cim: 'datetime', value: Date.UTC(1600, 0, 1) },
    { cim: 'datetime[]', value: [Number.POSITIVE_INFINITY] },
    { cim: 'object', value: { class: 'SMS_A', properties: { A: { cim: 'uint32', value: 4_294_967_296 } } } },
  ];
  for (const value of wrong) {
    test(`is sent by neither connection: ${JSON.stringify(value)}`, () => {
      assert.throws(() => linesFor({ Value: value }), RangeError);
      assert.throws(() => jsonProperties({ Value: value }), RangeError);
    });
  }
});
