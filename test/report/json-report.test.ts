import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { jsonReport, jsonReportOfWrongInputs, type JsonReport } from '../../src/verbs/service/json-report.js';
import { jsonRequest } from '../../src/verbs/service/json-request.js';
import { reportText } from '../../src/report/report-text.js';
import { formsOf, maskFor } from '../../src/report/secret-mask.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import { imageVersions } from '../../src/site/image-versions.js';
import {
  FIRST,
  NOTHING,
  remainsOf,
  REQUEST,
  runOnce,
  SECOND,
  SITE_WITH_SMALL_GROUP,
  small,
  SMALL_GROUP_UPDATES,
  withUpdates,
} from '../servicing/site-afterwards.js';
import { withStatuses } from '../servicing/several-images.js';
import {
  siteUnderTest,
  SMALL_SITE,
  type SiteUnderTest,
  type SiteUnderTestOptions,
} from '../site-under-test.js';
import type { FailedRun } from '../../src/verbs/service/service-images.js';
import { nothingKnown } from '../../src/plan/known.js';
import { FRAME, reportOfRun, serviceRequest } from './report-under-test.js';
import { complaintsAbout, readReport } from './report-validity.js';

const FAILED: FailedRun = {
  kind: 'failed',
  known: nothingKnown(REQUEST),
  errors: [{ code: 'OS599', what: 'a', cause: 'b', next: 'c' }],
  left: [],
  removed: [],
};

const asItIs = (text: string): string => text;

/** The report of one run at a simulated site, read again from its text. */
async function reportOf(
  context: Parameters<typeof siteUnderTest>[0],
  options: SiteUnderTestOptions,
  request: Partial<ServicingRequest>,
): Promise<{ readonly report: JsonReport; readonly site: SiteUnderTest }> {
  const site = await siteUnderTest(context, options);
  const ended = await runOnce(site, request);
  const retries = site.retries.map((notice) => ({ kind: 'retry', notice }) as const);
  return { report: reportOfRun(ended, [...site.progress, ...retries], request), site };
}

suite('the report', () => {
  test('has everything that a run of two images knows', async (t) => {
    const groups = [
      ...SITE_WITH_SMALL_GROUP.groups,
      { ciId: 17_000_002, name: 'More', description: '', updates: [FIRST], deployed: false },
    ];
    const withExpired = withUpdates({ expired: true }, [SECOND]);
    const description = {
      ...withExpired,
      updates: withExpired.updates.map((update) =>
        update.ciId === SMALL_GROUP_UPDATES[2]
          ? { ...update, superseded: true, posted: '2001-01-01T00:00:00Z' }
          : update,
      ),
      groups,
      relations: [{ from: FIRST, to: SMALL_GROUP_UPDATES[2] ?? 0, type: 6 }],
    };
    const { report, site } = await reportOf(
      t,
      { simulator: { description, faults: [{ kind: 'error-500', request: 2 }] } },
      {
        images: ['Windows 7 Enterprise', 'LAB00011'],
        updateGroups: ['Small', 'More'],
        updates: [{ kind: 'ci-id', ciId: FIRST as never }],
      },
    );
    const schedules = remainsOf(site.simulator).schedules;
    assert.equal(schedules.length, 2);
    assert.deepEqual(
      [report.product, report.startedAt, report.endedAt, report.report, report.state],
      [
        { name: 'configmgr-offline-servicing', version: '1.2.3' },
        '2026-11-11T04:00:00.007Z',
        '2026-11-11T04:01:00.007Z',
        '/t/r.json',
        'scheduled',
      ],
    );
    assert.deepEqual(report.site, {
      code: 'LAB',
      name: SMALL_SITE.site.name,
      version: SMALL_SITE.site.version,
    });
    assert.deepEqual(report.updateGroups, [
      { ciId: 17_000_001, name: 'Small', updates: 4 },
      { ciId: 17_000_002, name: 'More', updates: 1 },
    ]);
    assert.equal(report.scheduleId, String(report.scheduleIds['LAB00010']));
    assert.deepEqual(Object.keys(report.scheduleIds), ['LAB00010', 'LAB00011']);
    assert.deepEqual(new Set(Object.values(report.scheduleIds)), new Set(schedules));
    assert.deepEqual(report.imagePackageIds, ['LAB00010', 'LAB00011']);
    const [windows7, server2022] = report.images;
    assert.ok(windows7?.used && windows7.leftOut && server2022);
    assert.deepEqual(
      [report.ciIds, report.appliedCiCount, report.skippedCiCount],
      [windows7.used.map(({ ciId }) => ciId), windows7.used.length, windows7.leftOut.length],
    );
    assert.deepEqual(
      { ...windows7, used: windows7.used.length, leftOut: windows7.leftOut.length },
      {
        packageId: 'LAB00010',
        name: 'Windows 7 Enterprise',
        class: 'SMS_ImagePackage',
        version: '1.0',
        sourcePath: '\\\\cm01.lab.example\\Sources\\OSD\\LAB00010\\install.wim',
        sourceSite: 'LAB',
        siteServer: SMALL_SITE.site.serverName,
        indexes: [1],
        osVersion: '6.1.7601.17514',
        osVersions: [{ index: 1, osVersion: '6.1.7601.17514' }],
        state: 'scheduled',
        scheduleId: report.scheduleIds['LAB00010'],
        scheduleName: 'Offline servicing LAB00010 the-mark',
        startsAt: null,
        applicable: null,
        used: windows7.used.length,
        leftOut: windows7.leftOut.length,
        followed: null,
      },
    );
    assert.deepEqual(server2022.indexes, [1, 2, 3]);
    assert.equal(server2022.osVersion, '10.0.20348.587');
    assert.deepEqual(
      server2022.osVersions.map(({ index }) => index),
      [1, 2, 3],
    );
    const expired = windows7.leftOut.find(({ ciId }) => ciId === SECOND);
    assert.deepEqual(
      [expired?.need, expired?.reason, expired?.supersededBy],
      ['not-needed', 'expired', null],
    );
    assert.match(expired?.article ?? '', /^KB\d+$/);
    const superseded = windows7.leftOut.find(({ reason }) => reason === 'superseded');
    assert.equal(superseded?.supersededBy?.ciId, FIRST);
    assert.equal(report.retries[0]?.attempt, 2);
    assert.deepEqual([report.warnings, report.errors], [[], []]);
  });

  test('says how many updates are applicable to each image, where that was asked for', async (t) => {
    const request: Partial<ServicingRequest> = {
      images: ['LAB00010', 'LAB00014'],
      updateGroups: [],
      updates: [{ kind: 'applicable' }],
    };
    const description = withStatuses(
      withStatuses(SITE_WITH_SMALL_GROUP, 'LAB00010', [
        [SMALL_GROUP_UPDATES[0] ?? 0, 1, 3],
        [SMALL_GROUP_UPDATES[1] ?? 0, 1, 3],
      ]),
      'LAB00014',
      [[SMALL_GROUP_UPDATES[1] ?? 0, 1, 1]],
    );
    const done = await reportOf(t, small(description), request);
    const failed = await reportOf(
      t,
      { simulator: { description, faults: [{ kind: 'refuse', method: 'POST', request: 1 }] } },
      request,
    );
    for (const { report } of [done, failed]) {
      assert.deepEqual(
        report.images.map(({ packageId, applicable }) => [packageId, applicable]),
        [
          ['LAB00010', 2],
          ['LAB00014', 0],
        ],
      );
    }
    assert.deepEqual([done.report.state, failed.report.state], ['scheduled', 'failed']);
  });

  test('says what was asked for, and nothing of the login', async (t) => {
    const { report } = await reportOf(t, small(), {
      start: { kind: 'moment', milliseconds: Date.UTC(2030, 5, 1, 2) },
    });
    assert.deepEqual(report.request, {
      connection: { kind: 'admin-service', host: 'cm01.corp.example.com' },
      siteCode: 'LAB',
      siteServer: null,
      images: ['Windows 7 Enterprise'],
      updateGroups: ['Small'],
      updates: [],
      excludeUpdates: [],
      updateDistributionPoints: true,
      start: '2030-06-01T02:00Z',
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
      wait: 'none',
    });
    assert.doesNotMatch(JSON.stringify(report), /hunter2|corp\.pem/);
    assert.equal(report.images[0]?.startsAt, '2030-06-01 02:00 UTC');
  });

  test('holds neither the account nor the password of WMI', () => {
    const request = jsonRequest({
      ...serviceRequest(),
      connection: {
        kind: 'wmi',
        smsProvider: 'cm01.corp.example.com',
        credential: { user: 'CORP\\svc-servicing', password: 'hunter2-hunter2' },
        siteCode: undefined,
        cimProtocol: 'auto',
        powerShell: undefined,
      },
    });
    assert.deepEqual(request.connection, { kind: 'wmi', host: 'cm01.corp.example.com' });
    assert.doesNotMatch(JSON.stringify(request), /hunter2|svc-servicing/);
  });

  test('of a run that failed before it wrote: what it had found', async (t) => {
    const description = withUpdates({ contentProvisioned: false }, [FIRST]);
    const { report } = await reportOf(t, small(description), {});
    assert.deepEqual(
      [report.state, report.errors.map(({ code }) => code), report.imagePackageIds, report.scheduleIds],
      ['failed', ['OS207'], ['LAB00010'], {}],
    );
    assert.equal(report.updateGroups[0]?.updates, 4);
    const [image] = report.images;
    assert.deepEqual([image?.state, image?.scheduleId, image?.used?.length], ['failed', null, 3]);
    assert.deepEqual(
      image?.leftOut?.map(({ reason }) => reason),
      ['content-not-downloaded'],
    );
    assert.equal(report.skippedCiCount, 1);
  });

  test('of a run that failed before it selected updates: null, which is not none', async (t) => {
    const denied = [{ class: 'SMS_CIRelation', operations: ['read' as const] }];
    const description = { ...withUpdates({ superseded: true }, [FIRST]), access: { hidden: [], denied } };
    const { report } = await reportOf(t, { simulator: { description } }, {});
    assert.deepEqual(
      report.errors.map(({ code }) => code),
      ['OS305'],
    );
    assert.deepEqual([report.images[0]?.used, report.images[0]?.leftOut], [null, null]);
  });

  test('of a run that failed before it found anything', async (t) => {
    const { report } = await reportOf(t, small(), { siteCode: 'XYZ' as never });
    assert.deepEqual(
      report.errors.map(({ code }) => code),
      ['OS201'],
    );
    assert.deepEqual([report.site, report.images, report.imagePackageIds], [null, [], []]);
  });

  test('of a run that was undone: no schedule', async (t) => {
    const { report, site } = await reportOf(
      t,
      {
        simulator: {
          description: SITE_WITH_SMALL_GROUP,
          faults: [{ kind: 'refuse', request: 1, method: 'PUT' }],
        },
      },
      {},
    );
    assert.deepEqual(remainsOf(site.simulator), NOTHING);
    assert.deepEqual([report.scheduleId, report.scheduleIds, report.appliedCiCount], ['', {}, 0]);
    assert.deepEqual([report.images[0]?.scheduleId, report.images[0]?.scheduleName], [null, null]);
    assert.equal(report.images[0]?.used?.length, 4);
  });

  test('of a run that left a schedule behind: which one, of which image', () => {
    const images = ['LAB00010', 'LAB00011'].map((packageId) => ({
      image: {
        class: 'SMS_ImagePackage' as const,
        packageId: packageId as never,
        name: packageId,
        version: undefined,
        sourcePath: undefined,
        sourceSite: 'LAB' as never,
      },
      siteServer: 's.x',
      indexes: undefined,
      versions: imageVersions(undefined, [], undefined),
      applicable: undefined,
      selection: undefined,
    }));
    const report = jsonReport(
      {
        ...FAILED,
        known: { ...FAILED.known, images },
        errors: [{ code: 'OS403', what: 'a', cause: 'b', next: 'c' }],
        left: [
          { scheduleId: 7 as never, packageId: 'LAB00011' as never, name: 'The second', startsAt: 'later' },
        ],
      },
      serviceRequest(),
      [],
      FRAME,
    );
    assert.deepEqual(complaintsAbout(report), []);
    // The first image has none, and another's must not pass for it.
    assert.deepEqual([report.scheduleId, report.scheduleIds], ['', { LAB00011: 7 }]);
    assert.deepEqual(report.errors[0]?.schedules, [{ scheduleId: 7, packageId: 'LAB00011' }]);
    assert.deepEqual(
      report.images.map(({ scheduleId, scheduleName, startsAt }) => [scheduleId, scheduleName, startsAt]),
      [
        [null, null, null],
        [7, 'The second', 'later'],
      ],
    );
  });

  test('of wrong inputs: the errors alone', () => {
    const report = jsonReportOfWrongInputs([{ code: 'OS101', what: 'a', cause: 'b', next: 'c' }], FRAME);
    assert.deepEqual(complaintsAbout(report), []);
    assert.deepEqual([report.request, report.site, report.images, report.state], [null, null, [], 'failed']);
    assert.deepEqual(report.errors, [
      { code: 'OS101', what: 'a', cause: 'b', next: 'c', schedules: [], commands: [], because: null },
    ]);
  });

  test('has the warnings of the way and of the end', async (t) => {
    const description = withUpdates({ contentProvisioned: false }, [FIRST]);
    const { report } = await reportOf(t, small(description), { unusableUpdates: 'skip' });
    assert.deepEqual(report.warnings, [
      '1 update was skipped for image "Windows 7 Enterprise" (LAB00010): content not downloaded, or not readable. The image stays without it.',
    ]);
    const { warnings } = jsonReport(
      FAILED,
      serviceRequest(),
      [
        { kind: 'not-tidied-up', why: 'busy' },
        { kind: 'looking-up', what: 'x', seconds: 1 },
      ],
      FRAME,
    );
    assert.deepEqual(warnings, ['Something is left in the temporary folder: busy']);
  });
});

suite('the text of the report', () => {
  const withTexts = (texts: readonly string[]): JsonReport => ({
    ...jsonReport(FAILED, serviceRequest(), [], FRAME),
    warnings: texts,
  });

  test('is JSON without any secret, whatever secret it is and wherever it stands', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', minLength: 6, maxLength: 20 })
          .filter((text) => text.trim().length >= 6),
        fc.string({ unit: 'grapheme', maxLength: 10 }),
        (secret, around) => {
          const texts = formsOf(secret).map((form) => `${around}${form}${around}`);
          const text = reportText(withTexts(texts), maskFor([secret]));
          const read = JSON.parse(text) as JsonReport;
          for (const warning of read.warnings) assert.ok(!warning.includes(secret), warning);
          assert.equal(read.warnings.length, texts.length);
        },
      ),
    );
  });

  test('gives back every text of a site, and holds nothing that a terminal or a log obeys', () => {
    const control = String.fromCodePoint(0x1b, 0x9b, 0x202e, 0x2028, 0x200b, 0x07);
    const hostile = ['##vso[task.complete]', '##[error]x', '"\\\r\n', control, '\ud800', '::error::x'];
    const text = reportText(withTexts(hostile), asItIs);
    assert.deepEqual(readReport(text).warnings, hostile);
    assert.doesNotMatch(text, /##\[|##vso/);
    // A line of it begins with spaces or a bracket, never with a text of others.
    for (const line of text.split('\n')) assert.match(line, /^(?:[[\]{}]| +["\d[\]{}tfn]|$)/);
    for (const character of control) assert.ok(!text.includes(character));
  });
});

suite('the schema of the report', () => {
  test('misses every property that goes, and sees every type that changes', () => {
    const report: Readonly<Record<string, unknown>> = {
      ...jsonReport(FAILED, serviceRequest(), [], FRAME),
    };
    assert.deepEqual(complaintsAbout(report), []);
    for (const name of Object.keys(report)) {
      const rest = Object.fromEntries(Object.entries(report).filter(([other]) => other !== name));
      assert.equal(complaintsAbout(rest).length, 1, name);
      assert.ok(complaintsAbout({ ...report, [name]: Symbol.iterator }).length > 0, name);
    }
    assert.ok(complaintsAbout({ ...report, more: 1 }).length > 0);
  });
});
