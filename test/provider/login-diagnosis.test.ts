import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { asInYaml } from '../as-in-yaml.js';
import { diagnoseLogin, type RefusedLogin } from '../../src/provider/admin-service/login-diagnosis.js';
import { listenToCurl, type LoginExamination } from '../../src/provider/admin-service/login-examination.js';
import { serviceAddress, type LoginKind } from '../../src/provider/admin-service/service-address.js';

const GATEWAY = 'https://gateway.example.com/CCM_Proxy_ServerAuth/72057594037927937/AdminService';
const EXAMINED: LoginExamination = { status: 401, sent: 'nothing', offered: ['negotiate'], words: '' };

function advice(
  login: LoginKind,
  known: {
    readonly at?: string;
    readonly wasAccepted?: boolean;
    readonly examined?: Partial<LoginExamination>;
  } = {},
): string {
  const address = serviceAddress(known.at ?? 'cm01.corp.example.com', login);
  assert.ok(address !== undefined);
  const refused: RefusedLogin = {
    address,
    login,
    wasAccepted: known.wasAccepted ?? false,
    examination: known.examined === undefined ? undefined : { ...EXAMINED, ...known.examined },
  };
  const { code, what, cause, next } = diagnoseLogin('It answered 401.', refused);
  assert.equal(code, 'OS304');
  return asInYaml(`${what} | ${cause} | ${next}`);
}

suite('a login that was refused is explained', () => {
  test('a token: expired in the middle, or wrong from the beginning', () => {
    assert.match(advice('token'), /audience.*administrative user.*\/AdminService_TokenAuth/s);
    assert.match(
      advice('token', { wasAccepted: true }),
      /accepted earlier in this run and has expired since/,
    );
  });

  test('at a gateway: that it takes a token alone, and which', () => {
    assert.match(
      advice('integrated', { at: GATEWAY }),
      /cloud management gateway.*Use authentication: token/,
    );
    assert.match(advice('token', { at: GATEWAY }), /audience has to be the server application/);
    assert.doesNotMatch(advice('token', { at: GATEWAY }), /TokenAuth/);
  });

  test('Windows that fell back to NTLM: why it does so', () => {
    const told = advice('integrated', { examined: { sent: 'ntlm' } });
    assert.match(told, /sent NTLM, which a site refuses from version 2509/);
    assert.match(told, /without a service principal.*outside the domain.*on the SMS Provider itself/);
  });

  for (const [host, begins] of [
    ['cm01', /\| sms-provider has the short name cm01, which Kerberos may not know\. Windows got/],
    ['10.0.0.1', /\| sms-provider has the address 10\.0\.0\.1, .* Windows got/],
    ['https://[fe80::1]/AdminService', /\| sms-provider has the address \[fe80::1\], .* Windows got/],
  ] as const) {
    test(`the name ${host} comes first`, () => {
      const told = advice('integrated', { at: host, examined: { sent: 'ntlm' } });
      assert.match(told, begins);
      assert.match(told, /\| Use the fully qualified name \(FQDN\)/);
    });
  }

  for (const [words, cause] of [
    ['Ticket expired', /has expired/],
    ['The referenced credential has expired', /has expired/],
    ['SEC_E_CONTEXT_EXPIRED (0x80090317) - abgelaufen', /has expired/],
    ['No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_0)', /no Kerberos ticket/],
    [
      'No credentials were supplied, or the credentials were unavailable or inaccessible',
      /no Kerberos ticket/,
    ],
    ['SEC_E_NO_CREDENTIALS (0x8009030e)', /no Kerberos ticket/],
    ['SEC_E_TARGET_UNKNOWN (0x80090303)', /knows no service HTTP\/cm01\.corp\.example\.com:/],
    ['SEC_E_NO_AUTHENTICATING_AUTHORITY (0x80090311)', /no domain controller/],
    ['Cannot find KDC for realm "CORP.EXAMPLE"', /no domain controller/],
    ['Clock skew too great', /clock of this runner/],
    ['SEC_E_TIME_SKEW (0x80090324)', /clock of this runner/],
    ['Something that nobody has seen', /no Kerberos ticket for this host, or the site refused it/],
  ] as const) {
    test(`words of Kerberos: ${words}`, () => {
      const told = advice('integrated', { examined: { words } });
      assert.match(told.split(' | ')[1] ?? '', cause);
      assert.ok(told.includes(`Kerberos on this runner says: ${words}.`));
    });
  }

  test('a server that does not take Kerberos there, and one that took the login right afterwards', () => {
    assert.match(
      advice('integrated', { examined: { sent: 'kerberos', offered: ['bearer'] } }),
      /does not take Kerberos at this address; it asks for bearer\./,
    );
    assert.match(
      advice('integrated', { examined: { status: 200 } }),
      /accepted right afterwards \(answer 200\)/,
    );
  });
});

suite('what curl says of a login', () => {
  const listen = (...lines: readonly string[]): LoginExamination | undefined => {
    const { record, recorded } = listenToCurl();
    lines.forEach(record);
    return recorded();
  };
  const report = 'transfer 0 401 22 345 0.015 The requested URL returned error: 401';
  const header = (token: Buffer): string => `> Authorization: Negotiate ${token.toString('base64')}`;

  test('is nothing without the report at its end', () => {
    assert.equal(listen('* Connected', '< HTTP/1.1 401 Unauthorized'), undefined);
  });

  test('tells a Kerberos ticket from NTLM, bare or wrapped', () => {
    const ntlm = Buffer.from('NTLMSSP\0\x01\0\0\0', 'latin1');
    const spnego = Buffer.from([0x60, 0x82, 0x03, 0x01]);
    assert.equal(listen(header(spnego), report)?.sent, 'kerberos');
    assert.equal(listen(header(ntlm), report)?.sent, 'ntlm');
    assert.equal(listen(header(Buffer.concat([spnego, ntlm])), report)?.sent, 'ntlm');
    assert.equal(listen(header(Buffer.from('other')), report)?.sent, 'unknown');
    assert.equal(listen(report)?.sent, 'nothing');
  });

  test('has the words of SSPI as well, and those of curl alone: a header is no complaint', () => {
    const recorded = listen(
      '* InitializeSecurityContext failed: SEC_E_TARGET_UNKNOWN (0x80090303) - unknown target',
      '< X-Mischief: * gss_init_sec_context() failed: Ticket expired',
      '< WWW-Authenticate: Negotiate',
      '< www-authenticate: NTLM',
      report,
    );
    assert.deepEqual(recorded, {
      status: 401,
      sent: 'nothing',
      offered: ['negotiate', 'ntlm'],
      words: 'SEC_E_TARGET_UNKNOWN (0x80090303) - unknown target',
    });
  });
});
