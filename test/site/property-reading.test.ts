import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { DiagnosedError } from '../../src/diagnosis/diagnosis.js';
import { instanceOf } from '../../src/provider/instance.js';
import { packageId, scheduleId, siteCode } from '../../src/site/identifiers.js';
import { imagePackageOf } from '../../src/site/image-package.js';
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
