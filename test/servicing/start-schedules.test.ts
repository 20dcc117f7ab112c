import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Operation } from '../../src/provider/port.js';
import { NEVER_DUE, onceAt } from '../../src/site/schedule-token.js';
import { inWriting, intended, SCHEDULE, SiteInMemory, writeTo, type Fate } from './site-in-memory.js';

const WAKE = 'call SMS_ImagePackage.RunOfflineServicingManager';
const isWake = ({ verb }: Operation): boolean => verb === 'invoke';
const isUpdate = ({ verb }: Operation): boolean => verb === 'update';

function siteWith(fate: (operation: Operation, batch: number) => Fate): SiteInMemory {
  const site = new SiteInMemory();
  site.fate = fate;
  return site;
}

/** The batches that come after those that create and link. */
const startsOf = (site: SiteInMemory): readonly (readonly string[])[] => site.batches.slice(2);

suite('the start of schedules', () => {
  test('gives each its action and its token, and wakes the component for it', async () => {
    const site = new SiteInMemory();
    const later = {
      kind: 'later',
      at: Date.UTC(2030, 5, 1),
      token: onceAt(Date.UTC(2030, 5, 1)),
      told: 'in June',
    } as const;
    const schedules = inWriting(intended(1), intended(2, { start: later }));
    await writeTo(site, schedules);
    assert.deepEqual(
      site.rows(SCHEDULE).map(({ Action, Schedule }) => [Action, Schedule]),
      [
        [1, onceAt(site.now)],
        [0, later.token],
      ],
    );
    const siteServer = 'cm01.lab.example';
    assert.deepEqual(site.told('started'), [
      { kind: 'started', scheduleId: 101, siteServer, startsAt: undefined },
      { kind: 'started', scheduleId: 102, siteServer, startsAt: 'in June' },
    ]);
  });

  test('as the console does it only wakes the component', async () => {
    const site = new SiteInMemory();
    assert.equal((await writeTo(site, inWriting(), 'as-console')).error, undefined);
    assert.deepEqual(startsOf(site), [[WAKE]]);
  });

  test('that was lost and took effect is not sent again: only the component is woken', async () => {
    const site = siteWith((operation) => (isUpdate(operation) ? 'lost' : undefined));
    assert.equal((await writeTo(site)).error, undefined);
    assert.deepEqual(startsOf(site), [[`update ${SCHEDULE}(101)`, WAKE], [`read ${SCHEDULE}(101)`], [WAKE]]);
    assert.deepEqual(site.sleeps, [2_500]);
  });

  test('that was lost and took no effect is sent again, once it would have become visible', async () => {
    const site = siteWith((operation, batch) => (isUpdate(operation) && batch === 3 ? 'unsent' : undefined));
    assert.equal((await writeTo(site)).error, undefined);
    assert.deepEqual(startsOf(site).at(-1), [`update ${SCHEDULE}(101)`, WAKE]);
    assert.equal(
      site.sleeps.reduce((sum, each) => sum + each, 0),
      12_000,
    );
    assert.equal(site.rows(SCHEDULE)[0]?.['Action'], 1);
  });

  test('whose token the site gives back in lower case counts as seen', async () => {
    const site = siteWith((operation) => (isUpdate(operation) ? 'lost' : undefined));
    site.before = (batch) => {
      const [row] = site.rows(SCHEDULE);
      if (batch > 3 && row !== undefined)
        row['Schedule'] = JSON.stringify(row['Schedule']).slice(1, -1).toLowerCase();
    };
    site.now = Date.UTC(2024, 9, 11, 10, 43);
    await writeTo(site);
    assert.equal(
      startsOf(site)
        .flat()
        .filter((each) => each.startsWith('update')).length,
      1,
    );
  });

  test('is tried three times in all, and ends with the reason of what was not done', async () => {
    for (const [which, what, sent] of [
      [isUpdate, `No to update ${SCHEDULE}(101).`, 3],
      [isWake, `No to ${WAKE}.`, 1],
    ] as const) {
      const site = siteWith((operation) => (which(operation) ? 'unsent' : undefined));
      assert.equal((await writeTo(site)).error?.what, what);
      assert.equal(
        startsOf(site)
          .flat()
          .filter((each) => each.startsWith('update')).length,
        sent,
      );
      assert.equal(startsOf(site).filter((batch) => batch.includes(WAKE)).length, 3);
      assert.deepEqual(site.told('started'), []);
    }
  });

  test('of several goes on for the rest, and each that is done gives the others new tries', async () => {
    let wakes = 0;
    const site = siteWith((operation) => {
      if (!isWake(operation)) return undefined;
      wakes++;
      return [1, 2, 4, 5].includes(wakes) ? 'unsent' : undefined;
    });
    const schedules = inWriting(intended(1), intended(2), intended(3));
    assert.equal((await writeTo(site, schedules)).error, undefined);
    assert.deepEqual(
      site.told('started').map(({ scheduleId }) => scheduleId),
      [101, 102, 103],
    );
    assert.equal(wakes, 7);
    assert.ok(schedules.every(({ startSent }) => startSent));
  });

  test('of one behind the first that is lost is not attempted, and stays a draft', async () => {
    const site = siteWith((operation) => (isUpdate(operation) ? 'unsent' : undefined));
    await writeTo(site, inWriting(intended(1), intended(2)));
    assert.deepEqual(
      site.rows(SCHEDULE).map(({ Schedule }) => Schedule),
      [NEVER_DUE, NEVER_DUE],
    );
    assert.ok(!startsOf(site).flat().includes(`read ${SCHEDULE}(102)`));
  });

  test('whose update was lost is not done, although the component was woken: it may have been for a draft', async () => {
    const site = siteWith((operation, batch) => (isUpdate(operation) && batch === 3 ? 'unsent' : undefined));
    site.goesOn = true;
    assert.equal((await writeTo(site)).error, undefined);
    assert.equal(site.rows(SCHEDULE)[0]?.['Action'], 1);
    assert.equal(site.told('started').length, 1);
  });

  test('that is refused ends the run with that reason, and nothing more is sent', async () => {
    const site = siteWith((operation) => (isUpdate(operation) ? 'refused' : undefined));
    assert.equal((await writeTo(site)).error?.what, `No to update ${SCHEDULE}(101).`);
    assert.equal(startsOf(site).length, 1);
  });

  test('of a run that was cancelled is not tried again', async () => {
    const site = siteWith((operation) => (isWake(operation) ? 'unsent' : undefined));
    site.before = (batch) => {
      if (batch === 3) site.cancel.abort();
    };
    assert.equal((await writeTo(site)).error?.code, 'OS501');
    assert.equal(startsOf(site).length, 1);
  });
});

suite('a call of the method', () => {
  test('succeeded with 0, null or no value, and with no other', async () => {
    const codeWith = async (
      value: number | string | boolean | null | undefined,
    ): Promise<string | undefined> => {
      const site = new SiteInMemory();
      site.returnValue = value;
      const { error } = await writeTo(site);
      if (error !== undefined)
        assert.ok(error.what.endsWith(`returned ${JSON.stringify(value)}.`), error.what);
      return error?.code;
    };
    for (const value of [0, null, undefined]) assert.equal(await codeWith(value), undefined, String(value));
    for (const value of [1, -1, '', '0', false, true])
      assert.equal(await codeWith(value), 'OS305', String(value));
  });

  test('that is refused is explained by what the class of the site has', async () => {
    const causeWith = async (
      names: readonly string[] | undefined,
      fate?: Fate,
    ): Promise<string | undefined> => {
      const site = siteWith((operation) =>
        isWake(operation) ? 'refused' : operation.verb === 'describe' ? fate : undefined,
      );
      site.definition =
        names === undefined
          ? undefined
          : {
              class: 'SMS_ImagePackage',
              properties: [],
              methods: names.map((name) => ({ name, static: true })),
            };
      const { error } = await writeTo(site);
      assert.equal(error?.what, `No to ${WAKE}.`);
      return error.cause;
    };
    assert.equal(await causeWith(undefined), 'c');
    assert.equal(await causeWith(['Other'], 'refused'), 'c');
    assert.equal(await causeWith(['Other', 'runOfflineServicingMANAGER']), 'c');
    assert.match((await causeWith(['Other'])) ?? '', /does not expose/);
    assert.match((await causeWith([])) ?? '', /does not expose/);
  });
});
