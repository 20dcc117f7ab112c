import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { instanceOf, type JsonValue } from '../../src/provider/instance.js';
import { seenIndexOf, wimSystemsOf } from '../../src/site/image-indexes.js';
import { imageVersions, tellVersions } from '../../src/site/image-versions.js';
import type { VersionOnIndex } from '../../src/site/os-version.js';
import { osVersionIn } from '../../src/site/os-version.js';

const SERVER = '10.0.20348.587';
const NEWER = '10.0.26100.1742';

const at = (index: number | undefined, version: string): VersionOnIndex => ({
  index,
  version: osVersionIn(version),
});

suite('the versions in the description of a WIM file', () => {
  const versionsIn = (xml: string): readonly (readonly [number | undefined, string | undefined])[] =>
    wimSystemsOf(instanceOf({ ImageProperty: xml }), 'SMS_ImagePackage').versions.map(
      ({ index, version }) => [index, version?.text],
    );

  test('are read as a site writes them', () => {
    assert.deepEqual(
      versionsIn(
        `<WIM><IMAGE INDEX="1"><Property name="Image name">One</Property><Property name="OS version">${SERVER}</Property></IMAGE>` +
          `<Image index="2"><PROPERTY Name="os Version"><![CDATA[ ${NEWER} ]]></PROPERTY></Image></WIM>`,
      ),
      [
        [1, SERVER],
        [2, NEWER],
      ],
    );
  });

  test('are read as the file itself has them', () => {
    const version = (parts: string): string =>
      `<WIM><IMAGE INDEX="1"><WINDOWS><VERSION>${parts}</VERSION></WINDOWS></IMAGE></WIM>`;
    const whole =
      '<MAJOR>10</MAJOR><MINOR>0</MINOR><BUILD>26100</BUILD><SPBUILD>1742</SPBUILD><SPLEVEL>0</SPLEVEL>';
    assert.deepEqual(versionsIn(version(whole)), [[1, NEWER]]);
    assert.deepEqual(versionsIn(version('<BUILD>26100</BUILD>')), [[1, '0.0.26100.0']]);
    assert.deepEqual(versionsIn(version('<MAJOR>10</MAJOR><MINOR>0</MINOR><SPBUILD>2700</SPBUILD>')), [
      [1, undefined],
    ]);
  });

  test('also count where an index cannot be used, or the text breaks off', () => {
    const system = (index: string): string =>
      `<IMAGE INDEX="${index}"><Property name="OS version">${NEWER}</Property></IMAGE>`;
    assert.deepEqual(versionsIn(`<WIM>${system('x')}</WIM>`), [[undefined, NEWER]]);
    assert.deepEqual(versionsIn(`<WIM>${system('0')}`), [[undefined, NEWER]]);
    assert.deepEqual(versionsIn(`<WIM>${system('1')}<IMAGE`), [[1, NEWER]]);
    assert.deepEqual(versionsIn(`<OTHER>${system('1')}</OTHER>`), []);
  });

  test('are not looked for in what is nested without end', () => {
    const xml = `<WIM><IMAGE INDEX="1">${'<a>x'.repeat(200_000)}`;
    assert.deepEqual(versionsIn(xml), [[1, undefined]]);
  });
});

test('a row of the view tells the higher one of its two versions', () => {
  const rowOf = (row: Readonly<Record<string, JsonValue>>): readonly unknown[] => {
    const { index, version } = seenIndexOf(instanceOf({ PackageID: 'LAB00010', ...row }));
    return [index, version?.text];
  };
  assert.deepEqual(rowOf({ Index: 1, OSVersion: SERVER, ImageOSVersion: NEWER }), [1, NEWER]);
  assert.deepEqual(rowOf({ Index: 2, OSVersion: SERVER, ImageOSVersion: '' }), [2, SERVER]);
  assert.deepEqual(rowOf({ Index: null, ImageOSVersion: SERVER }), [undefined, SERVER]);
  assert.deepEqual(rowOf({ Index: 0, OSVersion: 0, ImageOSVersion: null }), [undefined, undefined]);
});

suite('the versions of an image', () => {
  test('are those of its indexes, the highest where two sources disagree', () => {
    const versions = imageVersions(
      new Set([2, 1]),
      [at(1, SERVER), at(2, SERVER), at(2, NEWER)],
      osVersionIn('10.0.20348.1'),
    );
    assert.equal(tellVersions(versions), `${SERVER} (index 1); ${NEWER} (index 2); 10.0.20348.1`);
    assert.deepEqual(versions.unread, { kind: 'none' });
  });

  test('are that of the package for an image with one index', () => {
    const versions = imageVersions(new Set([1]), [], osVersionIn(SERVER));
    assert.equal(tellVersions(versions), `${SERVER} (index 1)`);
    assert.deepEqual(versions.unread, { kind: 'none' });
  });

  test('are unread on every index that only the package could speak for', () => {
    const versions = imageVersions(new Set([1, 2, 3]), [at(2, SERVER), at(3, '')], osVersionIn(SERVER));
    assert.deepEqual(versions.unread, { kind: 'on-indexes', indexes: [1, 3] });
  });

  test('are all read where there are as many without an index as there are indexes', () => {
    const both = [at(undefined, SERVER), at(undefined, NEWER)];
    assert.deepEqual(imageVersions(new Set([1, 2]), both, undefined).unread, { kind: 'none' });
    assert.deepEqual(imageVersions(new Set([1, 2]), both.slice(1), undefined).unread.kind, 'on-indexes');
    // The one without an index may be that of index 1 once more.
    assert.deepEqual(
      imageVersions(new Set([1, 2]), [at(1, SERVER), at(undefined, SERVER)], undefined).unread,
      {
        kind: 'on-indexes',
        indexes: [2],
      },
    );
  });

  test('are never all known where the indexes are not', () => {
    const versions = imageVersions(undefined, [at(1, SERVER)], osVersionIn(SERVER));
    assert.deepEqual(versions.unread, { kind: 'indexes-unknown' });
    assert.equal(tellVersions(versions), `${SERVER} (index 1)`);
  });

  test('of thousands of indexes are put together at once, and not all are told', () => {
    const many = Array.from({ length: 30_000 }, (_, place) => at(place + 1, SERVER));
    const indexes = new Set(many.flatMap(({ index }) => index ?? []));
    const told = tellVersions(imageVersions(indexes, many, undefined));
    assert.match(told, /\(index 1, 2, .*, 20 and 29980 more\)$/);
  });
});
