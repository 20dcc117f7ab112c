import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { spelledFor, type InputSpelling } from '../../src/diagnosis/input-mention.js';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { camelName } from '../../src/parameters/input-definition.js';
import { absentGroup, absentImage } from '../../src/plan/absent-names.js';
import { firstDifference, skeletonOf } from '../../src/plan/look-alikes.js';
import { nearestNames } from '../../src/plan/nearest-names.js';
import type { CiId, PackageId, SiteCode } from '../../src/site/identifiers.js';
import type { ImagePackage } from '../../src/site/image-package.js';

const IMAGES = [
  ['LAB00010', 'Windows 7 Enterprise'],
  ['LAB00011', 'Windows 7 Ultimate'],
  ['LAB00012', 'Windows 8 Enterprise'],
  ['LAB00020', 'Windows Server 2022'],
  ['LAB00021', 'Windows Server 2022 Kiosk'],
  ['00100012', 'Windows 10 LTSC 2021'],
  ['LAB000A1', 'Windows 11, Enterprise'],
  ['LAB000A2', 'Windows 11 Education'],
] as const;

const GROUPS = [
  [17_000_001, 'Windows 7'],
  [17_000_002, '2026-10 Windows Server 2022'],
  [17_000_003, '2026-11 Windows Server 2022'],
  [17_000_090, '2024.10'],
] as const;

const AZURE: InputSpelling = { spell: camelName, writtenIn: 'yaml' };
const COMMAND: InputSpelling = { spell: (name) => `--${name}`, writtenIn: 'arguments' };

function told(diagnosis: Diagnosis, host = AZURE): string {
  const { what, cause, next } = diagnosis;
  return spelledFor(host, `${what} | ${cause} | ${next}`);
}

function image(name: string, host = AZURE, line?: string): string {
  const all = IMAGES.map(([packageId, each]): ImagePackage => ({
    class: 'SMS_ImagePackage',
    packageId: packageId as PackageId,
    name: each,
    version: undefined,
    sourcePath: undefined,
    sourceSite: 'LAB' as SiteCode,
  }));
  return told(absentImage({ name, line }, all), host);
}

function group(name: string, host = AZURE): string {
  const all = GROUPS.map(([ciId, each]) => ({ ciId: ciId as CiId, name: each }));
  return told(absentGroup({ name, line: undefined }, all), host);
}

function nearest(reference: string, names: readonly string[]): readonly string[] {
  return nearestNames(
    reference,
    names.map((name, place) => ({ name, id: String(17_000_001 + place) })),
  ).map(({ name }) => name);
}

suite('nearest names', () => {
  const names = IMAGES.map(([, name]) => name);

  test('first those that begin with it or have its words', () => {
    assert.deepEqual(nearest('Windows 7', names).slice(0, 2), ['Windows 7 Ultimate', 'Windows 7 Enterprise']);
    assert.deepEqual(nearest('kiosk', names), ['Windows Server 2022 Kiosk']);
    assert.deepEqual(nearest('Server 2022', names).slice(0, 2), [
      'Windows Server 2022',
      'Windows Server 2022 Kiosk',
    ]);
  });

  test('then those of few edits', () => {
    assert.equal(nearest('Windows 7 Entreprise', names)[0], 'Windows 7 Enterprise');
    assert.equal(nearest('Widnows Server 2022', names)[0], 'Windows Server 2022');
    assert.equal(nearest('Smal', ['Large', 'Small'])[0], 'Small');
  });

  test('never more than three, and none that is far', () => {
    assert.equal(nearest('Windows', names).length, 3);
    for (const far of ['Ubuntu', 'x', '', '#', 'Monthly rollup', 'zzzzzzzzzzzzzzzz'])
      assert.deepEqual(nearest(far, names), [], far);
  });

  test('for an ID the nearest IDs', () => {
    const byId = (reference: string, ids: readonly string[]): readonly string[] =>
      nearestNames(
        reference,
        ids.map((id, place) => ({ id, name: `${'ABCDEFGH'.charAt(place)} thing` })),
      ).map(({ id }) => id);
    assert.deepEqual(byId('LAB00013', ['LAB00900', 'LAB00010', 'XYZ0FFFF', 'LAB00113'])[0], 'LAB00010');
    assert.deepEqual(byId('LAB00099', ['LAB00010', 'LAB00055', 'LAB00022', 'LAB00088']).slice(0, 2), [
      'LAB00088',
      'LAB00055',
    ]);
    assert.deepEqual(byId('17000005', ['17000001', '16000099', '17000004']), ['17000004', '17000001']);
    assert.deepEqual(byId('LABF3A99', ['XYZ00010', '17000001']), []);
  });
});

suite('a name that is not there', () => {
  test('names the input in the spelling of the host', () => {
    assert.match(group('2026-12 Windows Server 2022'), /Correct the input updateGroup\. Nearest of the 4/);
    assert.match(group('2026-12 Windows Server 2022', COMMAND), /Correct the input --update-group\./);
  });

  test('with nothing near, suggests nothing', () => {
    const text = image('Ubuntu 24.04');
    assert.match(text, /None of the 8 that the account sees has a name or an ID near to it\./);
    assert.doesNotMatch(text, /LAB000/);
  });

  test('with a character that only looks the same, shows the difference', () => {
    assert.match(
      image('Windows\u00a07 Enterprise'),
      /"Windows 7 Enterprise" \(LAB00010\) looks the same and is another name: character 8 is U\+00A0 \(no-break space\) in the input and U\+0020 \(space\) in the name\..*write image: LAB00010/,
    );
    for (const alike of [
      'Windows 7  Enterprise',
      'Windows 7\u200b Enterprise',
      'Windows 7 \u0415nterprise',
      'W\u0456ndows 7 Enterprise',
      'Windows\u20097\u3000Enterprise',
    ])
      assert.match(image(alike), /"Windows 7 Enterprise" \(LAB00010\) looks the same/, alike);
    assert.match(group('2026\u201311 Windows Server 2022'), /U\+2013 \(en dash\) in the input and U\+002D/);
  });

  test('that YAML read as a number, is shown in quotes', () => {
    assert.match(image('100012'), /Did you mean "00100012"\? Put it in quotes: image: '00100012'\./);
    assert.match(group('2024.1'), /Did you mean "2024\.10"\? Put it in quotes: updateGroup: '2024\.10'\./);
    assert.match(image('100012', COMMAND), /Did you mean "00100012"\?$/);
    assert.doesNotMatch(image('100012', COMMAND), /YAML/);
  });

  test('that is a KB number, belongs in updates', () => {
    assert.match(group('KB5034441'), /Write updates: KB5034441 for the updates of that article; updateGroup/);
    assert.match(group('kb 5034441', COMMAND), /Write --updates KB5034441 /);
  });

  test('that holds a variable of the pipeline, says so', () => {
    assert.match(group('2026-11 $(product)'), /\$\(product\) looks like a variable/);
  });

  test('that is a part of a line, is also looked for as that line', () => {
    const line = 'Windows 11, Entreprise';
    assert.match(image('Entreprise', AZURE, line), /"Windows 11, Enterprise" \(LAB000A1\)/);
    assert.match(image('Windows 11 , Enterprise'), /a comma is a part of the name/);
  });
});

suite('skeletons', () => {
  test('of different names differ', () => {
    const names = [...IMAGES, ...GROUPS].map(([, name]) => name);
    assert.equal(new Set(names.map(skeletonOf)).size, names.length);
  });

  test('tell the first difference, and an end that comes too early', () => {
    assert.equal(
      firstDifference('ab\u200b', 'AB'),
      'character 3 is U+200B (zero-width space) in the input and nothing in the name',
    );
  });
});
