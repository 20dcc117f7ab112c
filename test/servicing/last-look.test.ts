import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { OtherSchedule } from '../../src/plan/other-schedules.js';
import type { ScheduleId, SiteCode } from '../../src/site/identifiers.js';
import { NEVER_DUE, onceAtSiteTime } from '../../src/site/schedule-token.js';
import {
  IMAGE_LINK,
  inWriting,
  intended,
  nothingBefore,
  SCHEDULE,
  SiteInMemory,
  writeTo,
} from './site-in-memory.js';

const ARMED = { Action: 1, Schedule: '0001170000000000' };
const DONE = { State: 3, Schedule: '' };

/** As the run saw it before it wrote. */
function known(id: number, standing: OtherSchedule['standing']): OtherSchedule {
  const scheduleId = id as ScheduleId;
  const seen = { scheduleId, name: undefined, description: undefined, action: 0, token: NEVER_DUE, state: 0 };
  return { scheduleId, schedule: standing === 'not-shown' ? undefined : seen, standing };
}

type Written = Awaited<ReturnType<typeof writeTo>>;

/** The own schedule is 101. `put` is called before anything is written. */
async function runBeside(
  put: (site: SiteInMemory) => void,
  before: readonly OtherSchedule[] = [],
  ifScheduled: 'fail' | 'add' = 'fail',
): Promise<Written & { readonly site: SiteInMemory }> {
  const site = new SiteInMemory();
  put(site);
  const schedules = inWriting();
  const ended = await writeTo(site, schedules, 'draft-first', {
    ifScheduled,
    before: nothingBefore(schedules, before),
  });
  return { ...ended, site };
}

const besideOf = (site: SiteInMemory): readonly unknown[] =>
  site.told('draft-beside').map(({ scheduleId, name }) => [scheduleId, name]);
const sum = (site: SiteInMemory): number => site.sleeps.reduce((all, each) => all + each, 0);

suite('the last look before a start', () => {
  test('makes way for one that runs or waits, wherever it came from', async () => {
    for (const [id, change] of [
      [50, ARMED],
      [900, ARMED],
      [900, { State: 2 }],
    ] as const) {
      const { error, site } = await runBeside((each) => each.put(id, change));
      assert.equal(error?.code, 'OS220');
      assert.ok(
        error.what.includes(`already has a servicing schedule that runs or waits: schedule ${id}`),
        error.what,
      );
      assert.deepEqual([site.told('started').length, site.sleeps.length], [0, 0]);
    }
  });

  test('lets one that is done be', async () => {
    const { error, site } = await runBeside((each) => each.put(50, DONE));
    assert.deepEqual([error, site.sleeps, besideOf(site)], [undefined, [], []]);
    const other = await runBeside((each) => each.put(50, ARMED, 'LAB00009'));
    assert.equal(other.error, undefined, 'of an image that the run does not service');
  });

  test('makes way for a draft that another run made earlier, whether it shows or only its link does', async () => {
    const shown = await runBeside((each) => each.put(50));
    assert.equal(shown.error?.code, 'OS220');
    assert.match(
      shown.error.what,
      /^Another run is making schedule 50 \(name "Other 50"\) for image "Image 1" \(LAB00001\)/,
    );
    const link = await runBeside((each) =>
      each.rows(IMAGE_LINK).push({ ScheduleID: 50, ImagePackageID: 'LAB00001' }),
    );
    assert.match(link.error?.what ?? '', /^Another run is making schedule 50 for image/);
    const both = await runBeside((each) => {
      each.put(51);
      each.put(50);
    });
    assert.match(both.error?.what ?? '', /schedule 50 \(.*\) and schedule 51 \(/);
  });

  test('waits a short time for a draft that was there before, and tells of it', async () => {
    const { error, site } = await runBeside((each) => each.put(50), [known(50, 'draft')]);
    assert.equal(error, undefined);
    assert.deepEqual(site.sleeps, [2_500]);
    assert.deepEqual(besideOf(site), [[50, 'Other 50']]);
    assert.equal(site.told('started').length, 1);
  });

  test('waits as long as anything can be invisible for a draft that came later, and tells of it', async () => {
    const { error, site } = await runBeside((each) => each.put(900));
    assert.deepEqual([error, sum(site), besideOf(site)], [undefined, 12_000, [[900, 'Other 900']]]);
    assert.equal(site.told('looking-up')[0]?.what, 'whether another run starts its schedule');
  });

  test('stops to wait as soon as the other draft is gone, and makes way as soon as it starts', async () => {
    const meanwhile = async (act: (site: SiteInMemory) => void): ReturnType<typeof runBeside> =>
      runBeside((each) => {
        each.put(900);
        each.before = (batch) => {
          if (batch === 4) act(each);
        };
      });
    const gone = await meanwhile((site) => {
      for (const table of [SCHEDULE, IMAGE_LINK])
        site.tables.set(
          table,
          site.rows(table).filter(({ ScheduleID }) => ScheduleID !== 900),
        );
    });
    assert.deepEqual([gone.error, gone.site.sleeps, besideOf(gone.site)], [undefined, [2_500], []]);
    const started = await meanwhile((site) => {
      Object.assign(site.rows(SCHEDULE).find(({ ScheduleID }) => ScheduleID === 900) ?? {}, ARMED);
    });
    assert.deepEqual([started.error?.code, started.site.sleeps], ['OS220', [2_500]]);
  });

  test('does not wait for a link that had no schedule before either', async () => {
    const link = (each: SiteInMemory): unknown =>
      each.rows(IMAGE_LINK).push({ ScheduleID: 50, ImagePackageID: 'LAB00001' });
    const { error, site } = await runBeside(link, [known(50, 'not-shown')]);
    assert.deepEqual([error, site.sleeps, besideOf(site)], [undefined, [], []]);
  });

  test('compares with the ID of the own schedule of that very image', async () => {
    for (const [packageId, code] of [
      ['LAB00001', undefined],
      ['LAB00002', 'OS220'],
    ] as const) {
      const site = new SiteInMemory();
      site.put(115, {}, packageId);
      // The own ones are 111 and 122.
      site.fate = (operation) => {
        if (operation.verb === 'create' && operation.class === SCHEDULE) site.nextId += 10;
        return undefined;
      };
      const { error } = await writeTo(site, inWriting(intended(1), intended(2)));
      assert.equal(error?.code, code, packageId);
    }
  });

  test('ends with the run when that is cancelled while it waits', async () => {
    const { error, site } = await runBeside((each) => {
      each.put(900);
      each.before = (batch) => {
        if (batch === 4) each.cancel.abort();
      };
    });
    assert.deepEqual([error?.code, site.told('started').length, besideOf(site)], ['OS501', 0, []]);
  });

  test('reads by themselves only the schedules that it did not know before', async () => {
    const { site } = await runBeside(
      (each) => {
        each.put(50, DONE);
        each.put(51, DONE);
      },
      [known(50, 'done')],
    );
    const queries = site.batches.map((batch) => batch.filter((each) => each === `query ${SCHEDULE}`).length);
    // In the batch with the links: that for strays, and that for 50; then the one for 51.
    assert.deepEqual(queries, [0, 2, 1, 0]);
    const { site: all } = await runBeside((each) => each.put(50, DONE), [known(50, 'done')]);
    assert.equal(all.batches.length, 3);
  });
});

suite('the last look of several schedules or images', () => {
  test('waits long where any draft is new', async () => {
    const one = await runBeside(
      (each) => {
        each.put(50);
        each.put(900);
      },
      [known(50, 'draft')],
    );
    assert.equal(sum(one.site), 12_000);
    const site = new SiteInMemory();
    site.put(50, {}, 'LAB00001');
    site.put(900, {}, 'LAB00002');
    const schedules = inWriting(intended(1), intended(2));
    const before = nothingBefore(schedules, [known(50, 'draft')]);
    assert.equal((await writeTo(site, schedules, 'draft-first', { before })).error, undefined);
    assert.equal(sum(site), 12_000);
  });

  test('makes way for an earlier draft, also where others were known', async () => {
    const { error } = await runBeside(
      (each) => {
        each.put(40, DONE);
        each.put(50);
      },
      [known(40, 'done')],
    );
    assert.match(error?.what ?? '', /is making schedule 50 /);
  });

  test('knows of each image what was known of that one', async () => {
    const site = new SiteInMemory();
    site.put(50, {}, 'LAB00002');
    const schedules = inWriting(intended(1), intended(2));
    const before = nothingBefore(schedules).map((each, place) =>
      place === 0 ? { ...each, schedules: [known(50, 'draft')] } : each,
    );
    const { error } = await writeTo(site, schedules, 'draft-first', { before });
    assert.match(error?.what ?? '', /is making schedule 50 .* for image "Image 2"/);
  });

  test('takes a link without a schedule for a draft, unless that very link had none before', async () => {
    const links = (each: SiteInMemory): void => {
      for (const ScheduleID of [50, 900])
        each.rows(IMAGE_LINK).push({ ScheduleID, ImagePackageID: 'LAB00001' });
    };
    for (const ifScheduled of ['fail', 'add'] as const) {
      const { error, site } = await runBeside(
        links,
        [known(50, 'not-shown'), known(51, 'draft')],
        ifScheduled,
      );
      assert.deepEqual([error, besideOf(site)], [undefined, [[900, undefined]]]);
    }
  });

  test('tells the start of each by the clock of the site of its image', async () => {
    const site = new SiteInMemory();
    const token = onceAtSiteTime({ year: 2030, month: 6, day: 1, hour: 2, minute: 0 });
    for (const place of [1, 2]) site.put(50 + place, { Schedule: token }, `LAB0000${place}`);
    const schedules = inWriting(intended(1), intended(2));
    const before = nothingBefore(schedules).flatMap((each, place) =>
      place === 0 ? [{ ...each, clock: { siteCode: 'ABC' as SiteCode, zone: undefined } }] : [],
    );
    await writeTo(site, schedules, 'draft-first', { before, ifScheduled: 'add' });
    const [first, second] = site.told('also-scheduled').map((told) => told.schedules.join());
    assert.match(first ?? '', /site ABC/);
    assert.match(second ?? '', /site LAB/);
  });
});

suite('the last look while the own links do not show', () => {
  const isByImage = (operation: { readonly verb: string }): boolean =>
    'where' in operation && JSON.stringify(operation.where).includes('ImagePackageID');

  test('is repeated until they do', async () => {
    const { error, site } = await runBeside((each) => {
      each.fate = (operation, batch) => (isByImage(operation) && batch === 2 ? 'swallowed' : undefined);
    });
    assert.deepEqual([error, site.sleeps], [undefined, [2_500]]);
    assert.equal(site.told('looking-up')[0]?.what, 'the other schedules of the images');
  });

  test('ends the run where they never do', async () => {
    const { error, site } = await runBeside((each) => {
      each.fate = (operation) => (isByImage(operation) ? 'swallowed' : undefined);
    });
    assert.equal(error?.code, 'OS210');
    assert.match(
      error.what,
      /^The site shows the links of schedule 101 when asked for the schedule, but not/,
    );
    assert.deepEqual([sum(site), site.told('started').length], [12_000, 0]);
  });

  test('is repeated where only the own link of another image shows, or only a link of another schedule', async () => {
    for (const hidden of [101, 102]) {
      const site = new SiteInMemory();
      site.put(50, DONE);
      site.put(51, DONE, 'LAB00002');
      site.shows = (operation, row) =>
        site.sleeps.length > 0 || !isByImage(operation) || row['ScheduleID'] !== hidden;
      assert.equal((await writeTo(site, inWriting(intended(1), intended(2)))).error, undefined);
      assert.deepEqual(site.sleeps, [2_500]);
    }
  });

  test('is repeated where the own schedule shows with another image', async () => {
    const site = new SiteInMemory();
    site.before = (batch) => {
      if (batch !== 3) return;
      site.rows(IMAGE_LINK).push({ ScheduleID: 102, ImagePackageID: 'LAB00001' });
    };
    site.shows = (operation, row) =>
      !isByImage(operation) || row['ScheduleID'] !== 102 || row['ImagePackageID'] !== 'LAB00002';
    assert.equal((await writeTo(site, inWriting(intended(1), intended(2)))).error?.code, 'OS210');
  });

  test('is over at once where the run is cancelled', async () => {
    const { error, site } = await runBeside((each) => {
      each.fate = (operation) => (isByImage(operation) ? 'swallowed' : undefined);
      each.before = (batch) => {
        if (batch === 3) each.cancel.abort();
      };
    });
    assert.deepEqual([error?.code, site.sleeps], ['OS501', [2_500]]);
  });

  test('and cannot be had ends the run with the reason', async () => {
    const { error } = await runBeside((each) => {
      each.fate = (operation) => (isByImage(operation) ? 'refused' : undefined);
    });
    assert.equal(error?.what, `No to query ${IMAGE_LINK}.`);
  });
});

suite('the last look of a run that adds its schedule', () => {
  test('waits for nothing, and tells of each that was not told before', async () => {
    const { error, site } = await runBeside(
      (each) => {
        each.put(50, ARMED);
        each.put(51, ARMED);
        each.put(52, ARMED);
        each.put(53);
        each.put(54, DONE);
        each.put(900);
      },
      [known(50, 'waiting'), known(51, 'running'), known(52, 'draft'), known(53, 'draft')],
      'add',
    );
    assert.deepEqual([error, site.sleeps, site.told('started').length], [undefined, [], 1]);
    const [told, ...others] = site.told('also-scheduled');
    assert.deepEqual(others, []);
    assert.deepEqual(
      told?.schedules.map((text) => text.slice(0, 11)),
      ['schedule 52'],
    );
    assert.deepEqual(besideOf(site), [
      [53, 'Other 53'],
      [900, 'Other 900'],
    ]);
  });

  test('tells nothing where all was told', async () => {
    const { site } = await runBeside((each) => each.put(50, ARMED), [known(50, 'waiting')], 'add');
    assert.deepEqual([site.told('also-scheduled'), besideOf(site)], [[], []]);
  });
});
