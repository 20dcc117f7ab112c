import type { JsonValue } from '../instance.js';
import { isObject, type CimFailure } from './batch-lines.js';

/** What the SMS Provider itself says of a call that it failed (docs/configmgr.md, "Errors of the SMS Provider"). */
export interface ExtendedStatus {
  readonly description: string;
  /** The provider's own method, such as `PutInstance`. */
  readonly operation: string;
  readonly errorCode: number | undefined;
  readonly statusCode: number | undefined;
  readonly sqlMessage: string;
}

/**
 * SMS_ExtendedStatus comes as the status object itself or inside another one; which of the two depends on how WMI is
 * reached, and is not documented. WMI's own status has none of its properties but Description.
 */
export function extendedStatusOf({ data }: CimFailure): ExtendedStatus | undefined {
  for (const candidate of [data, ...Object.values(data).filter(isObject)]) {
    const properties = new Map(
      Object.entries(candidate).map(([name, value]): [string, JsonValue] => [name.toLowerCase(), value]),
    );
    const errorCode = numberIn(properties.get('errorcode'));
    const description = textIn(properties.get('description'));
    if (errorCode === undefined && description === '') continue;
    return {
      description,
      operation: textIn(properties.get('operation')),
      errorCode,
      statusCode: numberIn(properties.get('statuscode')),
      sqlMessage: textIn(properties.get('sqlmessage')),
    };
  }
  return undefined;
}

/** `0x40480415 (severity 1, facility 1, action 8, object 4, reason 21)`: the five parts that the number is made of. */
export function errorCodeText(errorCode: number): string {
  const bits = (from: number, count: number): number => Math.floor(errorCode / 2 ** from) % 2 ** count;
  const parts = [
    `severity ${bits(30, 2)}`,
    `facility ${bits(22, 6)}`,
    `action ${bits(16, 6)}`,
    `object ${bits(8, 8)}`,
    `reason ${bits(0, 8)}`,
  ];
  return `0x${errorCode.toString(16).toUpperCase().padStart(8, '0')} (${parts.join(', ')})`;
}

/** UInt32, though a layer in between may have made it signed. */
function numberIn(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value >>> 0 : undefined;
}

function textIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
}
