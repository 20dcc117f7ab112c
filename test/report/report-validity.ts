import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020 } from 'ajv/dist/2020.js';

import type { JsonReport } from '../../src/verbs/service/json-report.js';
import { REPOSITORY } from '../../tools/repository.js';

/** The published schema lets properties come; here one that it does not name is a mistake. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'required' in schema ? { ...inside, additionalProperties: false } : inside;
}

// As published: another test compares it with the types.
const SCHEMA: unknown = JSON.parse(readFileSync(join(REPOSITORY, 'schemas', 'report.schema.json'), 'utf8'));

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(closed(SCHEMA) as object);

/** Why a value is no report; empty for one that is. */
export function complaintsAbout(report: unknown): readonly string[] {
  validate(report);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** The report in a text that was printed or written. */
export function readReport(text: string): JsonReport {
  const report: unknown = JSON.parse(text);
  assert.deepEqual(complaintsAbout(report), []);
  return report as JsonReport;
}
