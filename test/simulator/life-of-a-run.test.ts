import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  cancel,
  historyOf,
  IMAGE_MINUTES,
  messagesOf,
  MINUTE,
  progressOf,
  put,
  SCHEDULE,
  siteWith,
  start,
  stateOf,
  stepsOf,
  updatesOf,
  versionOf,
} from './life-of-a-run.js';
import { NOW_TOKEN, SMALL } from './small-site.js';

const IMAGE = SMALL.otherImage;

suite('the life of an image', () => {
  test('is mounting, update by update, unmounting and copying, index by index', async (context) => {
    const site = await siteWith(context);
    const id = await start(site, { images: [SMALL.image] });
    site.clock.advance(IMAGE_MINUTES * MINUTE - 1);
    assert.equal(stateOf(site, id), 2);
    assert.deepEqual(progressOf(site, id), [[1, 0, 0]]);
    site.clock.advance(1);
    assert.equal(stateOf(site, id), 3);
    assert.deepEqual(stepsOf(site), [
      '0 mounting 1',
      '7.5 applying 1 101',
      '21.25 applying 1 102',
      '35 unmounting 1',
      '42.5 mounting 2',
      '50 applying 2 101',
      '63.75 applying 2 102',
      '77.5 unmounting 2',
      '85 copying',
    ]);
  });

  test('an image of eight hours takes eight hours, and a day passes in no time', async (context) => {
    const site = await siteWith(context, {
      images: [{ packageId: IMAGE, servicingTime: 8 * 60 * MINUTE }],
    });
    const id = await start(site);
    site.clock.advance(8 * 60 * MINUTE - 1);
    assert.equal(stateOf(site, id), 2);
    site.clock.advance(1);
    assert.equal(stateOf(site, id), 3);
  });

  test('a clock that is a hundred times as fast takes a minute for it', async (context) => {
    const site = await siteWith(context, {}, { speed: IMAGE_MINUTES });
    const id = await start(site);
    site.clock.advance(MINUTE - 1);
    assert.equal(stateOf(site, id), 2);
    site.clock.advance(1);
    assert.equal(stateOf(site, id), 3);
  });

  test('each outcome of an update has its status, its code and its indexes', async (context) => {
    const site = await siteWith(
      context,
      {
        updates: [
          { ciId: 1, outcome: 'not-required' },
          { ciId: 2, outcome: 'not-supported' },
          { ciId: 3, outcome: 'check-not-supported', code: 0x80004001 },
          { ciId: 4, outcome: 'installed-unchecked' },
          { ciId: 5, outcome: 'unknown' },
          { ciId: 6, outcome: 'not-reported' },
          { ciId: 7, outcome: 'not-required' },
          { ciId: 7, outcome: 'installed', packageId: SMALL.image, index: 2 },
        ],
      },
      {},
      {
        updates: [1, 2, 3, 4, 5, 6, 7].map((ciId) => ({ ciId, articleId: '1', title: 'x' })),
        relations: [],
        imageUpdates: [],
      },
    );
    const id = await start(site, { images: [SMALL.image], updates: [1, 2, 3, 4, 5, 6, 7] });
    site.clock.advance(IMAGE_MINUTES * MINUTE);
    assert.equal(stateOf(site, id), 3);
    const rows = (index: number, last: number): unknown[] => [
      [index, 1, 1, 0],
      [index, 2, 4, 0],
      [index, 3, 4, 0x80004001 | 0],
      [index, 4, 5, 0],
      [index, 5, 0, 0],
      [index, 7, last, 0],
    ];
    assert.deepEqual(updatesOf(site, SMALL.image), [...rows(1, 1), ...rows(2, 2)]);
  });
});

suite('an image that fails', () => {
  for (const code of [123, 0x8007007b | 0]) {
    test(`half-way, with ${code} in the column, stops at its update`, async (context) => {
      const site = await siteWith(context, { updates: [{ ciId: 102, outcome: 'fails', code }] });
      const id = await start(site);
      site.clock.advance(IMAGE_MINUTES * MINUTE);
      assert.equal(stateOf(site, id), 4);
      assert.deepEqual(progressOf(site, id), [[3, 102, code]]);
      assert.deepEqual(historyOf(site, id), [3]);
      assert.deepEqual(updatesOf(site), [[1, 102, 3, code]]);
      assert.equal(versionOf(site), 1);
      assert.deepEqual(stepsOf(site).at(-1), '70 discarding 1');
    });

    test(`half-way, with ${code}, goes on with ContinueOnError`, async (context) => {
      const site = await siteWith(context, { updates: [{ ciId: 101, outcome: 'fails', code }] });
      const id = await start(site, { continueOnError: true });
      site.clock.advance(IMAGE_MINUTES * MINUTE);
      assert.equal(stateOf(site, id), 3);
      assert.deepEqual(progressOf(site, id), [[2, 101, 0]]);
      assert.deepEqual(updatesOf(site), [
        [1, 101, 3, code],
        [1, 102, 2, 0],
      ]);
    });
  }

  test('for a reason of its own stops after so many updates, with ContinueOnError too', async (context) => {
    const site = await siteWith(context, {
      images: [{ packageId: IMAGE, stopsAfter: { updates: 1, code: 112 } }],
    });
    const id = await start(site, { continueOnError: true });
    site.clock.advance(IMAGE_MINUTES * MINUTE);
    assert.deepEqual([stateOf(site, id), progressOf(site, id), updatesOf(site)], [4, [[3, 0, 112]], []]);
    assert.equal(stepsOf(site).at(-1), '42.5 discarding 1');
  });

  test('to unmount raises 7913 with package, index, folder and Win32 error', async (context) => {
    const site = await siteWith(context, { images: [{ packageId: IMAGE, unmountError: 0x800700a1 }] });
    const id = await start(site);
    site.clock.advance(IMAGE_MINUTES * MINUTE);
    assert.deepEqual([stateOf(site, id), progressOf(site, id)], [4, [[3, 0, 0x800700a1 | 0]]]);
    assert.deepEqual(messagesOf(site), [
      [7900, String(id)],
      [7913, IMAGE, '1', `C:\\ConfigMgr_OfflineImageServicing\\${IMAGE}\\ImageMountDir`, '161'],
    ]);
  });

  for (const error of ['mountError', 'copyError']) {
    test(`with a ${error} has no new version`, async (context) => {
      const site = await siteWith(context, { images: [{ packageId: IMAGE, [error]: 0xc1420127 }] });
      const id = await start(site);
      site.clock.advance(IMAGE_MINUTES * MINUTE);
      assert.deepEqual([stateOf(site, id), progressOf(site, id)], [4, [[3, 0, 0xc1420127 | 0]]]);
      assert.equal(versionOf(site), 1);
    });
  }
});

suite('a run that does not start', () => {
  for (const [neverStarts, state] of [
    ['asleep', 0],
    ['looks-only', 1],
  ] as const) {
    test(`where the component is ${neverStarts} stays in state ${state}`, async (context) => {
      const site = await siteWith(context, { component: { neverStarts } });
      const id = await start(site);
      site.clock.advance(24 * 60 * MINUTE);
      assert.equal(stateOf(site, id), state);
      assert.deepEqual(site.running.state.servicingRuns, []);
    });
  }

  test('waits behind the schedule of somebody else', async (context) => {
    const busy = { scheduleId: 7, schedule: NOW_TOKEN, action: 1, images: [SMALL.upgrade], updates: [101] };
    const site = await siteWith(
      context,
      { images: [{ packageId: SMALL.upgrade, servicingTime: 600 * MINUTE }] },
      {},
      { schedules: [busy] },
    );
    const id = await start(site);
    site.clock.advance(600 * MINUTE - 1);
    assert.deepEqual([stateOf(site, 7), stateOf(site, id), progressOf(site, id)], [2, 1, []]);
    site.clock.advance(1);
    assert.deepEqual([stateOf(site, 7), stateOf(site, id), progressOf(site, id)], [3, 2, [[1, 0, 0]]]);
  });

  test('begins late, and can set its action back', async (context) => {
    const site = await siteWith(context, { component: { startDelay: 5 * MINUTE, resetsAction: true } });
    const id = await start(site);
    site.clock.advance(5 * MINUTE - 1);
    assert.equal(stateOf(site, id), 1);
    site.clock.advance(1);
    assert.equal(stateOf(site, id), 2);
    assert.equal((await site.object(`${SCHEDULE}(${id})`))['Action'], 0);
  });
});

suite('a run that is cancelled', () => {
  for (const minute of [0, 10, 20, 60, 75]) {
    test(`in minute ${minute} ends at the next step, and the image is as it was`, async (context) => {
      const site = await siteWith(context);
      const id = await start(site);
      site.clock.advance(minute * MINUTE);
      await cancel(site, id);
      assert.equal(stateOf(site, id), 2);
      site.clock.advance((IMAGE_MINUTES - minute) * MINUTE);
      assert.deepEqual([stateOf(site, id), historyOf(site, id), versionOf(site)], [4, [3], 1]);
    });
  }

  test('while its file is copied has succeeded all the same', async (context) => {
    const site = await siteWith(context);
    const id = await start(site);
    site.clock.advance(90 * MINUTE);
    await cancel(site, id);
    site.clock.advance(10 * MINUTE);
    assert.deepEqual([stateOf(site, id), historyOf(site, id), versionOf(site)], [3, [2], 2]);
  });

  test('after its end stays as it ended', async (context) => {
    const site = await siteWith(context);
    const id = await start(site);
    site.clock.advance(IMAGE_MINUTES * MINUTE);
    await cancel(site, id);
    assert.equal(stateOf(site, id), 3);
  });

  test('at a site that ignores it succeeds, also while it waits', async (context) => {
    const site = await siteWith(context, { component: { ignoresCancel: true } });
    const ids = [await start(site), await start(site, { images: [SMALL.upgrade] })];
    for (const id of ids) await cancel(site, id);
    site.clock.advance(2 * IMAGE_MINUTES * MINUTE);
    assert.deepEqual(
      ids.map((id) => stateOf(site, id)),
      [3, 3],
    );
  });

  test('between two images keeps the first and leaves the second', async (context) => {
    const site = await siteWith(context);
    const id = await start(site, { images: [IMAGE, SMALL.image] });
    site.clock.advance(90 * MINUTE);
    await cancel(site, id);
    site.clock.advance(200 * MINUTE);
    assert.deepEqual([stateOf(site, id), historyOf(site, id)], [4, [2]]);
    assert.deepEqual([versionOf(site), versionOf(site, SMALL.image)], [2, 1]);
  });

  test('can end in another state, and without rows', async (context) => {
    const site = await siteWith(context, { component: { stateAfterCancel: 0, cancelWritesRows: false } });
    const id = await start(site);
    await cancel(site, id);
    site.clock.advance(IMAGE_MINUTES * MINUTE);
    assert.deepEqual([stateOf(site, id), progressOf(site, id), historyOf(site, id)], [0, [[1, 0, 0]], []]);
  });

  test('before it begins goes back to no state', async (context) => {
    const site = await siteWith(context, { component: { startDelay: 5 * MINUTE } });
    const id = await start(site);
    await cancel(site, id);
    site.clock.advance(IMAGE_MINUTES * MINUTE);
    assert.deepEqual([stateOf(site, id), progressOf(site, id)], [0, []]);
    await put(site, id, { Schedule: NOW_TOKEN, Action: 1 });
    site.clock.advance(2 * IMAGE_MINUTES * MINUTE);
    assert.equal(stateOf(site, id), 3);
  });
});

suite('the rows of a result', () => {
  for (const rowOrder of [
    ['updates', 'version', 'progress', 'history', 'state'],
    ['state', 'history', 'progress', 'version', 'updates'],
    ['history', 'state', 'updates', 'progress', 'version'],
  ]) {
    test(`become visible as ${rowOrder.join(', ')}`, async (context) => {
      const site = await siteWith(context, { component: { rowOrder, rowGap: MINUTE } });
      const id = await start(site);
      site.clock.advance(IMAGE_MINUTES * MINUTE);
      const seen: string[] = [];
      for (let minute = 0; minute < 5; minute += 1) {
        const now = [
          ...(updatesOf(site).length > 0 ? ['updates'] : []),
          ...(versionOf(site) === 2 ? ['version'] : []),
          ...(JSON.stringify(progressOf(site, id)) === '[[2,0,0]]' ? ['progress'] : []),
          ...(historyOf(site, id).length > 0 ? ['history'] : []),
          ...(stateOf(site, id) === 3 ? ['state'] : []),
        ];
        seen.push(...now.filter((one) => !seen.includes(one)));
        assert.equal(seen.length, minute + 1);
        site.clock.advance(MINUTE);
      }
      assert.deepEqual(seen, rowOrder);
    });
  }

  test('of updates can come one by one while they are applied, and stay when the image fails', async (context) => {
    const site = await siteWith(context, {
      component: { updateRows: 'as-applied' },
      images: [{ packageId: IMAGE, unmountError: 161 }],
    });
    const id = await start(site);
    site.clock.advance(45 * MINUTE);
    assert.deepEqual(updatesOf(site), [[1, 101, 2, 0]]);
    site.clock.advance(55 * MINUTE);
    assert.equal(stateOf(site, id), 4);
    assert.equal(updatesOf(site).length, 2);
  });

  test('are those of earlier runs until then', async (context) => {
    const site = await siteWith(
      context,
      {
        earlierRuns: [
          { scheduleId: 5, packageId: IMAGE, status: 3, failedUpdateId: 101, code: 0x800f0823 },
          { scheduleId: 6, packageId: IMAGE, status: 1 },
        ],
      },
      {},
      { imageUpdates: [{ packageId: IMAGE, ciId: 102, status: 3, installationStatus: 5 }] },
    );
    assert.deepEqual(progressOf(site, 5), [[3, 101, 0x800f0823 | 0]]);
    assert.deepEqual([historyOf(site, 5), historyOf(site, 6), progressOf(site, 6)], [[3], [], [[1, 0, 0]]]);
    const id = await start(site, { updates: [101] });
    site.clock.advance(IMAGE_MINUTES * MINUTE);
    assert.equal(stateOf(site, id), 3);
    assert.deepEqual(updatesOf(site), [
      [1, 102, 3, 5],
      [1, 101, 2, 0],
    ]);
  });
});
