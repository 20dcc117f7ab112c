import assert from 'node:assert/strict';

import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { Instance } from '../../src/provider/instance.js';
import type { Condition, Create, Get, Outcome, Query } from '../../src/provider/port.js';
import type { KeyProperties, KeyValue, SmsClass } from '../../src/provider/cim-value.js';
import { SMALL_SITE } from '../site-under-test.js';

export const NEVER = new AbortController().signal;
export const text = (value: string): KeyValue => ({ cim: 'string', value });
export const sint32 = (value: number): KeyValue => ({ cim: 'sint32', value });
export const uint32 = (value: number): KeyValue => ({ cim: 'uint32', value });

export const query = (
  className: SmsClass,
  where: readonly Condition[],
  ...properties: readonly string[]
): Query<Instance> => ({
  verb: 'query',
  class: className,
  key: keyOf(className),
  where,
  properties,
  decode: asItIs,
});

export const get = (className: SmsClass, key: KeyProperties): Get<Instance> => ({
  verb: 'get',
  class: className,
  key,
  decode: asItIs,
});

/** What a connection gives, which a test looks at itself. */
export function asItIs(instance: Instance): Instance {
  return instance;
}

/** As docs/configmgr.md has the keys. */
function keyOf(className: SmsClass): Query['key'] {
  switch (className) {
    case 'SMS_ImagePackage':
    case 'SMS_OperatingSystemInstallPackage':
      return ['PackageID'];
    case 'SMS_ImageServicingSchedule':
      return ['ScheduleID'];
    case 'SMS_ImageServicingScheduledUpdate':
      return ['ScheduleID', 'UpdateID'];
    case 'SMS_ImageUpdateStatus':
      return ['ImagePackageID', 'ImageIndex', 'UpdateID'];
    case 'SMS_CIRelation':
      return ['FromCIID', 'ToCIID', 'RelationType'];
    case 'SMS_Identification':
      return ['ThisSiteCode'];
    default:
      return ['CI_ID'];
  }
}

export const draft = (name: string): Create<Instance> => ({
  verb: 'create',
  class: 'SMS_ImageServicingSchedule',
  keyFrom: 'site',
  properties: { Name: text(name), Action: sint32(0), Schedule: text('7913788000080000') },
  decode: asItIs,
});
export const link = (schedule: number, update: number): Create<Instance> => ({
  verb: 'create',
  class: 'SMS_ImageServicingScheduledUpdate',
  keyFrom: 'caller',
  properties: { ScheduleID: sint32(schedule), UpdateID: sint32(update) },
  decode: asItIs,
});

export function done<Result>(outcome: Outcome<Result> | undefined): Result {
  assert.equal(outcome?.state, 'done', JSON.stringify(outcome));
  return (outcome as { result: Result }).result;
}

export function refusal(outcome: Outcome<unknown> | undefined): Diagnosis {
  assert.equal(outcome?.state, 'refused', JSON.stringify(outcome));
  return (outcome as { diagnosis: Diagnosis }).diagnosis;
}

export const ids = (rows: readonly Instance[], property = 'ci_id'): readonly unknown[] =>
  rows.map((row) => row.get(property));
export const SOME_IDS = SMALL_SITE.updates.slice(0, 120).map(({ ciId }) => ciId) as [
  number,
  number,
  number,
  ...number[],
];
export const byIds: readonly Condition[] = [{ property: 'CI_ID', oneOf: SOME_IDS }];

/** In one order, to compare what comes in any. */
export function sorted(values: readonly unknown[]): readonly number[] {
  return values.map(Number).sort((one, other) => one - other);
}
