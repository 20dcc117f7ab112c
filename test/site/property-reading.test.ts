import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { DiagnosedError } from '../../src/diagnosis/diagnosis.js';
import { instanceOf } from '../../src/provider/instance.js';
import { packageId, scheduleId, siteCode } from '../../src/site/identifiers.js';
import { imagePackageOf } from '../../src/site/image-package.js';
import { embeddedObjectOf, embeddedObjectsOf } from '../../src/site/property-reading.js';
import { softwareUpdateOf } from '../../src/site/software-update.js';
import { sint32, uint32 } from '../../src/site/typed-values.js';
import { updatesOf } from '../../src/site/update-group.js';

const UPDATE = {
  CI_ID: 7,
  ArticleID: '5034441',
  IsExpired: false,
  IsOfflineServiceable: true,
  IsContentProvisioned: true,
  IsSuperseded: false,
  DatePosted: '2024-01-09T18:00:00Z',
};

suite('what a site answers', () => {
  test('is found whatever the casing of its names', () => {
    const update = softwareUpdateOf(instanceOf({ ...UPDATE, isexpired: true }));
    assert.deepEqual([update.ciId, update.article, update.isExpired], [7, 'KB5034441', true]);
  });

  test('with a wrong or missing type is an error that names class and property, never coerced', () => {
    for (const wrong of [
      { CI_ID: '7' },
      { CI_ID: 0 },
      { CI_ID: 1.5 },
      { CI_ID: 2 ** 32 },
      { IsExpired: 'false' },
      { IsExpired: null },
      { IsContentProvisioned: 1 },
      { IsSuperseded: null },
      { DatePosted: 'yesterday' },
    ]) {
      const [property = ''] = Object.keys(wrong);
      assert.throws(
        () => softwareUpdateOf(instanceOf({ ...UPDATE, ...wrong })),
        (error) =>
          error instanceof DiagnosedError &&
          error.diagnoses[0].code === 'OS210' &&
          error.diagnoses[0].what.includes(`SMS_SoftwareUpdate.${property}`),
      );
    }
  });

  test('a date of 1970 or 1980 is none: the site never set it', () => {
    const dated = (DatePosted: unknown): number | undefined =>
      softwareUpdateOf(instanceOf({ ...UPDATE, DatePosted: DatePosted as string })).datePosted;
    for (const never of [
      '1970-01-01T00:00:00Z',
      '1969-12-31T16:00:00-08:00',
      '1980-01-01T00:00:00Z',
      '1980-01-01T00:00:00-08:00',
      '1979-12-31T14:00:00Z',
      '1980-01-01T14:00:00Z',
      null,
      '',
    ])
      assert.equal(dated(never), undefined, String(never));
    assert.equal(dated('1980-01-03T00:00:00Z'), Date.UTC(1980, 0, 3));
    assert.equal(dated('2024-01-09T18:00:00Z'), Date.UTC(2024, 0, 9, 18));
  });

  test('what makes an update impossible to service is told; what the site lacks is no such thing', () => {
    const upgrades = 'updateclassification:3689BDC8-b205-4af4-8d4a-a63924c5e9d5';
    const security = 'UpdateClassification:0fa1201d-4330-4fa8-8ae9-b877473b6441';
    const cases: readonly (readonly [Readonly<Record<string, unknown>>, string | undefined])[] = [
      [{}, undefined],
      [{ CategoryInstance_UniqueIDs: null, IsHidden: null, IsEnabled: null, EULAExists: null }, undefined],
      [{ CategoryInstance_UniqueIDs: [], IsHidden: false, IsEnabled: true, EULAExists: false }, undefined],
      [{ CategoryInstance_UniqueIDs: [security, 'Product:x'] }, undefined],
      [{ CategoryInstance_UniqueIDs: ['Product:x', upgrades] }, 'feature-update'],
      [{ IsMetadataOnlyUpdate: true }, 'metadata-only'],
      [{ IsHidden: true }, 'hidden'],
      [{ IsEnabled: false }, 'disabled'],
      [{ EULAExists: true, EULAAccepted: 1 }, undefined],
      [{ EULAExists: true, EULAAccepted: true }, undefined],
      [{ EULAExists: true }, undefined],
      [{ EULAExists: false, EULAAccepted: 2 }, undefined],
      ...[0, 2, false].map(
        (EULAAccepted) => [{ EULAExists: true, EULAAccepted }, 'license-terms-not-accepted'] as const,
      ),
      [{ EULAExists: true, EULAAccepted: 0, IsHidden: true }, 'hidden'],
    ];
    for (const [more, obstacle] of cases)
      assert.equal(
        softwareUpdateOf(instanceOf({ ...UPDATE, ...(more as object) })).obstacle,
        obstacle,
        JSON.stringify(more),
      );
    for (const wrong of [{ CategoryInstance_UniqueIDs: upgrades }, { CategoryInstance_UniqueIDs: [7] }])
      assert.throws(() => softwareUpdateOf(instanceOf({ ...UPDATE, ...wrong })), DiagnosedError);
  });

  test('a group lists each update once, in ascending order; null is empty', () => {
    assert.deepEqual(updatesOf(instanceOf({ Updates: [9, 3, 9] })), [3, 9]);
    assert.deepEqual(updatesOf(instanceOf({ Updates: null })), []);
    assert.throws(() => updatesOf(instanceOf({ Updates: '3' })), DiagnosedError);
    assert.throws(() => updatesOf(instanceOf({})), DiagnosedError);
  });

  test('an image needs its IDs and name; the rest may be empty', () => {
    const image = imagePackageOf(
      'SMS_ImagePackage',
      instanceOf({ PackageID: 'lab0001f', Name: 'x', SourceSite: 'lab', Version: '' }),
    );
    assert.deepEqual([image.packageId, image.sourceSite, image.version], ['LAB0001F', 'LAB', undefined]);
    assert.throws(
      () =>
        imagePackageOf('SMS_ImagePackage', instanceOf({ PackageID: 'LAB1', Name: 'x', SourceSite: 'LAB' })),
      DiagnosedError,
    );
  });
});

suite('embedded objects', () => {
  test('tell their class in the way of either connection, or not at all', () => {
    const instance = instanceOf({
      Window: { __CLASS: 'SMS_ST_NonRecurring', HourDuration: 3 },
      Windows: [{ '@odata.type': '#AdminService.SMS_ST_RecurWeekly', Day: 2 }, { DAY: 3 }],
      None: null,
    });
    const window = embeddedObjectOf(instance, 'SMS_X', 'window');
    assert.deepEqual([window?.class, window?.properties.get('hourduration')], ['SMS_ST_NonRecurring', 3]);
    assert.deepEqual(
      embeddedObjectsOf(instance, 'SMS_X', 'Windows').map((one) => [one.class, one.properties.get('day')]),
      [
        ['SMS_ST_RecurWeekly', 2],
        [undefined, 3],
      ],
    );
    for (const name of ['None', 'Absent']) {
      assert.equal(embeddedObjectOf(instance, 'SMS_X', name), undefined);
      assert.deepEqual(embeddedObjectsOf(instance, 'SMS_X', name), []);
    }
  });

  test('are nothing else', () => {
    for (const value of ['text', 1, true, [null], [[]], [{}, 'text']]) {
      assert.throws(() => embeddedObjectOf(instanceOf({ value }), 'SMS_X', 'value'), DiagnosedError);
      assert.throws(() => embeddedObjectsOf(instanceOf({ value }), 'SMS_X', 'value'), DiagnosedError);
    }
  });
});

suite('identifiers and typed values', () => {
  test('hold what their CIM type holds', () => {
    assert.deepEqual(sint32(2_147_483_647), { cim: 'sint32', value: 2_147_483_647 });
    assert.deepEqual(uint32(4_294_967_295), { cim: 'uint32', value: 4_294_967_295 });
    for (const wrong of [
      () => sint32(2_147_483_648),
      () => uint32(-1),
      () => uint32(4_294_967_296),
      () => sint32(1.5),
      () => sint32(NaN),
    ]) {
      assert.throws(wrong, RangeError);
    }
  });

  test('are recognised by their form', () => {
    assert.equal(packageId('LAB0001G'), undefined);
    assert.equal(siteCode('LAB1'), undefined);
    assert.equal(siteCode('p01'), 'P01');
    assert.equal(scheduleId(0), undefined);
    assert.equal(scheduleId(2_147_483_648), undefined);
  });
});
