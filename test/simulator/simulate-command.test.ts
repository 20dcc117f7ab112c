import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { simulate } from '../../src/simulator/simulate-command.js';
import { until } from './site-client.js';

interface Started {
  readonly lines: string[];
  readonly stop: () => Promise<number>;
}

/** Starts the command and waits until it serves. */
async function start(
  context: TestContext,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Started> {
  const lines: string[] = [];
  const controller = new AbortController();
  const ended = simulate(args, environment, (line) => lines.push(line), controller.signal);
  context.after(() => {
    controller.abort();
  });
  await until(() => lines.some((line) => line.includes('Ctrl+C')));
  return {
    lines,
    stop: async () => {
      controller.abort();
      return ended;
    },
  };
}

async function end(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<[number, string]> {
  const lines: string[] = [];
  const controller = new AbortController();
  controller.abort();
  return [await simulate(args, environment, (line) => lines.push(line), controller.signal), lines.join('\n')];
}

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'simulate-test-'));
  context.after(async () => rm(path, { recursive: true }));
  return path;
}

const field = (lines: readonly string[], name: string): string =>
  lines
    .find((line) => line.startsWith(name))
    ?.slice(name.length)
    .trim()
    .split(' ')[0] ?? '';

async function status(url: string, token: string, certificate: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      url,
      { ca: certificate, headers: { authorization: `Bearer ${token}` }, agent: false },
      (response) => {
        response.resume();
        response.on('end', () => {
          resolve(response.statusCode ?? 0);
        });
      },
    );
    request.on('error', reject);
    request.end();
  });
}

suite('the command simulate', () => {
  test('says first that it is simulated, serves, and leaves nothing behind', async (context) => {
    const { lines, stop } = await start(context, ['--updates', '200']);
    assert.match(lines[0] ?? '', /^SIMULATED/u);
    const url = field(lines, 'Address');
    const token = field(lines, 'Token');
    const file = field(lines, 'Certificate');
    assert.match(url, /^https:\/\/127\.0\.0\.1:\d+\/AdminService_TokenAuth$/u);
    assert.match(token, /^[0-9a-f]{32}$/u);
    const certificate = readFileSync(file, 'utf8');
    assert.ok(!certificate.includes('PRIVATE'));
    assert.equal(await status(`${url}/wmi/SMS_Site`, token, certificate), 200);
    assert.equal(await status(`${url}/wmi/SMS_Site`, 'other', certificate), 401);
    const paste = lines.find((line) => line.includes(' service --connection')) ?? '';
    for (const part of [
      '--connection admin-service',
      `--sms-provider ${url}`,
      '--authentication token',
      `--ca-certificate ${file}`,
      '--site-code LAB',
      "--image 'Windows 7 Enterprise'",
      "--update-group 'Windows 7'",
    ]) {
      assert.ok(paste.includes(part), part);
    }
    assert.equal(await stop(), 0);
    assert.ok(!existsSync(file));
    await assert.rejects(status(`${url}/wmi/SMS_Site`, token, certificate));
  });

  test('takes the token of the environment, which it does not print', async (context) => {
    const { lines } = await start(context, ['--updates=200'], { CONFIGMGR_TOKEN: 's3cret-Token' });
    assert.ok(!lines.join('\n').includes('s3cret-Token'));
    const certificate = readFileSync(field(lines, 'Certificate'), 'utf8');
    assert.equal(await status(`${field(lines, 'Address')}/wmi/SMS_Site`, 's3cret-Token', certificate), 200);
    assert.deepEqual((await end([], { CONFIGMGR_TOKEN: 'a b' }))[0], 2);
  });

  test('writes the certificate where it is told, never over a file, and removes it', async (context) => {
    const file = join(await folder(context), 'site.pem');
    const { stop } = await start(context, ['--updates', '200', '--certificate-file', file]);
    assert.match(readFileSync(file, 'utf8'), /^-----BEGIN CERTIFICATE-----/u);
    assert.equal(await stop(), 0);
    assert.ok(!existsSync(file));
    await writeFile(file, 'mine');
    const [code, text] = await end(['--updates', '200', '--certificate-file', file]);
    assert.equal(code, 2);
    assert.match(text, /--certificate-file.*EEXIST/u);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  test('serves the site of a description, with faults', async (context) => {
    const file = join(await folder(context), 'site.json');
    const site = { code: 'XYZ', serverName: 'a.example', providerName: 'b.example' };
    await writeFile(
      file,
      JSON.stringify({ site, images: [{ packageId: 'XYZ00001', name: '$HOME "x"', sourceSite: 'XYZ' }] }),
    );
    const { lines } = await start(context, [
      '--description',
      file,
      '--fault',
      'error-500@2',
      '--fault',
      'refuse@3:GET',
    ]);
    assert.match(lines.join('\n'), /Site {2,}XYZ/u);
    assert.match(lines.join('\n'), /--image '\$HOME "x"'/u);
    const certificate = readFileSync(field(lines, 'Certificate'), 'utf8');
    const url = `${field(lines, 'Address')}/wmi/SMS_Site`;
    const statuses: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      statuses.push(await status(url, field(lines, 'Token'), certificate));
    }
    assert.deepEqual(statuses, [200, 500, 404, 200]);
  });

  test('writes the log of the servicing where it is told, and says so when it cannot', async (context) => {
    const file = join(await folder(context), 'OfflineServicingMgr.log');
    const { lines, stop } = await start(context, [
      '--updates=200',
      '--servicing-log',
      file,
      '--servicing-log-size=1000',
      '--speed=60',
    ]);
    assert.equal(field(lines, 'Log'), file);
    assert.match(readFileSync(file, 'utf8'), /^SMS_EXECUTIVE started SMS_OFFLINE_SERVICING_MANAGER/u);
    assert.equal(await stop(), 0);
    assert.ok(existsSync(file));
    const [code, text] = await end(['--servicing-log', join(file, 'x.log')]);
    assert.equal(code, 2);
    assert.match(text, /--servicing-log: the file cannot be written: ENOTDIR/u);
    assert.match((await end(['--speed', '0']))[1], /--speed: "0" is no whole number from 1 to 1000/u);
  });

  test('tells all wrong flags at once and ends with 2', async () => {
    const [code, text] = await end([
      '--port',
      '99999',
      '--seed=x',
      '--updates',
      '100001',
      '--latency',
      '20',
      '--invisible=soon',
      '--page-size',
      '0',
      '--next-links',
      'yes',
      '--fault',
      'loose@1',
      '--fault=delay@1',
      '--colour',
      '--port',
      '5',
      '--longest-filter',
    ]);
    assert.equal(code, 2);
    assert.doesNotMatch(text, /SIMULATED/u);
    for (const expected of [
      '12 problems',
      '--port: it is given more than once',
      '--port: "99999" is no whole number from 0 to 65535',
      '--seed: "x"',
      '--updates: "100001" is no whole number from 0 to 100000',
      '--latency: "20" is no time',
      '--invisible: "soon" is no time',
      '--page-size: "0"',
      '--next-links: "yes"',
      '--fault "loose@1"',
      '--fault "delay@1"',
      '"--colour": there is no such flag. Allowed are --port,',
      '--longest-filter: a value is missing',
    ]) {
      assert.ok(text.includes(expected), `${expected}\n${text}`);
    }
    assert.match(
      (await end(['--description', 'x.json', '--seed', '1']))[1],
      /--seed: it cannot be given with/u,
    );
    assert.match((await end(['--port', '--seed', '1']))[1], /--port: a value is missing/u);
  });

  test('tells what is wrong with a description, and what it cannot read', async (context) => {
    const file = join(await folder(context), 'site.json');
    await writeFile(file, '{"site":{"code":"TOO LONG"}}');
    const [code, text] = await end(['--description', file]);
    assert.equal(code, 2);
    assert.match(text, /\$\.site\.code: "TOO LONG"/u);
    assert.match(text, /"serverName" is missing/u);
    const [unreadable, why] = await end(['--description', join(await folder(context), 'none.json')]);
    assert.equal(unreadable, 2);
    assert.match(why, /ENOENT/u);
  });

  test('a port that is taken is an error that says so', async (context) => {
    const { lines } = await start(context, ['--updates', '200']);
    const port = /:(\d+)\//u.exec(field(lines, 'Address'))?.[1] ?? '';
    const [code, text] = await end(['--updates', '200', '--port', port]);
    assert.equal(code, 1);
    assert.match(text, /EADDRINUSE/u);
  });

  test('--help tells every flag', async () => {
    const [code, text] = await end(['--port', 'x', '--help']);
    assert.equal(code, 0);
    for (const flag of [
      '--port',
      '--seed',
      '--updates',
      '--description',
      '--certificate-file',
      '--latency',
    ]) {
      assert.ok(text.includes(`  ${flag} `), flag);
    }
    for (const flag of [
      '--speed',
      '--servicing-log',
      '--servicing-log-size',
      '--invisible',
      '--servicing-time',
      '--page-size',
      '--longest-filter',
      '--fault',
    ]) {
      assert.ok(text.includes(`  ${flag} `), flag);
    }
    assert.match(text, /CONFIGMGR_TOKEN/u);
    assert.match(text, /"Windows 10 22H2 upgrade" fails at one update, with 0x80073712/u);
  });
});
