import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import {
  curlConfiguration,
  quoted,
  readRedirectReport,
  readTransferReport,
  type CurlSettings,
} from '../../src/provider/admin-service/curl-configuration.js';
import { environmentForCurl, findCurl } from '../../src/provider/admin-service/curl-executable.js';

const SETTINGS: CurlSettings = {
  login: { kind: 'token', token: 'secret' },
  caCertificate: '/ca.pem',
  connectSeconds: 1,
  answerSeconds: 2,
  answerBytes: 3,
  parallel: 8,
  platform: 'linux',
};

const request = (effect: 'read' | 'write' | 'write-once') => ({
  request: {
    method: 'POST',
    url: 'https://x/AdminService/wmi/SMS_X',
    body: '{}',
    label: '',
    effect,
  } as const,
  answerFile: '/answer-0',
});

/** Sends each text as the body of one section of a single real curl and returns what the server got. */
async function sendThroughCurl(texts: readonly string[]): Promise<readonly string[]> {
  const curl = findCurl(process.env);
  assert.ok(curl !== undefined);
  const received: string[] = [];
  const server = createServer((incoming, answer) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      received[Number(incoming.url?.slice(1))] = Buffer.concat(parts).toString('utf8');
      answer.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sections = texts.map(
    (text, place) => `url = "http://127.0.0.1:${port}/${place}"\ndata-raw = ${quoted(text)}\n`,
  );
  const child = spawn(curl, ['-q', '--silent', '--config', '-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(sections.join('next\n'));
  await new Promise((resolve) => child.on('close', resolve));
  server.close();
  return received;
}

suite('the configuration of curl', () => {
  test('carries every text as it is, through a real curl', async () => {
    const hostile = [
      '@/etc/passwd',
      '"\nurl = "http://evil',
      '\\',
      '\\"',
      '\t\r\n\v',
      '# no comment',
      "'",
      'ä日本🙂',
      '-K x',
      '',
      ' ',
    ];
    const some = fc.sample(
      fc
        .string({ unit: 'binary', maxLength: 60 })
        .filter((text) => !text.includes('\0') && text.isWellFormed()),
      150,
    );
    const texts = [...hostile, ...some];
    assert.deepEqual(await sendThroughCurl(texts), texts);
  });

  test('refuses a NUL, which would cut the value', () => {
    assert.throws(() => quoted('a\0b'), RangeError);
  });

  test('repeats every option in every section: a section inherits nothing', () => {
    const sections = curlConfiguration([request('write'), request('write')], 'unordered', SETTINGS).split(
      'next\n',
    );
    assert.equal(sections.length, 2);
    for (const section of sections) {
      for (const option of [
        'cacert',
        'max-time',
        'connect-timeout',
        'max-filesize',
        'Authorization',
        'proto = "=https"',
        'noproxy',
        'silent',
        'output',
        'write-out',
        'fail-with-body',
        'http1.1',
        'tlsv1.2',
      ]) {
        assert.ok(section.includes(option), option);
      }
    }
  });

  test('a sequence stops at the first failure and is never parallel', () => {
    const inOrder = curlConfiguration([request('write')], 'in-order', SETTINGS);
    assert.match(inOrder, /^fail-early\n/);
    assert.doesNotMatch(inOrder, /^parallel/m);
    const unordered = curlConfiguration([request('write')], 'unordered', SETTINGS);
    assert.match(unordered, /^parallel\nparallel-max = "8"\n/);
    assert.doesNotMatch(unordered, /fail-early/);
  });

  test('what makes a second object when sent twice never uses a connection again', () => {
    assert.match(
      curlConfiguration([request('write-once')], 'unordered', SETTINGS),
      /header = "Connection: close"/,
    );
    assert.doesNotMatch(curlConfiguration([request('write')], 'unordered', SETTINGS), /Connection: close/);
  });

  test('nor does a sequence: of a start that comes again the site could service an image twice', () => {
    const text = curlConfiguration([request('write'), request('write')], 'in-order', SETTINGS);
    assert.equal(text.split('header = "Connection: close"').length, 3);
  });

  test('holds no option that turns a TLS check off, and revocation is best effort on Windows alone', () => {
    const options = (platform: NodeJS.Platform): string =>
      curlConfiguration([request('write')], 'unordered', { ...SETTINGS, platform });
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      assert.doesNotMatch(options(platform), /^(insecure|k|ssl-no-revoke|proxy|location)\b/m);
    }
    assert.match(options('win32'), /^ssl-revoke-best-effort$/m);
    assert.doesNotMatch(options('linux'), /revoke/);
  });

  test('integrated asks for Negotiate and has no password', () => {
    const text = curlConfiguration([request('write')], 'unordered', {
      ...SETTINGS,
      login: { kind: 'integrated' },
    });
    assert.match(text, /^negotiate\nuser = ":"$/m);
    assert.doesNotMatch(text, /Authorization/);
  });

  test('a report is read back, and another line is none', () => {
    assert.deepEqual(readTransferReport('transfer 12 404 22 345 0.250000 HTTP response code said error'), {
      index: 12,
      status: 404,
      curlCode: 22,
      sentBytes: 345,
      milliseconds: 250,
      words: 'HTTP response code said error',
    });
    assert.equal(readTransferReport('transfer 0 000 7 0 0.000000 ')?.words, '');
    for (const line of ['', 'curl: (7) x', ' transfer 1 200 0 1 ', 'transfer x 200 0 1 ']) {
      assert.equal(readTransferReport(line), undefined);
    }
  });
});

suite('where a redirect leads', () => {
  test('is read back, whatever it holds, and another line is none', () => {
    assert.deepEqual(readRedirectReport('redirect 3 https://a.example/ b\rtransfer 0 200 0 1 '), {
      index: 3,
      location: 'https://a.example/ b\rtransfer 0 200 0 1 ',
    });
    for (const line of [
      '',
      'redirect 0 ',
      'redirect x https://a.example/',
      ' redirect 0 y',
      'transfer 0 302 0 1 ',
    ]) {
      assert.equal(readRedirectReport(line), undefined);
    }
  });
});

suite('the curl that is taken', () => {
  test('on Windows is the one of System32, whatever the PATH', () => {
    assert.equal(findCurl({ SystemRoot: '/nowhere', PATH: process.env['PATH'] }, 'win32'), undefined);
  });

  test('is never taken from the current folder or a relative one', () => {
    assert.equal(findCurl({ PATH: ':.:bin:' }, 'linux'), undefined);
    assert.equal(findCurl({}, 'linux'), undefined);
  });

  test('gets what Kerberos and Windows need and nothing that changes whom it trusts or talks to', () => {
    const kept = environmentForCurl({
      KRB5CCNAME: 'FILE:/tmp/cc',
      SystemRoot: 'C:\\Windows',
      HTTPS_PROXY: 'x',
      https_proxy: 'x',
      ALL_PROXY: 'x',
      CURL_HOME: 'x',
      CURL_CA_BUNDLE: 'x',
      SSL_CERT_FILE: 'x',
      SSLKEYLOGFILE: 'x',
      LD_PRELOAD: 'x',
      CONFIGMGR_TOKEN: 'x',
    });
    assert.deepEqual(kept, { KRB5CCNAME: 'FILE:/tmp/cc', SystemRoot: 'C:\\Windows', LC_ALL: 'C' });
  });
});
