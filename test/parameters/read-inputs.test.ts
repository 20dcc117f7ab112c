import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';

import fc from 'fast-check';

import { DIAGNOSIS_CODES } from '../../src/diagnosis/codes.js';
import { camelName, type InputTexts } from '../../src/parameters/input-definition.js';
import { SERVICE_INPUTS as INPUTS } from '../../src/verbs/service/inputs.js';
import { readInputs } from './inputs-under-test.js';
import { assertOneError, errorsOf, GOOD, HOST, LOCAL, read, readWmi, WMI } from './inputs-under-test.js';

const folder = mkdtempSync(join(tmpdir(), 'inputs-'));
after(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
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
        images: ['Windows Server 2022'],
        updateGroups: ['2026-11 Windows Server 2022'],
        updates: [],
        excludeUpdates: [],
        updateDistributionPoints: false,
        start: { kind: 'now' },
        continueOnUpdateError: false,
        removeSupersededUpdates: false,
        unusableUpdates: 'fail',
        alreadyInstalled: 'skip',
        supersededUpdates: 'skip-if-newer-selected',
        notRequiredUpdates: 'include',
        unsupportedImages: 'fail',
        ifScheduled: 'fail',
        writeOrder: 'draft-first',
        dryRun: false,
      },
      follow: undefined,
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
      updates: '16778001',
      start: '2030-06-01T02:00+02:00',
      'continue-on-update-error': 'true',
      'remove-superseded-updates': 'true',
      'superseded-updates': 'include',
      'exclude-updates': 'KB5034441,16778009',
      'not-required-updates': 'skip',
      'unsupported-images': 'service',
      'if-scheduled': 'add',
      'write-order': 'as-console',
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
      images: ['Windows Server 2022'],
      updateGroups: ['2026-11 Windows Server 2022'],
      updates: [{ kind: 'ci-id', ciId: 16778001 }],
      excludeUpdates: [
        { kind: 'article', article: '5034441' },
        { kind: 'ci-id', ciId: 16778009 },
      ],
      updateDistributionPoints: true,
      start: { kind: 'moment', milliseconds: Date.UTC(2030, 5, 1, 0, 0) },
      continueOnUpdateError: true,
      removeSupersededUpdates: true,
      unusableUpdates: 'skip',
      alreadyInstalled: 'include',
      supersededUpdates: 'include',
      notRequiredUpdates: 'skip',
      unsupportedImages: 'service',
      ifScheduled: 'add',
      writeOrder: 'as-console',
      dryRun: true,
    });
  });

  test('an empty or blank text counts as not given, as pipelines write it', () => {
    const blank = Object.fromEntries(
      INPUTS.filter((input) => !(input.name in GOOD) && !('refusesEmpty' in input)).map(({ name }) => [
        name,
        ' \n ',
      ]),
    );
    assert.deepEqual(read(blank), read({}));
    // An input without a default arrives as an empty text where nobody gave it.
    const inYaml = { ...HOST, writtenIn: 'yaml' } as const;
    assert.equal(readInputs({ ...GOOD, 'site-code': '' }, inYaml).servicing.siteCode, undefined);
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

  test('nothing but the work is needed on the SMS Provider itself', () => {
    const { connection } = readInputs({ image: 'i', 'update-group': 'g', 'site-code': 'p01' }, HOST);
    assert.deepEqual(connection, { ...LOCAL, siteCode: 'P01' });
  });

  test('another machine is reached as the account that runs the step, or as another one', () => {
    const remote = readWmi({ 'sms-provider': 'cm01.corp.example.com' });
    assert.deepEqual(remote, { ...LOCAL, smsProvider: 'cm01.corp.example.com' });
    const other = readWmi({
      'sms-provider': 'cm01',
      username: ' CORP\\svc ',
      password: ' p:w "\\ \r\n',
      'cim-protocol': 'dcom',
      powershell: 'pwsh',
    });
    assert.deepEqual(other, {
      ...LOCAL,
      smsProvider: 'cm01',
      credential: { user: 'CORP\\svc', password: ' p:w "\\ ' },
      cimProtocol: 'dcom',
      powerShell: 'pwsh',
    });
    assert.equal(readWmi({ powershell: '/opt/pwsh' }).powerShell, '/opt/pwsh');
  });

  test('the defaults of inputs that a form hides do no harm, nor do secrets of a whole job', () => {
    const defaults = Object.fromEntries(
      INPUTS.flatMap((input) => (input.name === 'site-code' ? [] : [[input.name, input.default ?? '']])),
    );
    const secrets = { token: 't', password: 'p' };
    for (const connection of [
      { connection: 'simulator' },
      { connection: 'admin-service', 'sms-provider': 'a' },
    ])
      assert.doesNotThrow(() =>
        readInputs({ ...defaults, ...secrets, image: 'i', 'update-group': 'g', ...connection }, HOST),
      );
    assert.deepEqual(
      readInputs({ ...defaults, token: 't', image: 'i', 'update-group': 'g' }, HOST).connection,
      LOCAL,
    );
  });

  test('a list in lines keeps commas in its values', () => {
    assert.deepEqual(read({ image: 'Windows 10, Enterprise\n' }).servicing.images, [
      'Windows 10, Enterprise',
    ]);
    assert.deepEqual(read({ 'update-group': ' one \r\n\n two,2 \n' }).servicing.updateGroups, [
      'one',
      'two,2',
    ]);
  });

  test('a list in one line is separated by commas, and names each value once', () => {
    const line = 'one, two ,,one';
    assert.deepEqual(read({ image: line }).servicing.images, [{ line, names: ['one', 'two'] }]);
    assert.deepEqual(read({ updates: 'KB1, KB2,KB1' }).servicing.updates.length, 2);
  });

  test('updates have no commas in them, and are separated by these in every line', () => {
    const two = [
      { kind: 'article', article: '1' },
      { kind: 'article', article: '2' },
    ];
    for (const text of ['KB1, KB2\n', 'KB1,\nKB2\n', '\r\nKB1\r\nKB 2, KB1,\r\n']) {
      assert.deepEqual(read({ updates: text }).servicing.updates, two);
      assert.deepEqual(read({ 'exclude-updates': text }).servicing.excludeUpdates, two);
    }
  });

  test('a list that is given several times has the values of each, and each can be one name with commas', () => {
    const { images, updateGroups, updates } = read({
      image: ['Windows 11, Enterprise', 'LAB00010'],
      'update-group': ['one', 'one', ''],
      updates: ['KB1,KB2', 'applicable'],
    }).servicing;
    const line = 'Windows 11, Enterprise';
    assert.deepEqual(images, [{ line, names: ['Windows 11', 'Enterprise'] }, 'LAB00010']);
    assert.deepEqual([updateGroups, updates.length], [['one'], 3]);
  });

  test('booleans take any letter case', () => {
    for (const [text, value] of [
      ['True', true],
      [' TRUE\n', true],
      ['tRuE', true],
      ['False', false],
      ['FALSE', false],
    ] as const)
      assert.equal(read({ 'dry-run': text }).servicing.dryRun, value);
  });

  test('updates are KB numbers, CI_IDs or what is applicable, with groups or without', () => {
    const { updates, updateGroups } = read({
      'update-group': '',
      updates: 'KB5034441, kb0005034122, KB 5034123, 16778001, Applicable',
    }).servicing;
    assert.deepEqual(updateGroups, []);
    assert.deepEqual(updates, [
      { kind: 'article', article: '5034441' },
      { kind: 'article', article: '5034122' },
      { kind: 'article', article: '5034123' },
      { kind: 'ci-id', ciId: 16778001 },
      { kind: 'applicable' },
    ]);
    assert.equal(read({ updates: 'KB1' }).servicing.updateGroups.length, 1);
  });

  test('the simulator needs nothing else', () => {
    const texts: InputTexts = { connection: 'simulator', image: 'i', 'update-group': 'g' };
    assert.deepEqual(readInputs(texts, HOST).connection, { kind: 'simulator' });
  });
});

suite('inputs that are wrong', () => {
  const TOKEN = { authentication: 'token', token: 't' } as const;
  const cases: readonly (readonly [InputTexts, string, RegExp])[] = [
    [{ connection: 'wim' }, 'OS102', /"wim"/],
    [{ connection: 'Admin-Service' }, 'OS102', /--connection/],
    [{ 'sms-provider': '' }, 'OS101', /--sms-provider is missing/],
    [{ 'sms-provider': 'http://cm01.x.example/AdminService' }, 'OS106', /http:/],
    [{ 'sms-provider': 'https://user:pw@cm01.x.example/AdminService' }, 'OS106', /--sms-provider/],
    [{ 'sms-provider': 'https://cm01.x.example/wmi' }, 'OS106', /wmi/],
    [{ 'sms-provider': 'https://cm01.x.example/AdminService?x=1' }, 'OS106', /x=1/],
    [{ 'sms-provider': 'cm01 x' }, 'OS106', /cm01 x/],
    [{ 'sms-provider': '-oProxyCommand=x' }, 'OS106', /ProxyCommand/],
    [{ image: ' ' }, 'OS101', /--image is missing/],
    [{ image: ',' }, 'OS106', /nothing/],
    [{ 'update-group': '' }, 'OS101', /--update-group and --updates are missing/],
    [{ updates: 'KB' }, 'OS106', /"KB"/],
    [{ updates: 'applicable updates' }, 'OS106', /"applicable updates"/],
    [{ updates: '2502147' }, 'OS106', /"2502147", and no site has so low a CI_ID/],
    [{ updates: '0' }, 'OS106', /"0"/],
    [{ updates: '4294967296' }, 'OS106', /"4294967296"/],
    [{ updates: 'KB1;KB2' }, 'OS106', /KB1;KB2/],
    [{ 'superseded-updates': 'skip' }, 'OS102', /--superseded-updates/],
    [{ 'not-required-updates': 'fail' }, 'OS102', /--not-required-updates/],
    [{ 'unsupported-images': 'skip' }, 'OS102', /--unsupported-images/],
    [{ 'if-scheduled': 'skip' }, 'OS102', /--if-scheduled/],
    [{ 'exclude-updates': 'applicable' }, 'OS106', /--exclude-updates/],
    [{ 'write-order': 'classic' }, 'OS102', /--write-order/],
    [{ 'site-code': 'LABX' }, 'OS106', /LABX/],
    [{ 'site-server': 'cm01' }, 'OS106', /"cm01"/],
    [{ 'site-server': 'a..b' }, 'OS106', /a\.\.b/],
    [{ 'update-distribution-points': 'yes' }, 'OS103', /"yes"/],
    [{ 'dry-run': '1' }, 'OS103', /"1"/],
    [{ 'unusable-updates': 'ignore' }, 'OS102', /ignore/],
    [{ 'already-installed': 'fail' }, 'OS102', /fail/],
    [{ authentication: 'kerberos' }, 'OS102', /kerberos/],
    [{ authentication: 'token' }, 'OS108', /--authentication token, and there is no token/],
    [{ authentication: 'token', token: 'a b' }, 'OS106', /--token/],
    [{ authentication: 'token', token: 'a\r\nX-Evil: 1' }, 'OS106', /--token/],
    [{ 'ca-certificate': '/no/such/file' }, 'OS109', /cannot be read/],
    [{ 'ca-certificate': folder }, 'OS109', /cannot be read/],
    [{ 'ca-certificate': file('der.cer', '\x30\x82') }, 'OS109', /DER.*PEM/],
    [{ 'ca-certificate': file('mark.pem', '\ufeff-----BEGIN CERTIFICATE-----') }, 'OS109', /byte order mark/],
    [{ 'ca-certificate': file('key.pem', '-----BEGIN PRIVATE KEY-----') }, 'OS109', /private key/],
    [{ connection: 'simulator' }, 'OS107', /--sms-provider has no use with --connection simulator/],
    [{ 'cim-protocol': 'wsman' }, 'OS107', /--cim-protocol has no use with --connection admin-service/],
    [{ powershell: 'pwsh' }, 'OS107', /--powershell has no use/],
    [{ username: 'u' }, 'OS107', /--username has no use with --connection admin-service/],
    [{ ...TOKEN, username: 'u' }, 'OS107', /--username has no use with --connection admin-service/],
    [{ ...WMI, authentication: 'token' }, 'OS107', /--authentication has no use with --connection wmi/],
    [{ ...WMI, 'sms-provider': 'cm01', username: 'u:p', password: 'p' }, 'OS106', /"u:p"/],
    [
      { ...WMI, 'sms-provider': 'cm01', username: 'u', password: 'p\nq' },
      'OS106',
      /--password is no password/,
    ],
    [{ ...WMI, 'ca-certificate': '/ca.pem' }, 'OS107', /--ca-certificate/],
    [{ ...WMI, username: 'u' }, 'OS107', /--username has no use without --sms-provider/],
    [{ ...WMI, password: 'p' }, 'OS107', /--password has no use without --sms-provider/],
    [{ ...WMI, 'cim-protocol': 'dcom' }, 'OS107', /--cim-protocol has no use without --sms-provider/],
    [{ ...WMI, 'sms-provider': 'cm01', 'cim-protocol': 'winrm' }, 'OS102', /winrm/],
    [{ ...WMI, 'sms-provider': 'https://cm01.x.example/AdminService' }, 'OS106', /https/],
    [{ ...WMI, 'sms-provider': 'cm01', password: 'p' }, 'OS101', /--username is missing/],
    [{ ...WMI, 'sms-provider': 'cm01', username: 'u' }, 'OS108', /--username needs a password/],
    [{ ...WMI, 'sms-provider': 'cm01', username: 'u\nv', password: 'p' }, 'OS106', /--username/],
    [{ ...WMI, powershell: './pwsh' }, 'OS106', /\.\/pwsh/],
    [{ ...WMI, powershell: 'tools\\pwsh.exe' }, 'OS106', /tools/],
    [{ ...WMI, powershell: 'C:pwsh.exe' }, 'OS106', /C:pwsh/],
    [{ ...WMI, powershell: 'pwsh.exe:stream' }, 'OS106', /stream/],
    [{ ...WMI, powershell: '/opt/"pwsh"' }, 'OS106', /opt/],
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
    assert.deepEqual(codes, ['OS106', 'OS102', 'OS102', 'OS101', 'OS103']);
  });

  test('NTLM is gone: one error, which says why and what there is instead', () => {
    const account = { username: 'CORP\\svc', password: 'p' };
    for (const [texts, next] of [
      [
        { authentication: 'ntlm' },
        /--authentication integrated \(Kerberos\) or --authentication token; or --connection wmi/,
      ],
      [
        { authentication: 'NTLM', ...account },
        /--authentication integrated \(Kerberos\) or --authentication token; or --connection wmi/,
      ],
      [
        { ...WMI, 'sms-provider': 'cm01', authentication: 'ntlm', ...account },
        /^Remove it: --connection wmi/,
      ],
    ] as const) {
      const [error, ...others] = errorsOf(texts);
      assert.deepEqual(others, []);
      assert.ok(error !== undefined);
      assert.equal(error.code, 'OS102');
      assert.match(error.what, /--authentication is "ntlm", which this product no longer has/i);
      assert.match(error.what, /every site that accepts NTLM is out of support/);
      assert.match(error.next, next);
    }
  });

  test('a secret is never shown', () => {
    const wrong: readonly InputTexts[] = [
      { authentication: 'token', token: 'hunter2 hunter2' },
      { ...WMI, 'sms-provider': 'cm01', username: 'u', password: 'hunter2\thunter2' },
      { authentication: 'ntlm', username: 'u', password: 'hunter2' },
      { ...WMI, password: 'hunter2' },
    ];
    for (const texts of wrong) {
      const errors = errorsOf(texts);
      assert.equal(errors.length, 1);
      assert.doesNotMatch(JSON.stringify(errors), /hunter2/);
    }
  });

  test('whatever is given, there is a request or errors, in little time', () => {
    const names = INPUTS.map(({ name }) => name);
    const texts = fc.dictionary(
      fc.constantFrom<string[]>(...names),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('true', 'token', 'ntlm', 'simulator', 'admin-service', 'wmi', 'a.b', 'LAB'),
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
      password: `${'\n'.repeat(1_000_000)}x`,
    });
    assert.ok(performance.now() - begun < 2_000);
  });
});

test('the table spells each input for Azure without hyphens, and no two alike', () => {
  const camel = INPUTS.map(({ name }) => camelName(name));
  assert.equal(new Set(camel).size, camel.length);
  for (const name of camel) assert.match(name, /^[A-Za-z][A-Za-z0-9]*$/);
});
