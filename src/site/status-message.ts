import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { packageId, scheduleId, type PackageId, type ScheduleId } from './identifiers.js';
import { identified, numberOf, optionalDateOf, optionalTextOf } from './property-reading.js';

const MESSAGE = 'SMS_StatusMessage';
const STRING = 'SMS_StatMsgInsStrings';
const COMPONENT = 'SMS_OFFLINE_SERVICING_MANAGER';

/** The messages of the component whose strings are known (docs/configmgr.md, "The end of a run, and its log"). */
const MESSAGE_ID = { started: 7900, unmountFailed: 7913 } as const;

/** The number of a status message. SInt64 at the site, and small enough for a number here. */
export type RecordId = number & { readonly brand: 'RecordId' };

/** A status message without its strings. */
export interface StatusMessage {
  readonly recordId: RecordId;
  readonly messageId: number;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
}

/** One string of a status message. */
export interface StatusMessageString {
  readonly recordId: RecordId;
  /** From 0. */
  readonly index: number;
  readonly value: string;
}

/** What the component told of its work. */
export type ServicingMessage =
  | {
      readonly kind: 'started';
      readonly recordId: RecordId;
      readonly time: number | undefined;
      readonly scheduleId: ScheduleId;
    }
  | {
      readonly kind: 'unmount-failed';
      readonly recordId: RecordId;
      readonly time: number | undefined;
      readonly packageId: PackageId;
      /** As the site writes it. */
      readonly imageIndex: string;
      readonly mountFolder: string;
      /** A Win32 number or an HRESULT; undefined where the string is no number. */
      readonly errorCode: number | undefined;
    };

/** All messages that say that a run began or that an image could not be unmounted; their strings are read after them. */
export const listServicingMessages: Query<StatusMessage> = {
  verb: 'query',
  class: MESSAGE,
  where: [
    { property: 'Component', oneOf: [COMPONENT] },
    { property: 'MessageID', oneOf: [MESSAGE_ID.started, MESSAGE_ID.unmountFailed] },
  ],
  key: ['RecordID'],
  properties: ['RecordID', 'MessageID', 'Component', 'Time'],
  decode: (instance) => ({
    recordId: recordIdOf(instance, MESSAGE),
    messageId: numberOf(instance, MESSAGE, 'MessageID'),
    time: optionalDateOf(instance, MESSAGE, 'Time'),
  }),
};

export function listMessageStrings(records: NonEmpty<RecordId>): Query<StatusMessageString> {
  return {
    verb: 'query',
    class: STRING,
    where: [{ property: 'RecordID', oneOf: records }],
    key: ['RecordID', 'InsStrIndex'],
    properties: ['RecordID', 'InsStrIndex', 'InsStrValue'],
    decode: (instance) => ({
      recordId: recordIdOf(instance, STRING),
      index: numberOf(instance, STRING, 'InsStrIndex'),
      value: optionalTextOf(instance, STRING, 'InsStrValue') ?? '',
    }),
  };
}

/** Puts messages and their strings together. One whose strings cannot be read is left out: it proves nothing. */
export function servicingMessages(
  messages: readonly StatusMessage[],
  strings: readonly StatusMessageString[],
): readonly ServicingMessage[] {
  const byRecord = new Map<RecordId, Map<number, string>>();
  for (const { recordId, index, value } of strings) {
    const own = byRecord.get(recordId) ?? new Map<number, string>();
    byRecord.set(recordId, own.set(index, value));
  }
  return messages.flatMap((message) =>
    servicingMessage(message, byRecord.get(message.recordId) ?? new Map()),
  );
}

function servicingMessage(
  { recordId, messageId, time }: StatusMessage,
  strings: ReadonlyMap<number, string>,
): readonly ServicingMessage[] {
  const first = strings.get(0) ?? '';
  if (messageId === MESSAGE_ID.started) {
    const schedule = /^\d{1,10}$/u.test(first) ? scheduleId(Number(first)) : undefined;
    return schedule === undefined ? [] : [{ kind: 'started', recordId, time, scheduleId: schedule }];
  }
  const image = messageId === MESSAGE_ID.unmountFailed ? packageId(first) : undefined;
  if (image === undefined) return [];
  const code = strings.get(3) ?? '';
  return [
    {
      kind: 'unmount-failed',
      recordId,
      time,
      packageId: image,
      imageIndex: strings.get(1) ?? '',
      mountFolder: strings.get(2) ?? '',
      errorCode: /^-?\d{1,10}$|^0x[0-9a-f]{1,8}$/iu.test(code) ? Number(code) : undefined,
    },
  ];
}

/** An Int64 is a number in JSON, or a text where its sender does not trust the reader with so large a number. */
function recordIdOf(instance: Instance, className: string): RecordId {
  const value = instance.get('recordid');
  const number = typeof value === 'string' && /^\d{1,19}$/u.test(value) ? Number(value) : value;
  const id = typeof number === 'number' && Number.isSafeInteger(number) ? (number as RecordId) : undefined;
  return identified(id, instance, className, 'RecordID');
}
