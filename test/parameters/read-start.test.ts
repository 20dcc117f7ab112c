import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { SERVICE_INPUTS } from '../../src/verbs/service/inputs.js';
import fc from 'fast-check';

import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { InputErrors } from '../../src/parameters/input-errors.js';
import { CONNECTIONS } from '../../src/parameters/connection-kinds.js';
import { Inputs } from '../../src/parameters/inputs.js';
import { readStart } from '../../src/verbs/service/read-start.js';
import type { Start } from '../../src/plan/servicing-request.js';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 30);

function startIn(
  start: string | undefined,
  now = NOW,
): {
  readonly start: Start | undefined;
  readonly errors: readonly Diagnosis[];
} {
  const errors = new InputErrors([]);
  const host = {
    spell: (name: string) => name,
    writtenIn: 'yaml',
    connections: CONNECTIONS,
    now: () => now,
  } as const;
  return {
    start: readStart(new Inputs(SERVICE_INPUTS, start === undefined ? {} : { start }, host, errors)),
    errors: errors.all,
  };
}

const momentOf = (text: string): unknown => startIn(text).start;
const at = (...when: Parameters<typeof Date.UTC>): Start => ({
  kind: 'moment',
  milliseconds: Date.UTC(...when),
});

suite('the start', () => {
  test('is now, or a moment with its zone', () => {
    assert.deepEqual(startIn(undefined).start, { kind: 'now' });
    assert.deepEqual(momentOf('now'), { kind: 'now' });
    assert.deepEqual(momentOf('2030-06-01T02:00Z'), at(2030, 5, 1, 2, 0));
    assert.deepEqual(momentOf('2030-06-01T02:00:00.000z'), at(2030, 5, 1, 2, 0));
    assert.deepEqual(momentOf('2030-06-01T02:00+02:00'), at(2030, 5, 1, 0, 0));
    assert.deepEqual(momentOf('2030-06-01T02:00-0330'), at(2030, 5, 1, 5, 30));
    assert.deepEqual(momentOf('2030-01-01T01:00+14'), at(2029, 11, 31, 11, 0));
  });

  test('is rounded up to the minute, across days and years', () => {
    assert.deepEqual(momentOf('2030-06-01T02:00:01Z'), at(2030, 5, 1, 2, 1));
    assert.deepEqual(momentOf('2029-12-31T23:59:00.5Z'), at(2030, 0, 1, 0, 0));
    assert.deepEqual(momentOf('2030-06-01T02:00:00,000Z'), at(2030, 5, 1, 2, 0));
    // Not past: it begins within the minute that goes on.
    assert.deepEqual(momentOf('2026-11-24T12:00:31Z'), at(2026, 10, 24, 12, 1));
  });

  test('without a zone is the time of the site', () => {
    const minute = { year: 2028, month: 2, day: 29, hour: 23, minute: 59 };
    assert.deepEqual(momentOf('2028-02-29T23:59'), { kind: 'site-time', minute });
    const rounded = { year: 2028, month: 3, day: 1, hour: 0, minute: 0 };
    assert.deepEqual(momentOf('2028-02-29T23:59:59'), { kind: 'site-time', minute: rounded });
  });

  test('without a zone may be past in UTC: a site is up to 12 hours behind', () => {
    const minute = { year: 2026, month: 11, day: 24, hour: 0, minute: 1 };
    assert.deepEqual(momentOf('2026-11-24T00:01'), { kind: 'site-time', minute });
    assert.deepEqual(momentOf('2026-11-24T00:00:31'), { kind: 'site-time', minute });
    assert.deepEqual(
      startIn('2026-11-24T00:00').errors.map(({ code }) => code),
      ['OS110'],
    );
  });

  test('may be the very minute that it is, and the last one that a schedule can hold', () => {
    const now = Date.UTC(2026, 10, 24, 12, 0);
    assert.deepEqual(startIn('2026-11-24T12:00Z', now).start, { kind: 'moment', milliseconds: now });
    assert.equal(startIn('2026-11-24T00:00', now).start?.kind, 'site-time');
    assert.equal(startIn('2033-12-31T23:58Z').start?.kind, 'moment');
    assert.equal(startIn('2033-12-31T23:58').start?.kind, 'site-time');
    assert.deepEqual(startIn('1970-01-01T00:00Z', 0).start, { kind: 'moment', milliseconds: 0 });
    assert.deepEqual(momentOf('2030-06-01T02:59+01:59'), at(2030, 5, 1, 1, 0));
  });

  for (const [text, code, about] of [
    ['', 'OS105', /empty/],
    ['2026-11-24T12:00Z', 'OS110', /past/],
    ['2026-11-24T13:00:00+02:00', 'OS110', /past/],
    ['2026-11-23T23:59', 'OS110', /past in every time zone/],
    ['2033-12-31T23:59Z', 'OS110', /later/],
    ['2033-12-31T23:59', 'OS110', /later/],
    ['2034-01-01T00:00', 'OS110', /later/],
    ['9999-12-31T23:59:59Z', 'OS110', /later/],
    ['2030-02-29T00:00Z', 'OS106', /2030-02-29/],
    ['2030-06-31T00:00Z', 'OS106', /06-31/],
    ['2030-06-01T24:00Z', 'OS106', /24:00/],
    ['2030-06-01T02:00:60Z', 'OS106', /:60/],
    ['2030-06-01', 'OS106', /ISO 8601/],
    ['12030-06-01T02:00Z', 'OS106', /ISO 8601/],
    ['2030-06-01 02:00', 'OS106', /ISO 8601/],
    ['2030-06-01T02:00+25:00', 'OS106', /25:00/],
    ['2030-06-01T02:00+02:60', 'OS106', /02:60/],
    ['06/01/2030', 'OS106', /ISO 8601/],
    ['Now', 'OS106', /"Now"/],
    ['tomorrow', 'OS106', /tomorrow/],
    ['0000-01-01T00:00Z', 'OS106', /0000/],
  ] as const) {
    test(`${text} is an error`, () => {
      const { start, errors } = startIn(text);
      assert.equal(start, undefined);
      assert.deepEqual(
        errors.map((error) => error.code),
        [code],
      );
      assert.match(errors[0]?.what ?? '', about);
    });
  }

  test('whatever is given, there is a start or an error, never both, and at once', () => {
    const nearly = fc.stringMatching(
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,12})?)?([Zz]|[+-]\d{2}:?\d{0,2})?$/,
    );
    const text = fc.oneof(fc.string({ maxLength: 300 }), nearly).filter((given) => given.trim() !== '');
    fc.assert(
      fc.property(text, (given) => {
        const { start, errors } = startIn(given);
        assert.equal(errors.length, start === undefined ? 1 : 0);
        if (start?.kind === 'moment')
          assert.ok(start.milliseconds >= NOW && start.milliseconds % 60_000 === 0);
      }),
      { numRuns: 2_000 },
    );
    assert.equal(startIn(`2030-06-01T02:00:00.${'0'.repeat(100_000)}`).errors.length, 1);
  });
});
