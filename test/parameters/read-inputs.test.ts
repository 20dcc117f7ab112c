import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';

import fc from 'fast-check';

import { DIAGNOSIS_CODES } from '../../src/diagnosis/codes.js';
import { DiagnosedError, type Diagnosis } from '../../src/diagnosis/diagnosis.js';
import {
  camelName,
  CONNECTIONS,
  INPUTS,
  type InputName,
  type InputTexts,
} from '../../src/parameters/input-table.js';
import { readInputs, type InputHost } from '../../src/parameters/read-inputs.js';
import type { StepRequest } from '../../src/parameters/step-request.js';

const folder = mkdtempSync(join(tmpdir(), 'inputs-'));
after(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const HOST: InputHost = { spell: (name) => `--${name}`, connections: CONNECTIONS };

const GOOD: InputTexts = {
  connection: 'admin-service',
  'sms-provider': 'cm01.corp.example.com',
  image: 'Windows 11 Enterprise',
  'update-group': '2026-11 Windows 11',
};

const read = (texts: InputTexts): StepRequest => readInputs({ ...GOOD, ...texts }, HOST);

function errorsOf(texts: InputTexts): readonly Diagnosis[] {
  try {
    read(texts);
  } catch (error) {
    if (error instanceof DiagnosedError) return error.diagnoses;
    throw error;
  }
  return [];
}

function assertOneError(texts: InputTexts, code: string, about: RegExp): void {
  const errors = errorsOf(texts);
  assert.deepEqual(
    errors.map((error) => error.code),
    [code],
    JSON.stringify(errors),
  );
  assert.match(errors[0]?.what ?? '', about);
  for (const part of [errors[0]?.what, errors[0]?.cause, errors[0]?.next])
    assert.ok(part !== undefined && part.length > 5);
}

suite('inputs that are good', () => {
  test('become a typed request, with the defaults of the table', () => {
    assert.deepEqual(read({}), {
      connection: {
        kind: 'admin-service',
        address: 'https://cm01.corp.example.com/AdminService',
        login: { kind: 'integrated' },
        caCertificate: undefined,
      },
      servicing: {
        siteCode: undefined,
        siteServer: undefined,
        image: 'Windows 11 Enterprise',
        updateGroup: '2026-11 Windows 11',
        updateDistributionPoints: false,
        unusableUpdates: 'fail',
        alreadyInstalled: 'skip',
        dryRun: false,
      },
    });
  });

  test('each has its effect', () => {
    const ca = file('ca.pem', '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n');
    const request = read({
      'site-code': 'lab',
      'site-server': 'cm02.corp.example.com',
      'update-distribution-points': 'true',
      'unusable-updates': 'skip',
      'already-installed': 'include',
      'dry-run': 'true',
      authentication: 'token',
      token: 'abc.def',
      'ca-certificate': ca,
    });
    assert.deepEqual(request.connection, {
      kind: 'admin-service',
      address: 'https://cm01.corp.example.com/AdminService_TokenAuth',
      login: { kind: 'token', token: 'abc.def' },
      caCertificate: ca,
    });
    assert.deepEqual(request.servicing, {
      siteCode: 'LAB',
      siteServer: 'cm02.corp.example.com',
      image: 'Windows 11 Enterprise',
      updateGroup: '2026-11 Windows 11',
      updateDistributionPoints: true,
      unusableUpdates: 'skip',
      alreadyInstalled: 'include',
      dryRun: true,
    });
  });

  test('an empty or blank text counts as not given, as pipelines write it', () => {
    const blank = Object.fromEntries(
      INPUTS.filter(({ name }) => !(name in GOOD)).map(({ name }) => [name, ' \n ']),
    );
    assert.deepEqual(read(blank), read({}));
  });

  test('a base URL is taken as it is; a slash at its end does no harm', () => {
    for (const [given, address] of [
      ['https://cm01.x.example/AdminService', 'https://cm01.x.example/AdminService'],
      ['https://cm01.x.example:8443/AdminService/', 'https://cm01.x.example:8443/AdminService'],
      [
        'https://cmg.example/CCM_Proxy_ServerAuth/72057/AdminService_TokenAuth',
        'https://cmg.example/CCM_Proxy_ServerAuth/72057/AdminService_TokenAuth',
      ],
    ] as const) {
      const { connection } = read({ 'sms-provider': given });
      assert.equal(connection.kind === 'admin-service' && connection.address, address);
    }
  });

  test('a list in lines keeps commas in its values', () => {
    assert.equal(read({ image: 'Windows 11, Enterprise\n' }).servicing.image, 'Windows 11, Enterprise');
    assert.equal(read({ 'update-group': ' one \n' }).servicing.updateGroup, 'one');
  });

  test('the simulator needs nothing else', () => {
    const texts: InputTexts = { connection: 'simulator', image: 'i', 'update-group': 'g' };
    assert.deepEqual(readInputs(texts, HOST).connection, { kind: 'simulator' });
  });
});

suite('inputs that are wrong', () => {
  const cases: readonly (readonly [InputTexts, string, RegExp])[] = [
    [{ connection: '' }, 'OS101', /--connection is missing/],
    [{ connection: 'wmi' }, 'OS102', /"wmi"/],
    [{ connection: 'Admin-Service' }, 'OS102', /--connection/],
    [{ 'sms-provider': '' }, 'OS101', /--sms-provider is missing/],
    [{ 'sms-provider': 'http://cm01.x.example/AdminService' }, 'OS106', /http:/],
    [{ 'sms-provider': 'https://user:pw@cm01.x.example/AdminService' }, 'OS106', /--sms-provider/],
    [{ 'sms-provider': 'https://cm01.x.example/wmi' }, 'OS106', /wmi/],
    [{ 'sms-provider': 'https://cm01.x.example/AdminService?x=1' }, 'OS106', /x=1/],
    [{ 'sms-provider': 'cm01 x' }, 'OS106', /cm01 x/],
    [{ 'sms-provider': '-oProxyCommand=x' }, 'OS106', /ProxyCommand/],
    [{ image: ' ' }, 'OS101', /--image is missing/],
    [{ image: 'one,two' }, 'OS110', /2 values/],
    [{ image: 'one\ntwo\nthree' }, 'OS110', /3 values/],
    [{ image: ',' }, 'OS110', /nothing/],
    [{ 'update-group': '' }, 'OS101', /--update-group is missing/],
    [{ 'update-group': 'a,b' }, 'OS110', /--update-group/],
    [{ 'site-code': 'LABX' }, 'OS106', /LABX/],
    [{ 'site-server': 'cm01' }, 'OS106', /"cm01"/],
    [{ 'site-server': 'a..b' }, 'OS106', /a\.\.b/],
    [{ 'update-distribution-points': 'yes' }, 'OS103', /"yes"/],
    [{ 'update-distribution-points': 'True' }, 'OS103', /"True"/],
    [{ 'dry-run': '1' }, 'OS103', /"1"/],
    [{ 'unusable-updates': 'ignore' }, 'OS102', /ignore/],
    [{ 'already-installed': 'fail' }, 'OS102', /fail/],
    [{ authentication: 'ntlm' }, 'OS102', /ntlm/],
    [{ authentication: 'token' }, 'OS108', /no token/],
    [{ authentication: 'token', token: 'a b' }, 'OS106', /--token/],
    [{ authentication: 'token', token: 'a\r\nX-Evil: 1' }, 'OS106', /--token/],
    [{ 'ca-certificate': '/no/such/file' }, 'OS109', /cannot be read/],
    [{ 'ca-certificate': folder }, 'OS109', /cannot be read/],
    [{ 'ca-certificate': file('der.cer', '\x30\x82') }, 'OS109', /PEM/],
    [{ 'ca-certificate': file('key.pem', '-----BEGIN PRIVATE KEY-----') }, 'OS109', /private key/],
    [{ connection: 'simulator' }, 'OS107', /--sms-provider has no use/],
  ];
  for (const [texts, code, about] of cases) {
    test(`${JSON.stringify(texts).replaceAll(folder, '…')} is ${code}`, () => {
      assertOneError(texts, code, about);
    });
  }

  test('all are told at once', () => {
    const codes = errorsOf({
      connection: 'x',
      image: '',
      'site-code': '!',
      'dry-run': 'x',
      authentication: 'x',
    }).map(({ code }) => code);
    assert.deepEqual(codes, ['OS102', 'OS102', 'OS106', 'OS101', 'OS103']);
  });

  test('a secret is never shown', () => {
    const [error] = errorsOf({ authentication: 'token', token: 'hunter2 hunter2' });
    assert.doesNotMatch(JSON.stringify(error), /hunter2/);
  });

  test('whatever is given, there is a request or errors, in little time', () => {
    const names = INPUTS.map(({ name }) => name);
    const texts = fc.dictionary(
      fc.constantFrom<InputName[]>(...names),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('true', 'token', 'simulator', 'admin-service', 'a.b', 'LAB'),
      ),
    );
    fc.assert(
      fc.property(texts, (given) => {
        const errors = errorsOf(given);
        for (const { code } of errors) assert.ok(code in DIAGNOSIS_CODES);
      }),
      { numRuns: 500 },
    );
    const begun = performance.now();
    errorsOf({
      image: ','.repeat(1_000_000),
      'site-server': 'a.'.repeat(500_000),
      'sms-provider': 'a-'.repeat(500_000),
    });
    assert.ok(performance.now() - begun < 2_000);
  });
});

test('the table spells each input for Azure without hyphens, and no two alike', () => {
  const camel = INPUTS.map(({ name }) => camelName(name));
  assert.equal(new Set(camel).size, camel.length);
  for (const name of camel) assert.match(name, /^[A-Za-z][A-Za-z0-9]*$/);
});
