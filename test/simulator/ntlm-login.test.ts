import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { md4 } from '../../src/simulator/md4.js';
import { ntlmChallenge, ntlmMessageType, ntlmProves } from '../../src/simulator/ntlm.js';
import { FAR_TOKEN, smallSite } from './small-site.js';
import { serve, type Site } from './site-client.js';

const ACCOUNT = { user: 'svc-osd', password: 'pass "word" \\ 1%' };
const BEFORE_2509 = { buildNumber: 9135, version: '5.00.9135.1000' };

const curlSpeaksNtlm = /^Features:.* NTLM\b/mu.test(
  spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout,
);
const WITH_CURL = { skip: curlSpeaksNtlm ? false : 'the curl of this machine was built without NTLM' };

/** A site that still takes NTLM. */
const older = (): ReturnType<typeof smallSite> => {
  const site = smallSite();
  return { ...site, site: { ...site.site, ...BEFORE_2509 } };
};

const escaped = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Lets a real curl ask, once for each section of a configuration; tells the status of each. */
async function curl(
  context: TestContext,
  site: Site,
  sections: readonly (readonly string[])[],
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ntlm-login-'));
  context.after(async () => rm(folder, { recursive: true }));
  const certificate = join(folder, 'ca.pem');
  await writeFile(certificate, site.running.certificatePem);
  const common = [
    `cacert = ${escaped(certificate)}`,
    'silent',
    `output = ${escaped(join(folder, 'body'))}`,
    'write-out = "%{http_code}\\n"',
  ];
  const child = spawn('curl', ['-q', '--config', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(sections.map((section) => [...common, ...section, ''].join('\n')).join('next\n'));
  const pieces: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
  await new Promise((resolve, reject) => {
    child.on('close', resolve);
    child.on('error', reject);
  });
  return pieces.join('').trim().split('\n');
}

const asking = (site: Site, user: string, password: string, ...more: string[]): readonly string[] => [
  `url = "${site.running.baseUrl}/wmi/SMS_ImageServicingSchedule"`,
  'ntlm',
  `user = ${escaped(`${user}:${password}`)}`,
  ...more,
];
const CREATE = [
  'request = "POST"',
  `data-raw = ${escaped(JSON.stringify({ Schedule: FAR_TOKEN }))}`,
  'header = "Content-Type: application/json"',
];

suite('NTLM', () => {
  test(
    'a client that knows the password gets in, with or without a domain, and its write is done once',
    WITH_CURL,
    async (context) => {
      const site = await serve(context, { description: older(), ntlm: ACCOUNT });
      for (const user of [ACCOUNT.user, `LAB\\${ACCOUNT.user.toUpperCase()}`]) {
        assert.deepEqual(await curl(context, site, [asking(site, user, ACCOUNT.password)]), ['200']);
      }
      assert.deepEqual(await curl(context, site, [asking(site, ACCOUNT.user, ACCOUNT.password, ...CREATE)]), [
        '201',
      ]);
      assert.equal(site.running.state.objects('SMS_ImageServicingSchedule').length, 1);
      assert.deepEqual(
        site.running.requests.map(({ authorization, status }) => [authorization, status]),
        [
          ['ntlm', 401],
          ['ntlm', 200],
          ['ntlm', 401],
          ['ntlm', 200],
          ['ntlm', 401],
          ['ntlm', 201],
        ],
      );
      assert.ok(!JSON.stringify(site.running.requests).includes('TlRMTVNTUA'));
    },
  );

  test('a wrong user or password stays out', WITH_CURL, async (context) => {
    const site = await serve(context, { description: older(), ntlm: ACCOUNT });
    for (const [user, password] of [
      [ACCOUNT.user, 'wrong'],
      ['another', ACCOUNT.password],
      [ACCOUNT.user, ''],
    ] as const) {
      assert.deepEqual(await curl(context, site, [asking(site, user, password)]), ['401']);
    }
  });

  test('a site of version 2509 takes none, and gives no challenge', WITH_CURL, async (context) => {
    const site = await serve(context, { ntlm: ACCOUNT });
    assert.deepEqual(await curl(context, site, [asking(site, ACCOUNT.user, ACCOUNT.password)]), ['401']);
    const reply = await site.ask('GET', '/wmi/SMS_Site', {
      route: '/AdminService',
      authorization: `NTLM ${FIRST_MESSAGE}`,
    });
    assert.equal(reply.headers['www-authenticate'], 'Negotiate');
  });

  test(
    'each request needs its own handshake, unless the site keeps the login of a connection',
    WITH_CURL,
    async (context) => {
      for (const keepsNtlmLogin of [false, true]) {
        const site = await serve(context, { description: older(), ntlm: ACCOUNT, keepsNtlmLogin });
        const section = asking(site, ACCOUNT.user, ACCOUNT.password);
        assert.deepEqual(await curl(context, site, [section, section, section]), ['200', '200', '200']);
        const refused = site.running.requests.filter(({ status }) => status === 401).length;
        assert.equal(refused, keepsNtlmLogin ? 1 : 3 + 2);
      }
    },
  );

  test('is taken inside Negotiate too, where the same scheme answers', async (context) => {
    const site = await serve(context, { description: older(), ntlm: ACCOUNT });
    const ask = async (authorization: string | undefined): Promise<unknown> =>
      (await site.ask('GET', '/wmi/SMS_Site', { route: '/AdminService', authorization })).headers[
        'www-authenticate'
      ];
    assert.equal(await ask(undefined), 'Negotiate, NTLM');
    assert.match(String(await ask(`Negotiate ${FIRST_MESSAGE}`)), /^Negotiate TlRMTVNTUAAC/u);
    assert.match(String(await ask(`NTLM ${FIRST_MESSAGE}`)), /^NTLM TlRMTVNTUAAC/u);
  });

  test('the challenge is good for one answer on one connection', async (context) => {
    const site = await serve(context, { description: older(), ntlm: ACCOUNT });
    const ask = async (token: string): Promise<number> =>
      (await site.ask('GET', '/wmi/SMS_Site', { route: '/AdminService', authorization: `NTLM ${token}` }))
        .status;
    const third = Buffer.from(FIRST_MESSAGE, 'base64');
    third.writeUInt32LE(3, 8);
    for (const token of [third.toString('base64'), '', 'AAAA', 'TlRMTVNTUAAJ']) {
      assert.equal(await ask(token), 401);
    }
  });

  test('MD4 is the one of RFC 1320', () => {
    const vectors = {
      '': '31d6cfe0d16ae931b73c59d7e0c089c0',
      a: 'bde52cb31de33e46245e05fbdbd6fb24',
      'message digest': 'd9130a8164549fe818874806e1c7014b',
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890':
        'e33b4ddc9c38f2199c3e7b164fcc0536',
    };
    for (const [text, digest] of Object.entries(vectors)) {
      assert.equal(md4(Buffer.from(text)).toString('hex'), digest);
    }
  });

  test('no token makes the reader throw, and none without the proof gets in', () => {
    const challenge = Buffer.alloc(8, 7);
    assert.equal(ntlmMessageType(ntlmChallenge(challenge, 'LAB', 'CM01')), undefined);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const message = Buffer.concat([Buffer.from('NTLMSSP\0\x03\0\0\0', 'latin1'), bytes]);
        ntlmMessageType(Buffer.from(bytes));
        assert.equal(ntlmProves(message, challenge, ACCOUNT), false);
      }),
    );
  });
});

/** A first message with flags alone. */
const FIRST_MESSAGE = Buffer.concat([
  Buffer.from('NTLMSSP\0\x01\0\0\0', 'latin1'),
  Buffer.from('07820800', 'hex'),
  Buffer.alloc(16),
]).toString('base64');
