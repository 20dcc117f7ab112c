import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nonEmpty } from '../../src/collections/non-empty.js';
import {
  listMessageStrings,
  listServicingMessages,
  servicingMessages,
  type RecordId,
  type ServicingMessage,
} from '../../src/site/status-message.js';
import { CONNECTIONS, siteUnderTest, type SiteUnderTest } from '../site-under-test.js';

function put({ simulator: { state } }: SiteUnderTest, record: number, id: number, strings: string[]): void {
  state.put('SMS_StatusMessage', {
    RecordID: record,
    MessageID: id,
    Severity: 1,
    Component: 'SMS_OFFLINE_SERVICING_MANAGER',
    MachineName: 'cm01.lab.example',
    SiteCode: 'LAB',
    Time: '2024-06-10T09:00:00Z',
  });
  for (const [InsStrIndex, InsStrValue] of strings.entries())
    state.put('SMS_StatMsgInsStrings', { RecordID: record, InsStrIndex, InsStrValue });
}

async function read({ provider }: SiteUnderTest): Promise<readonly ServicingMessage[]> {
  const { signal } = new AbortController();
  const [messages] = await provider.run([listServicingMessages], 'unordered', signal);
  assert.equal(messages.state, 'done');
  const records = nonEmpty(messages.result.map(({ recordId }) => recordId));
  assert.ok(records);
  const [strings] = await provider.run([listMessageStrings(records)], 'unordered', signal);
  assert.equal(strings.state, 'done');
  return servicingMessages(messages.result, strings.result);
}

for (const { connection, skip } of CONNECTIONS) {
  test(`status messages are read over ${connection}`, { skip }, async (t) => {
    const site = await siteUnderTest(t, { connection });
    put(site, 1, 7900, ['16777294']);
    put(site, 2, 7913, ['LAB00010', '1', 'D:\\ConfigMgr_OfflineImageServicing\\Mount', '161']);
    put(site, 3, 7914, ['of no known meaning']);
    const time = Date.UTC(2024, 5, 10, 9);
    assert.deepEqual(await read(site), [
      { kind: 'started', recordId: 1, time, scheduleId: 16_777_294 },
      {
        kind: 'unmount-failed',
        recordId: 2,
        time,
        packageId: 'LAB00010',
        imageIndex: '1',
        mountFolder: 'D:\\ConfigMgr_OfflineImageServicing\\Mount',
        errorCode: 161,
      },
    ]);
  });
}

test('a status message without readable strings proves nothing', () => {
  const messages = [7900, 7913].map((messageId, at) => ({
    recordId: at as RecordId,
    messageId,
    time: undefined,
  }));
  const strings = [{ recordId: 0 as RecordId, index: 0, value: 'not a number' }];
  assert.deepEqual(servicingMessages(messages, strings), []);
});
