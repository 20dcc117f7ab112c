import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { DiagnosedError } from '../../src/diagnosis/diagnosis.js';
import { readArguments } from '../../src/hosts/command-line/arguments.js';
import { CONNECTIONS } from '../../src/parameters/connection-kinds.js';
import type { InputTexts } from '../../src/parameters/input-definition.js';
import { SERVICE_INPUTS as INPUTS } from '../../src/verbs/service/inputs.js';
import { readInputs } from '../parameters/inputs-under-test.js';
import { SERVICE } from '../../src/verbs/service/service.js';
import type { ServiceRequest } from '../../src/verbs/service/service-request.js';
import { parseFault, readDuration } from '../../src/simulator/faults.js';
import { damaged, FUZZ, LIMIT } from './arbitraries.js';

const NOW = Date.UTC(2026, 10, 24, 12);

function read(texts: InputTexts): ServiceRequest | DiagnosedError {
  try {
    return readInputs(texts, {
      spell: (name) => name,
      writtenIn: 'yaml',
      connections: CONNECTIONS,
      now: () => NOW,
    });
  } catch (error) {
    // Anything else is a defect.
    if (error instanceof DiagnosedError) return error;
    throw error;
  }
}

const GOOD: InputTexts = { image: 'An image', 'update-group': 'A group' };

/** Texts that are nearly right for some input, and texts that are right for none. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    ...['wmi', 'admin-service', 'simulator', 'true', 'false', 'now', 'KB5034441,16778001,applicable'],
    ...[
      'cm01.corp.example.com',
      'https://cm01.corp.example.com/AdminService',
      'LAB',
      'token',
      '$(a.variable)',
      'ntlm',
      'dcom',
    ],
    ...[
      '2030-06-01T02:00+02:00',
      'include',
      'skip',
      'draft-first',
      'DOMAIN\\user',
      'one\ntwo',
      ',',
      '__proto__',
    ],
  ),
  damaged('2030-06-01T02:00:00.000+02:00', ['T', ':', '-', '0', '9', '٣', '\u0000']),
  damaged('KB5034441, 16778001, applicable', [',', '\n', 'KB', '0', '\u200b', '١']),
  damaged('https://cm01.corp.example.com/AdminService', ['/', '@', '?', '#', '..', '%', '[', 'ß']),
);

const name = fc.constantFrom(...INPUTS.map((input): string => input.name));

suite('inputs, whatever they are', () => {
  test('become a request or errors that a person can use, at once', LIMIT, () => {
    fc.assert(
      fc.property(fc.dictionary(name, text, { maxKeys: 12 }), (texts) => {
        const outcome = read({ ...GOOD, ...texts });
        if (!(outcome instanceof DiagnosedError)) {
          assert.ok(outcome.servicing.images.length > 0);
          assert.ok(outcome.servicing.updateGroups.length + outcome.servicing.updates.length > 0);
          return;
        }
        for (const { code, what, cause, next } of outcome.diagnoses) {
          assert.match(code, /^OS1\d\d$/);
          assert.equal(cause, '');
          for (const part of [what, next]) assert.ok(part.length > 5 && part.length < 2_000, part);
        }
      }),
      FUZZ,
    );
  });

  test('of a megabyte are read or refused in no more time than their length takes', LIMIT, () => {
    for (const piece of ['a', ',', '\n', ' ', 'KB1,', '0', '-', '/', '\u0000', '🙂']) {
      const long = piece.repeat(1_000_000 / piece.length);
      for (const input of INPUTS) {
        const begun = performance.now();
        read({ ...GOOD, [input.name]: long });
        const taken = performance.now() - begun;
        assert.ok(taken < 2_000, `${input.name} of ${JSON.stringify(piece)}: ${Math.round(taken)} ms`);
      }
    }
  });

  test('a secret is in no error, whatever is wrong beside it', LIMIT, () => {
    const secret = 'S3cret-of-the-tests';
    fc.assert(
      fc.property(fc.dictionary(name, text, { maxKeys: 8 }), (texts) => {
        const outcome = read({ ...GOOD, ...texts, password: secret, token: secret });
        if (outcome instanceof DiagnosedError) assert.ok(!JSON.stringify(outcome.diagnoses).includes(secret));
      }),
      FUZZ,
    );
  });

  test('arguments of the command never end it', LIMIT, () => {
    const argument = fc.oneof(
      text,
      name.map((each) => `--${each}`),
      name.map((each) => `--${each}=x`),
      fc.constant('--json'),
    );
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 12 }), (args) => {
        const { errors } = readArguments(SERVICE, args, {});
        for (const { code } of errors) assert.match(code, /^OS10\d$/);
      }),
      FUZZ,
    );
  });

  test('durations and faults of the simulated site are read or refused', LIMIT, () => {
    const pieces = ['@', ':', 'ms', 's', '9', 'every', ' ', '-', 'e9', '.'];
    fc.assert(
      fc.property(
        damaged('delay@3:500ms:POST SMS_ImagePackage', pieces),
        damaged('500ms', pieces),
        (fault, duration) => {
          const { problem } = parseFault(fault);
          if (problem !== undefined) assert.ok(problem.length > 10);
          const milliseconds = readDuration(duration);
          if (milliseconds !== undefined) assert.ok(Number.isSafeInteger(milliseconds) && milliseconds >= 0);
        },
      ),
      FUZZ,
    );
  });
});
