import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FAR_TOKEN, NOW_TOKEN, SMALL, smallSite } from './small-site.js';
import { serve, type Site } from './site-client.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';

const put = async (site: Site, ScheduleID: number, body: object): Promise<void> => {
  const reply = await site.ask('PUT', `/wmi/${SCHEDULE}(${ScheduleID})`, { body: { ScheduleID, ...body } });
  assert.equal(reply.status, 204, reply.text);
};
const state = async (site: Site, id: number): Promise<unknown> =>
  (await site.object(`${SCHEDULE}(${id})`))['State'];
const wake = async (site: Site): Promise<void> => {
  const body = { SiteCode: 'LAB', ServerName: 'cm01.lab.example', PackageID: SMALL.image, PackageType: 257 };
  assert.equal(
    (await site.ask('POST', '/wmi/SMS_ImagePackage.RunOfflineServicingManager', { body })).status,
    201,
  );
};
const runs = (site: Site): unknown[] =>
  site.running.state.servicingRuns.map((run) => [run.why, run.imagePackageIds, run.updateIds]);
/** Once, 2024-06-10 12:30 on the clock of the site server, which is two hours ahead of UTC. */
const HALF_PAST_TEN_UTC = '798A6D8000080000';

suite('when the component runs a schedule', () => {
  test('one that is marked at once is run before its links are there', async (context) => {
    const site = await serve(context);
    await site.schedule({ Schedule: FAR_TOKEN, Action: 1 }, [SMALL.image], [101, 102]);
    assert.deepEqual(runs(site), [['run-now', [], []]]);
  });

  test('a token whose time has passed is due at once, too', async (context) => {
    const site = await serve(context);
    await site.schedule({ Schedule: NOW_TOKEN, Action: 0 }, [SMALL.image], [101]);
    assert.deepEqual(runs(site), [['due', [], []]]);
  });

  test('a draft waits for the write that marks it, and runs whole', async (context) => {
    const site = await serve(context);
    const id = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.image], [101, 102]);
    assert.deepEqual(runs(site), []);
    assert.equal(await state(site, id), 1);
    await put(site, id, { Schedule: NOW_TOKEN, Action: 1 });
    assert.deepEqual(runs(site), [['run-now', ['LAB00001'], [101, 102]]]);
    assert.equal(await state(site, id), 2);
    // Waking it again does not run it again.
    await wake(site);
    await wake(site);
    assert.equal(runs(site).length, 1);
  });

  test('one that was there before: what recurs runs again, what has run does not', async (context) => {
    const made = (scheduleId: number, schedule: string, more: object): object => ({
      scheduleId,
      schedule,
      images: [SMALL.image],
      updates: [scheduleId],
      ...more,
    });
    const site = await serve(context, {
      description: smallSite({
        schedules: [
          made(101, NOW_TOKEN, { state: 3, action: 1 }),
          // Every day at 03:00.
          made(102, '0062200000100008', { state: 4, action: 0 }),
          made(103, NOW_TOKEN, { state: 2, action: 1 }),
        ],
      }),
    });
    await wake(site);
    assert.deepEqual(runs(site), []);
    site.clock.advance(24 * 3_600_000);
    assert.deepEqual(runs(site), [['due', [SMALL.image], [102]]]);
  });

  test('a later start is run when its time comes, without any request', async (context) => {
    const site = await serve(context);
    const id = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.image], [101]);
    await put(site, id, { Schedule: HALF_PAST_TEN_UTC, Action: 0 });
    site.clock.advance(90 * 60_000 - 1);
    assert.deepEqual(runs(site), []);
    site.clock.advance(1);
    assert.deepEqual(runs(site), [['due', ['LAB00001'], [101]]]);
    assert.equal(site.running.state.servicingRuns[0]?.at, Date.parse('2024-06-10T10:30:00Z'));
  });

  test('a later start is meant in the site server’s summer or winter time, or in UTC', async (context) => {
    const central = {
      code: 'LAB',
      serverName: 'cm01.lab.example',
      providerName: 'cm01.lab.example',
      utcOffsetMinutes: 60,
      daylight: {
        begins: { month: 3, weekday: 0, week: 5, hour: 2 },
        ends: { month: 10, weekday: 0, week: 5, hour: 3 },
      },
    };
    for (const [token, expected] of [
      // 2024-01-10 02:00, and 02:00 UTC.
      ['004A1D8000080000', '2024-01-10T01:00:00Z'],
      ['004A1D8000080001', '2024-01-10T02:00:00Z'],
      // 2024-06-10 12:30, and 12:30 UTC.
      ['798A6D8000080000', '2024-06-10T10:30:00Z'],
      ['798A6D8000080001', '2024-06-10T12:30:00Z'],
      // 2024-03-31 02:30 does not exist; 2024-10-27 02:30 comes twice.
      ['785F3D8000080000', '2024-03-31T01:30:00Z'],
      ['785BAD8000080000', '2024-10-27T00:30:00Z'],
      // 2024-03-31 01:59 and 03:00, right before and after the leap.
      ['EC3F3D8000080000', '2024-03-31T00:59:00Z'],
      ['007F3D8000080000', '2024-03-31T01:00:00Z'],
    ] as const) {
      const site = await serve(context, { description: smallSite({ site: central }) });
      const id = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.image], [101]);
      site.clock.advance(Date.parse('2024-01-01T00:00:00Z') - site.clock.now());
      await put(site, id, { Schedule: token, Action: 0 });
      site.clock.advance(Date.parse(expected) - site.clock.now() - 1);
      assert.deepEqual(runs(site), [], token);
      site.clock.advance(1);
      assert.deepEqual(runs(site), [['due', ['LAB00001'], [101]]], token);
    }
  });

  test('a recurring one is run again and again', async (context) => {
    const site = await serve(context);
    // Every day at 03:00 of the site, that is 01:00 UTC.
    const id = await site.schedule({ Schedule: '0062200000100008', Action: 0 }, [SMALL.image], [101]);
    assert.deepEqual(runs(site), []);
    site.clock.advance(3 * 24 * 3_600_000);
    assert.deepEqual(
      site.running.state.servicingRuns.map((run) => new Date(run.at).toISOString().slice(0, 16)),
      ['2024-06-11T01:00', '2024-06-12T01:00', '2024-06-13T01:00'],
    );
    assert.equal(await state(site, id), 3);
  });

  test('by itself only when it is woken, where it is told so; not at all when it is off', async (context) => {
    const woken = await serve(context, { component: 'when-woken' });
    const id = await woken.schedule({ Schedule: FAR_TOKEN, Action: 1 }, [SMALL.image], [101]);
    assert.deepEqual(runs(woken), []);
    assert.equal(await state(woken, id), 0);
    await wake(woken);
    assert.deepEqual(runs(woken), [['run-now', ['LAB00001'], [101]]]);

    const off = await serve(context, { component: 'off' });
    await off.schedule({ Schedule: NOW_TOKEN, Action: 1 });
    await wake(off);
    assert.deepEqual(runs(off), []);
  });

  test('schedules that are there from the beginning are looked at as well', async (context) => {
    const schedules = [
      { scheduleId: 7, schedule: FAR_TOKEN, action: 1, images: [SMALL.otherImage], updates: [102] },
      { scheduleId: 8, schedule: NOW_TOKEN, action: 1, state: 3 },
    ];
    const site = await serve(context, { description: smallSite({ schedules }) });
    await wake(site);
    assert.deepEqual(runs(site), [['run-now', ['LAB00002'], [102]]]);
  });
});

suite('the moment before a write', () => {
  test('is one in which the component looks as well', async (context) => {
    const schedules = [{ scheduleId: 7, schedule: FAR_TOKEN, action: 1, images: [SMALL.image] }];
    const site = await serve(context, { description: smallSite({ schedules }) });
    await site.create('SMS_ImageServicingScheduledUpdate', { ScheduleID: 7, UpdateID: 101 });
    assert.deepEqual(runs(site), [['run-now', ['LAB00001'], []]]);
  });
});

suite('what a run leaves behind', () => {
  const run = async (site: Site, updates: readonly number[], body: object = {}): Promise<number> => {
    const id = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.image], updates);
    await put(site, id, { Schedule: NOW_TOKEN, Action: 1, ...body });
    return id;
  };
  const progress = async (site: Site, id: number, image: string = SMALL.image): Promise<unknown[]> => {
    const row = await site.object(`SMS_ImageServicingProgress(ScheduleID=${id},ImagePackageID='${image}')`);
    return [row['Status'], row['FailedUpdateID'], row['Win32ErrorCode']];
  };

  test('a success: states, history, one status row for each index, a new version of the image', async (context) => {
    const site = await serve(context, { servicingMilliseconds: 60_000 });
    const id = await run(site, [101, 102]);
    assert.equal(await state(site, id), 2);
    assert.deepEqual(await progress(site, id), [1, 0, 0]);
    assert.deepEqual(await site.rows('SMS_ImageUpdateHistory'), []);
    site.clock.advance(60_000);
    assert.equal(await state(site, id), 3);
    assert.deepEqual(await progress(site, id), [2, 0, 0]);
    const [history] = await site.rows('SMS_ImageUpdateHistory');
    assert.deepEqual([history?.['Status'], history?.['RunDateTime']], [2, '2024-06-10T09:00:00Z']);
    const rows = await site.filter('SMS_ImageUpdateStatus', "ImagePackageID eq 'LAB00001'");
    assert.deepEqual(
      rows.map((row) => [row['ImageIndex'], row['UpdateID'], row['UpdateStatus'], row['AppliedDateTime']]),
      [
        [1, 101, 2, '2024-06-10T09:01:00Z'],
        [1, 102, 2, '2024-06-10T09:01:00Z'],
        [2, 101, 2, '2024-06-10T09:01:00Z'],
        [2, 102, 2, '2024-06-10T09:01:00Z'],
      ],
    );
    const image = await site.object(`SMS_ImagePackage('${SMALL.image}')`);
    assert.deepEqual([image['SourceVersion'], image['SourceDate']], [2, '2024-06-10T09:01:00Z']);
    const [message] = await site.filter('SMS_StatusMessage', 'MessageID eq 7900');
    const [string] = await site.filter(
      'SMS_StatMsgInsStrings',
      `RecordID eq ${String(message?.['RecordID'])}`,
    );
    assert.equal(string?.['InsStrValue'], String(id));
  });

  test('content that is not there fails the image, and nothing is applied', async (context) => {
    const site = await serve(context);
    const id = await run(site, [102, SMALL.notDownloaded]);
    site.clock.advance(1000);
    assert.equal(await state(site, id), 4);
    assert.deepEqual(await progress(site, id), [3, SMALL.notDownloaded, -2147024894]);
    assert.deepEqual(await site.filter('SMS_ImageUpdateStatus', 'UpdateID eq 102'), []);
    assert.equal((await site.object(`SMS_ImagePackage('${SMALL.image}')`))['SourceVersion'], 1);
    const failed = await site.rows('SMS_FailedImageUpdateView');
    assert.deepEqual(
      failed.map((row) => row['UpdateID']),
      [SMALL.notDownloaded],
    );
  });

  test('an error of an update fails the image with its code', async (context) => {
    const site = await serve(context);
    const id = await run(site, [SMALL.failing]);
    site.clock.advance(1000);
    assert.deepEqual(await progress(site, id), [3, SMALL.failing, -2147467263]);
  });

  test('with ContinueOnError only its row tells of the update that failed', async (context) => {
    const site = await serve(context);
    const id = await run(site, [101, SMALL.notDownloaded], { ContinueOnError: true });
    site.clock.advance(1000);
    assert.equal(await state(site, id), 3);
    assert.deepEqual(await progress(site, id), [2, SMALL.notDownloaded, 0]);
    const row = async (update: number): Promise<unknown> =>
      (await site.filter('SMS_ImageUpdateStatus', `UpdateID eq ${update} and ImageIndex eq 1`))[0]?.[
        'UpdateStatus'
      ];
    assert.equal(await row(101), 2);
    assert.equal(await row(SMALL.notDownloaded), 3);
  });

  test('an update that cannot be serviced offline is passed over', async (context) => {
    const site = await serve(context);
    const id = await run(site, [101, SMALL.notServiceable]);
    site.clock.advance(1000);
    assert.equal(await state(site, id), 3);
    const [row] = await site.filter('SMS_ImageUpdateStatus', `UpdateID eq ${SMALL.notServiceable}`);
    assert.equal(row?.['UpdateStatus'], 4);
  });

  test('an update that is in the image already keeps its old row', async (context) => {
    const old = {
      ciId: 101,
      status: 2,
      appliedDate: '2023-01-01T00:00:00Z',
      packageId: SMALL.image,
      index: 1,
    };
    const site = await serve(context, { description: smallSite({ imageUpdates: [old] }) });
    await run(site, [101]);
    site.clock.advance(1000);
    const rows = await site.filter('SMS_ImageUpdateStatus', 'UpdateID eq 101');
    assert.deepEqual(
      rows.map((row) => row['AppliedDateTime']),
      ['2023-01-01T00:00:00Z', '2024-06-10T09:00:01Z'],
    );
  });

  test('distribution points get the new version only when they are asked for, and one may fail', async (context) => {
    const site = await serve(context);
    const points = async (): Promise<unknown[]> =>
      (await site.filter('SMS_PackageStatusDistPointsSummarizer', `PackageID eq '${SMALL.image}'`)).map(
        (row) => [row['SourceVersion'], row['State']],
      );
    await run(site, [101]);
    site.clock.advance(5000);
    assert.deepEqual(await points(), [
      [1, 0],
      [1, 0],
    ]);
    await run(site, [102], { UpdateDP: true });
    site.clock.advance(1000);
    assert.deepEqual(await points(), [
      [1, 7],
      [1, 7],
    ]);
    site.clock.advance(1000);
    assert.deepEqual(await points(), [
      [3, 0],
      [1, 3],
    ]);
    const info = await site.object(`SMS_ObjectContentExtraInfo('${SMALL.image}')`);
    assert.deepEqual(
      ['Targeted', 'NumberSuccess', 'NumberInProgress', 'NumberErrors', 'SourceVersion'].map(
        (name) => info[name],
      ),
      [2, 1, 0, 1, 3],
    );
    const states = await site.filter('SMS_DistributionDPStatus', `PackageID eq '${SMALL.image}'`);
    assert.deepEqual(
      states.map((row) => row['MessageState']),
      [1, 3],
    );
  });

  test('with ContinueOnError of several images the one that fails leaves the others to be serviced', async (context) => {
    const site = await serve(context, { servicingMilliseconds: 10_000 });
    const id = await site.schedule(
      { Schedule: FAR_TOKEN, Action: 0 },
      [SMALL.image, 'LAB00002'],
      [101, 105, 102],
    );
    site.running.state.remove('SMS_ImagePackage', { PackageID: 'LAB00002' });
    await put(site, id, { Schedule: NOW_TOKEN, Action: 1, ContinueOnError: true });
    site.clock.advance(10_000);
    site.clock.advance(10_000);
    assert.deepEqual(await progress(site, id, SMALL.image), [2, 105, 0]);
    assert.equal((await progress(site, id, 'LAB00002'))[0], 3);
    assert.equal(await state(site, id), 4);
  });

  test('removing superseded updates is for one index; when it fails, nothing of the run is kept', async (context) => {
    const cleanup = { class: SCHEDULE, addProperties: [{ name: 'SomethingSuperseded', type: 'Boolean' }] };
    const images = [
      { packageId: 'LAB00001', name: 'Two', sourceSite: 'LAB', indexes: ['One', 'Two'] },
      { packageId: 'LAB00002', name: 'One', sourceSite: 'LAB' },
      { packageId: 'LAB00003', name: 'Broken', sourceSite: 'LAB', cleanupError: 0x800f0806 },
    ];
    const site = await serve(context, {
      servicingMilliseconds: 10_000,
      description: smallSite({ images, classes: [cleanup], imageUpdates: [] }),
    });
    const run = async (image: string, SomethingSuperseded: boolean): Promise<unknown[]> => {
      const id = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [image], [101]);
      await put(site, id, { Schedule: NOW_TOKEN, Action: 1, SomethingSuperseded });
      site.clock.advance(10_000);
      const { SourceVersion } = await site.object(`SMS_ImagePackage('${image}')`);
      const rows = await site.filter('SMS_ImageUpdateStatus', `ImagePackageID eq '${image}'`);
      return [...(await progress(site, id, image)), SourceVersion, rows.length];
    };
    assert.deepEqual(await run('LAB00001', true), [3, 0, 0x80004001 | 0, 1, 0]);
    assert.deepEqual(await run('LAB00003', true), [3, 0, 0x800f0806 | 0, 1, 0]);
    assert.deepEqual(await run('LAB00002', true), [2, 0, 0, 2, 1]);
    assert.deepEqual(await run('LAB00001', false), [2, 0, 0, 2, 2]);
  });

  test('several images are serviced one after the other, several schedules too', async (context) => {
    const site = await serve(context, { servicingMilliseconds: 10_000 });
    const draft = { Schedule: FAR_TOKEN, Action: 0 };
    const first = await site.schedule(draft, [SMALL.image, SMALL.otherImage], [101]);
    const second = await site.schedule(draft, [SMALL.upgrade], [101]);
    await put(site, first, { Schedule: NOW_TOKEN, Action: 1 });
    await put(site, second, { Schedule: NOW_TOKEN, Action: 1 });
    const states = async (): Promise<unknown[]> => [await state(site, first), await state(site, second)];
    assert.deepEqual(await states(), [2, 1]);
    site.clock.advance(10_000);
    assert.deepEqual(await progress(site, first, SMALL.otherImage), [1, 0, 0]);
    site.clock.advance(10_000);
    assert.deepEqual(await states(), [3, 2]);
    site.clock.advance(10_000);
    assert.deepEqual(await states(), [3, 3]);
    const upgrade = await site.object(`SMS_OperatingSystemInstallPackage('${SMALL.upgrade}')`);
    assert.equal(upgrade['SourceVersion'], 2);
  });
});

suite('cancelling and deleting', () => {
  test('a schedule that waits goes back to no state and never runs', async (context) => {
    const site = await serve(context);
    const id = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.image], [101]);
    await put(site, id, { Schedule: HALF_PAST_TEN_UTC, Action: 0 });
    await put(site, id, { Schedule: HALF_PAST_TEN_UTC, Action: 2 });
    assert.equal(await state(site, id), 0);
    site.clock.advance(10 * 3_600_000);
    await wake(site);
    assert.deepEqual(runs(site), []);
  });

  test('a schedule that runs ends as failed, and the image is as it was', async (context) => {
    const site = await serve(context, { servicingMilliseconds: 10_000 });
    const id = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.image], [101]);
    await put(site, id, { Schedule: NOW_TOKEN, Action: 1 });
    await put(site, id, { Schedule: NOW_TOKEN, Action: 2 });
    assert.equal(await state(site, id), 2);
    site.clock.advance(10_000);
    assert.equal(await state(site, id), 4);
    assert.equal((await site.object(`SMS_ImagePackage('${SMALL.image}')`))['SourceVersion'], 1);
  });

  test('one that stands in line is taken out of it', async (context) => {
    const site = await serve(context, { servicingMilliseconds: 10_000 });
    const first = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.image], [101]);
    const second = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.otherImage], [101]);
    await put(site, first, { Schedule: NOW_TOKEN, Action: 1 });
    await put(site, second, { Schedule: NOW_TOKEN, Action: 1 });
    await put(site, second, { Schedule: NOW_TOKEN, Action: 2 });
    site.clock.advance(30_000);
    assert.deepEqual([await state(site, first), await state(site, second)], [3, 0]);
    assert.equal((await site.object(`SMS_ImagePackage('${SMALL.otherImage}')`))['SourceVersion'], 1);
  });

  test('a schedule can be deleted while it runs, and that is kept in mind', async (context) => {
    const site = await serve(context);
    const id = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 }, [SMALL.image], [101]);
    const other = await site.schedule({ Schedule: FAR_TOKEN, Action: 0 });
    await put(site, id, { Schedule: NOW_TOKEN, Action: 1 });
    for (const one of [id, other]) {
      assert.equal((await site.ask('DELETE', `/wmi/${SCHEDULE}(${one})`)).status, 204);
    }
    assert.deepEqual(site.running.state.deletedWhileRunning, [id]);
    site.clock.advance(1000);
    assert.deepEqual(await site.rows(SCHEDULE), []);
  });
});
