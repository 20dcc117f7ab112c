import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readServicingMessages } from '../../src/follow/read-messages.js';
import { servicingMessages, type RecordId } from '../../src/site/status-message.js';
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

for (const { connection, skip } of CONNECTIONS) {
  test(`status messages are read over ${connection}`, { skip }, async (t) => {
    const site = await siteUnderTest(t, { connection });
    put(site, 1, 7900, ['16777294']);
    put(site, 2, 7913, ['LAB00010', '1', 'D:\\ConfigMgr_OfflineImageServicing\\Mount', '161']);
    put(site, 3, 7914, ['of no known meaning']);
    const time = Date.UTC(2024, 5, 10, 9);
    assert.deepEqual(
      await readServicingMessages({ provider: site.provider, cancelled: new AbortController().signal }),
      [
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
      ],
    );
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

test('of many status messages only the newest are read, and none where the site refuses', async (t) => {
  const site = await siteUnderTest(t);
  for (let record = 1; record <= 70; record++) put(site, record, 7900, [String(record)]);
  const { signal } = new AbortController();
  const read = await readServicingMessages({ provider: site.provider, cancelled: signal });
  assert.deepEqual([read.length, read[0]?.recordId, read.at(-1)?.recordId], [50, 21, 70]);
  const refused = await readServicingMessages({ provider: site.provider, cancelled: AbortSignal.abort() });
  assert.deepEqual(refused, []);
});
