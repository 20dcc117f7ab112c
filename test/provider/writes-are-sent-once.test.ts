import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import { AdminServiceConnection } from '../../src/provider/admin-service/admin-service-connection.js';
import { environmentForCurl, findCurl } from '../../src/provider/admin-service/curl-executable.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { systemClock } from '../../src/provider/clock.js';
import type { Operation, SmsProvider } from '../../src/provider/port.js';
import { makePrivateFolder } from '../../src/provider/private-folder.js';
import { certificateFor } from '../loopback-certificate.js';
import { asItIs, draft, link, NEVER, query, sint32 } from './operations.js';

/** A server that gives every request the same status, and counts them. */
async function answering(t: TestContext, status: number): Promise<{ provider: SmsProvider; seen: string[] }> {
  const { certificatePem, privateKeyPem } = await certificateFor('localhost');
  const seen: string[] = [];
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, (request, response) => {
    seen.push(request.method ?? '');
    request.resume().on('end', () => {
      response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html>not now</html>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'once-'));
  const caCertificate = join(folder, 'ca.pem');
  writeFileSync(caCertificate, certificatePem);
  const { port } = server.address() as AddressInfo;
  const address = serviceAddress(`https://127.0.0.1:${port}/AdminService_TokenAuth`, 'token');
  const curlExecutable = findCurl(process.env);
  assert.ok(address !== undefined && curlExecutable !== undefined);
  const provider = new AdminServiceConnection({
    address,
    curlExecutable,
    environment: environmentForCurl(process.env),
    settings: {
      login: { kind: 'token', token: 'a-token' },
      caCertificate,
      connectSeconds: 5,
      answerSeconds: 10,
      answerBytes: 1024 * 1024,
      parallel: 8,
      platform: process.platform,
    },
    folder: makePrivateFolder(process.env),
    retry: { attempts: 3, firstDelayMilliseconds: 1, longestDelayMilliseconds: 2 },
    clock: systemClock,
    random: () => 0,
    onRetry: () => undefined,
  });
  t.after(async () => {
    await provider.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  return { provider, seen };
}

const KEY = { ScheduleID: sint32(1) };
const CLASS = 'SMS_ImageServicingSchedule';
const WRITES: readonly Operation[] = [
  draft('one'),
  link(1, 2),
  { verb: 'update', class: CLASS, key: KEY, properties: { Action: sint32(0) } },
  { verb: 'delete', class: CLASS, key: KEY },
  {
    verb: 'invoke',
    decode: asItIs,
    class: 'SMS_ImagePackage',
    method: 'RunOfflineServicingManager',
    arguments: {},
  },
];

suite('a write whose answer does not say what became of it', () => {
  for (const status of [408, 500, 502, 503, 504]) {
    test(`${status}: is sent once, and may have taken effect`, async (t) => {
      const { provider, seen } = await answering(t, status);
      for (const write of WRITES) {
        const [outcome] = await provider.run([write], 'unordered', NEVER);
        assert.equal(outcome.state, 'unknown', write.verb);
      }
      const [inOrder] = await provider.run(WRITES.slice(2, 3), 'in-order', NEVER);
      assert.equal(inOrder?.state, 'unknown');
      assert.deepEqual(seen, ['POST', 'POST', 'PUT', 'DELETE', 'POST', 'PUT']);
    });

    test(`${status}: a read is sent again`, async (t) => {
      const { provider, seen } = await answering(t, status);
      await provider.run([query('SMS_Identification', [], 'ThisSiteCode')], 'unordered', NEVER);
      assert.equal(seen.length, 3);
    });
  }

  test('429 says that nothing was done: it is sent again', async (t) => {
    const { provider, seen } = await answering(t, 429);
    const [outcome] = await provider.run([draft('one')], 'unordered', NEVER);
    assert.equal(outcome.state, 'refused');
    assert.equal(seen.length, 3);
  });
});
