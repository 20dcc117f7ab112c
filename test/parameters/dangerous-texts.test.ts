import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';

import { DiagnosedError, type Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { CONNECTIONS } from '../../src/parameters/connection-kinds.js';
import type { InputTexts } from '../../src/parameters/input-definition.js';
import { readInputs } from './inputs-under-test.js';

const folder = mkdtempSync(join(tmpdir(), 'inputs-'));
after(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Buffer, encoding: BufferEncoding = 'utf8'): string {
  const path = join(folder, name);
  writeFileSync(path, content, encoding);
  return path;
}

const PEM = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n';
const WMI = { connection: 'wmi', 'sms-provider': '' } as const;
const GOOD: InputTexts = {
  connection: 'admin-service',
  'sms-provider': 'cm01.corp.example.com',
  image: 'Windows Server 2022',
  'update-group': '2026-11 Windows Server 2022',
};

function errorsOf(texts: InputTexts): readonly Diagnosis[] {
  try {
    readInputs(
      { ...GOOD, ...texts },
      { spell: (name) => `--${name}`, writtenIn: 'arguments', connections: CONNECTIONS, now: () => 0 },
    );
  } catch (error) {
    if (error instanceof DiagnosedError) return error.diagnoses;
    throw error;
  }
  return [];
}

suite('texts that would be dangerous to take', () => {
  const cases: readonly (readonly [InputTexts, string, RegExp])[] = [
    [{ 'dry-run': '' }, 'OS105', /--dry-run is empty.*not count as false/],
    [{ 'dry-run': ' \n' }, 'OS105', /--dry-run is empty/],
    [{ start: '' }, 'OS105', /--start is empty/],
    [{ connection: ' ' }, 'OS105', /--connection is empty/],
    [{ 'site-code': '' }, 'OS105', /--site-code is empty/],
    [{ image: '$(group.name)' }, 'OS112', /--image has "\$\(group\.name\)"/],
    [{ image: 'one, $(two)' }, 'OS112', /"\$\(two\)"/],
    [{ image: ['one', '$(two)'] }, 'OS112', /"\$\(two\)"/],
    [{ 'update-group': 'one\n $(two) ' }, 'OS112', /"\$\(two\)"/],
    [{ updates: '$(KBs)' }, 'OS112', /--updates/],
    [{ 'dry-run': '$(dry)' }, 'OS112', /--dry-run/],
    [{ 'unusable-updates': '$(skip)' }, 'OS112', /--unusable-updates/],
    [{ 'site-code': '$[variables.site]' }, 'OS112', /variables\.site/],
    [{ 'site-code': '${{ vars.SITE }}' }, 'OS112', /vars\.SITE/],
    [{ 'sms-provider': '$(host)' }, 'OS112', /--sms-provider/],
    [{ 'sms-provider': '$(host).corp.example.com' }, 'OS112', /"\$\(host\)"/],
    [{ start: '$(date)T02:00Z' }, 'OS112', /"\$\(date\)"/],
    [{ authentication: 'token', token: '$(ConfigMgrToken)' }, 'OS112', /--token is the name of a variable/],
    [{ token: '$(ConfigMgrToken)\n' }, 'OS112', /--token/],
    [
      { ...WMI, 'sms-provider': 'cm01', username: 'u', password: '$(ConfigMgrPassword)' },
      'OS112',
      /--password .*is not sent/,
    ],
    [{ ...WMI, 'sms-provider': 'cm01', username: '$(d)\\u', password: 'p' }, 'OS112', /--username/],
    [{ 'ca-certificate': file('utf16.pem', `\ufeff${PEM}`, 'utf16le') }, 'OS109', /is in UTF-16/],
    [{ 'ca-certificate': file('utf16-bare.pem', PEM, 'utf16le') }, 'OS109', /is in UTF-16/],
    [
      { 'ca-certificate': file('utf16-big.pem', Buffer.from(`\ufeff${PEM}`, 'utf16le').swap16()) },
      'OS109',
      /is in UTF-16/,
    ],
    [
      { 'ca-certificate': file('utf16-key.pem', '\ufeff-----BEGIN PRIVATE KEY-----', 'utf16le') },
      'OS109',
      /private key/,
    ],
  ];
  for (const [texts, code, about] of cases) {
    test(`${JSON.stringify(texts).replaceAll(folder, '…')} is ${code}, and nothing else is said`, () => {
      const errors = errorsOf(texts);
      assert.deepEqual(
        errors.map((error) => error.code),
        [code],
        JSON.stringify(errors),
      );
      assert.match(errors[0]?.what ?? '', about);
      assert.equal(errors[0]?.cause, '');
    });
  }

  test('all of them are told together', () => {
    const errors = errorsOf({ image: '$(image)', 'dry-run': '', start: '$(start)', 'site-code': '1' });
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['OS112', 'OS105', 'OS112', 'OS106'],
    );
  });

  test('a password may have such a variable as a part, and a name too', () => {
    const password = 'a$(b)c';
    assert.deepEqual(errorsOf({ ...WMI, 'sms-provider': 'cm01', username: 'u', password }), []);
    assert.deepEqual(errorsOf({ image: 'Image $(b)', 'update-group': 'a, b $(c)' }), []);
  });

  test('the name of a variable is not shown where a secret belongs', () => {
    const errors = errorsOf({ authentication: 'token', token: '$(ConfigMgrToken)' });
    assert.doesNotMatch(JSON.stringify(errors), /ConfigMgrToken/);
  });
});
