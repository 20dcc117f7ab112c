import assert from 'node:assert/strict';

import { DiagnosedError, type Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { CONNECTIONS } from '../../src/parameters/connection-kinds.js';
import type { InputTexts } from '../../src/parameters/input-definition.js';
import { Inputs, type InputHost } from '../../src/parameters/inputs.js';
import { InputErrors } from '../../src/parameters/input-errors.js';
import { SERVICE_INPUTS } from '../../src/verbs/service/inputs.js';
import { readServiceRequest } from '../../src/verbs/service/read-request.js';
import type { ServiceRequest } from '../../src/verbs/service/service-request.js';
import type { WmiRequest } from '../../src/parameters/connection-request.js';

export const NOW = Date.UTC(2026, 10, 24, 12, 0, 30);
export const HOST: InputHost = {
  spell: (name) => `--${name}`,
  writtenIn: 'arguments',
  connections: CONNECTIONS,
  now: () => NOW,
};

export const GOOD: InputTexts = {
  connection: 'admin-service',
  'sms-provider': 'cm01.corp.example.com',
  image: 'Windows Server 2022',
  'update-group': '2026-11 Windows Server 2022',
};

export const LOCAL: WmiRequest = {
  kind: 'wmi',
  smsProvider: undefined,
  credential: undefined,
  siteCode: undefined,
  cimProtocol: 'auto',
  powerShell: undefined,
};

/** Overrides that make of the good inputs those of the other connection. */
export const WMI = { connection: 'wmi', 'sms-provider': '' } as const;

export function readWmi(texts: InputTexts): WmiRequest {
  const { connection } = read({ ...WMI, ...texts });
  assert.ok(connection.kind === 'wmi');
  return connection;
}

export const read = (texts: InputTexts): ServiceRequest => readInputs({ ...GOOD, ...texts }, HOST);

/** The request, or an error with all that is wrong. */
export function readInputs(
  texts: InputTexts,
  host: InputHost,
  wrongBefore: readonly Diagnosis[] = [],
): ServiceRequest {
  const inputs = new Inputs(SERVICE_INPUTS, texts, host, new InputErrors(wrongBefore));
  const request = readServiceRequest(inputs);
  const [first, ...others] = inputs.errors.all;
  if (first !== undefined) throw new DiagnosedError(first, ...others);
  assert.ok(request);
  return request;
}

export function errorsOf(texts: InputTexts): readonly Diagnosis[] {
  try {
    read(texts);
  } catch (error) {
    if (error instanceof DiagnosedError) return error.diagnoses;
    throw error;
  }
  return [];
}

export function assertOneError(texts: InputTexts, code: string, about: RegExp): void {
  const errors = errorsOf(texts);
  assert.deepEqual(
    errors.map((error) => error.code),
    [code],
    JSON.stringify(errors),
  );
  assert.match(errors[0]?.what ?? '', about);
  for (const part of [errors[0]?.what, errors[0]?.next]) assert.ok(part !== undefined && part.length > 5);
  // What is wrong with an input is no matter of probability.
  assert.equal(errors[0]?.cause, '');
}
