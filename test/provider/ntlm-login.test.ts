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
import { runCurl } from '../../src/provider/admin-service/curl-process.js';
import type { HttpRequest } from '../../src/provider/admin-service/http-exchange.js';
import { makePrivateFolder } from '../../src/provider/private-folder.js';
import { loopbackCertificate } from '../../src/simulator/loopback-certificate.js';

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

/** Takes NTLM alone, as one login for each request, on the connection that the challenge went out on. */
async function serveNtlm(
  context: TestContext,
  accepts = true,
): Promise<{ readonly base: string; readonly received: Received[]; readonly certificate: string }> {
  const { certificatePem, privateKeyPem } = await loopbackCertificate();
  const received: Received[] = [];
  const challenged = new WeakSet<Socket>();
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, (request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const [, login = ''] = /^NTLM (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
      const message = Buffer.from(login, 'base64');
      const step = message.length > 11 ? message.readUInt32LE(8) : 0;
      if (step === 3 && accepts && challenged.delete(request.socket)) {
        received.push({ account: accountIn(message), body: Buffer.concat(parts).toString('utf8') });
        answer.writeHead(201).end('{}');
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
  return { base: `https://127.0.0.1:${port}/AdminService`, received, certificate: certificatePem };
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
        bodies.map(() => ({ kind: 'answered', status: 201, body: '{}' })),
      );
      assert.deepEqual(received.map(({ body }) => body).sort(), bodies.sort());
      for (const { account } of received) assert.equal(account, 'CORP\\svc');
    });
  }

  test('that is refused ends with 401, without a question to anybody', async (t) => {
    const { base, certificate } = await serveNtlm(t, false);
    const folder = makePrivateFolder(process.env);
    t.after(async () => folder.remove());
    const caCertificate = join(folder.path, 'ca.pem');
    writeFileSync(caCertificate, certificate);
    const [answer] = await runCurl(
      {
        executable: CURL,
        environment: environmentForCurl(process.env),
        folder: folder.path,
        settings: { ...SETTINGS, caCertificate },
      },
      [post(base, '{}', 'write')],
      'unordered',
      new AbortController().signal,
    );
    assert.ok(answer?.kind === 'answered');
    assert.equal(answer.status, 401);
  });
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
        assert.equal(lines.filter((line) => /^user = ".*"$/.test(line)).length, 1);
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
    const [line = ''] =
      /^user = .*$/m.exec(
        curlConfiguration(
          [{ request: post('https://x/AdminService', '{}', 'write'), answerFile: '/a' }],
          'unordered',
          { ...SETTINGS, login: ntlm(user, password) },
        ),
      ) ?? [];
    return `url = "http://127.0.0.1:${port}/${number}"\nbasic\n${line}\n`;
  });
  const child = spawn(CURL, ['-q', '--silent', '--config', '-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(sections.join('next\n'));
  await new Promise((resolve) => child.on('close', resolve));
  server.close();
  return received;
}
