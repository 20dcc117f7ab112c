import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import fc from 'fast-check';

import { curlConfiguration, type CurlSettings } from '../../src/provider/admin-service/curl-configuration.js';
import { environmentForCurl, findCurl } from '../../src/provider/admin-service/curl-executable.js';
import { AdminServiceConnection } from '../../src/provider/admin-service/admin-service-connection.js';
import { runCurl } from '../../src/provider/admin-service/curl-process.js';
import type { HttpRequest } from '../../src/provider/admin-service/http-exchange.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { systemClock } from '../../src/provider/clock.js';
import { makePrivateFolder } from '../../src/provider/private-folder.js';
import { loopbackCertificate } from '../../src/simulator/loopback-certificate.js';
import { NEVER, query } from './operations.js';

const CURL = findCurl(process.env) ?? '';
const PASSWORD = `p:ä"ss\\w'rd @#`;
const ntlm = (user: string, password = PASSWORD): CurlSettings['login'] => ({ kind: 'ntlm', user, password });

const SETTINGS: CurlSettings = {
  login: ntlm('CORP\\svc'),
  caCertificate: undefined,
  connectSeconds: 5,
  answerSeconds: 10,
  answerBytes: 1024 * 1024,
  parallel: 8,
  platform: process.platform,
};

interface Received {
  /** `DOMAIN\user`, as the login named it. */
  readonly account: string;
  readonly body: string;
}

/** A challenge that asks for a login with Unicode names; the eight bytes would be random. */
function challenge(): string {
  const message = Buffer.alloc(48);
  message.write('NTLMSSP\0', 'latin1');
  message.writeUInt32LE(2, 8);
  message.writeUInt32LE(48, 16);
  message.writeUInt32LE(0x0008_0201, 20);
  message.write('12345678', 24, 'latin1');
  message.writeUInt32LE(48, 44);
  return message.toString('base64');
}

function accountIn(message: Buffer): string {
  const field = (at: number): string => {
    const offset = message.readUInt32LE(at + 4);
    return message.toString('utf16le', offset, offset + message.readUInt16LE(at));
  };
  return `${field(28)}\\${field(36)}`;
}

interface NtlmServer {
  readonly base: string;
  readonly certificate: string;
  readonly received: readonly Received[];
  /** How many logins were tried, well or not. */
  readonly tries: () => number;
}

/** Takes NTLM alone, as one login for each request, on the connection that the challenge went out on. */
async function serveNtlm(context: TestContext, accepts = true): Promise<NtlmServer> {
  const { certificatePem, privateKeyPem } = await loopbackCertificate();
  const received: Received[] = [];
  let tries = 0;
  const challenged = new WeakSet<Socket>();
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, (request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const [, login = ''] = /^NTLM (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
      const message = Buffer.from(login, 'base64');
      const step = message.length > 11 ? message.readUInt32LE(8) : 0;
      if (step === 3) tries++;
      if (step === 3 && accepts && challenged.delete(request.socket)) {
        received.push({ account: accountIn(message), body: Buffer.concat(parts).toString('utf8') });
        answer.writeHead(request.method === 'GET' ? 200 : 201).end('{"value":[]}');
        return;
      }
      if (step === 1) challenged.add(request.socket);
      answer.writeHead(401, { 'WWW-Authenticate': step === 1 ? `NTLM ${challenge()}` : 'NTLM' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    base: `https://127.0.0.1:${port}/AdminService`,
    certificate: certificatePem,
    received,
    tries: () => tries,
  };
}

const post = (base: string, body: string, effect: HttpRequest['effect']): HttpRequest => ({
  method: 'POST',
  url: `${base}/wmi/SMS_X`,
  body,
  label: 'create SMS_X',
  effect,
});

const FEATURES = CURL === '' ? '' : spawnSync(CURL, ['-q', '--version'], { encoding: 'utf8' }).stdout;
const WITHOUT_NTLM = !/\bNTLM\b/.test(FEATURES) && 'this curl was built without NTLM';

suite('a login with NTLM', { skip: WITHOUT_NTLM }, () => {
  for (const order of ['in-order', 'unordered'] as const) {
    test(`each request of a batch ${order} logs in and is sent once, whatever its effect`, async (t) => {
      const { base, received, certificate } = await serveNtlm(t);
      const folder = makePrivateFolder(process.env);
      t.after(async () => folder.remove());
      const caCertificate = join(folder.path, 'ca.pem');
      writeFileSync(caCertificate, certificate);
      const bodies = Array.from({ length: 12 }, (_, number) => `{"number":${number}}`);
      const answers = await runCurl(
        {
          executable: CURL,
          environment: environmentForCurl(process.env),
          folder: folder.path,
          settings: { ...SETTINGS, caCertificate },
        },
        bodies.map((body, number) => post(base, body, number % 2 === 0 ? 'write-once' : 'write')),
        order,
        new AbortController().signal,
      );
      assert.deepEqual(
        answers,
        bodies.map(() => ({ kind: 'answered', status: 201, body: '{"value":[]}', redirectsTo: undefined })),
      );
      assert.deepEqual(received.map(({ body }) => body).sort(), bodies.sort());
      for (const { account } of received) assert.equal(account, 'CORP\\svc');
    });
  }

  for (const [accepts, end] of [
    [false, 'is tried once for a whole batch, for each try could lock the account'],
    [true, 'opens the way for the rest of the batch'],
  ] as const) {
    test(`that is ${accepts ? 'taken' : 'refused'} ${end}`, async (t) => {
      const { base, certificate, tries } = await serveNtlm(t, accepts);
      const address = serviceAddress(base, 'ntlm');
      assert.ok(address !== undefined);
      const folder = makePrivateFolder(process.env);
      const caCertificate = join(folder.path, 'ca.pem');
      writeFileSync(caCertificate, certificate);
      const provider = new AdminServiceConnection({
        address,
        curlExecutable: CURL,
        environment: environmentForCurl(process.env),
        settings: { ...SETTINGS, caCertificate },
        folder,
        retry: { attempts: 3, firstDelayMilliseconds: 1, longestDelayMilliseconds: 2 },
        clock: systemClock,
        random: () => 0.5,
        onRetry: () => undefined,
      });
      t.after(async () => provider.close());
      const asked = ['SMS_Identification', 'SMS_Site', 'SMS_ImagePackage'] as const;
      const outcomes = await provider.run(
        asked.map((name) => query(name, [], 'Name')),
        'unordered',
        NEVER,
      );
      assert.deepEqual(
        outcomes.map(({ state }) => state),
        asked.map(() => (accepts ? 'done' : 'refused')),
      );
      assert.equal(tries(), accepts ? asked.length : 1);
    });
  }
});

suite('the account and the password in the configuration of curl', () => {
  test('are one line, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (user, password) => {
        fc.pre(!`${user}${password}`.includes('\0'));
        const lines = curlConfiguration(
          [{ request: post('https://x/AdminService', '{}', 'write'), answerFile: '/a' }],
          'unordered',
          { ...SETTINGS, login: ntlm(user, password) },
        ).split('\n');
        assert.equal(lines.filter((line) => line === 'ntlm').length, 1);
        assert.equal(lines.filter((line) => line.startsWith('user = "') && line.endsWith('"')).length, 1);
        assert.equal(lines.length, LINES);
      }),
    );
  });

  test('reach the server as they are, through a real curl', async () => {
    const passwords = [
      PASSWORD,
      ' ',
      ':',
      '"\nurl = "http://evil',
      'a\u2028b\u2029c',
      ...fc
        .sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), 40)
        .filter((password) => !password.includes('\0')),
    ];
    const logins = passwords.map((password, number) => ({ user: `CORP\\user${number} "x" -K`, password }));
    assert.deepEqual(
      await sendAsBasic(logins),
      logins.map(({ user, password }) => `${user}:${password}`),
    );
  });
});

const LINES = curlConfiguration(
  [{ request: post('https://x/AdminService', '{}', 'write'), answerFile: '/a' }],
  'unordered',
  SETTINGS,
).split('\n').length;

/** The very lines of the configuration, but with the login that shows the server what curl read. */
async function sendAsBasic(
  logins: readonly { readonly user: string; readonly password: string }[],
): Promise<readonly string[]> {
  const received: string[] = [];
  const server = createPlainServer((incoming, answer) => {
    const encoded = incoming.headers.authorization?.replace(/^Basic /, '') ?? '';
    received[Number(incoming.url?.slice(1))] = Buffer.from(encoded, 'base64').toString('utf8');
    answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sections = logins.map(({ user, password }, number) => {
    const configuration = curlConfiguration(
      [{ request: post('https://x/AdminService', '{}', 'write'), answerFile: '/a' }],
      'unordered',
      { ...SETTINGS, login: ntlm(user, password) },
    );
    // No regular expression: to one, some characters of Unicode end a line too.
    const line = configuration.split('\n').find((each) => each.startsWith('user = ')) ?? '';
    return `url = "http://127.0.0.1:${port}/${number}"\nbasic\n${line}\n`;
  });
  const child = spawn(CURL, ['-q', '--silent', '--config', '-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(sections.join('next\n'));
  await new Promise((resolve) => child.on('close', resolve));
  server.close();
  return received;
}
