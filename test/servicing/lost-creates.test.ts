import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Operation } from '../../src/provider/port.js';
import { removeStrayDrafts } from '../../src/write/marked-schedules.js';
import {
  inWriting,
  intended,
  SCHEDULE,
  SiteInMemory,
  written,
  writeTo,
  type Fate,
} from './site-in-memory.js';

const isCreate = (operation: Operation): boolean =>
  operation.verb === 'create' && operation.class === SCHEDULE;
const isByName = (operation: Operation): boolean =>
  operation.verb === 'query' && operation.where.some(({ property }) => property === 'Name');

function siteWith(fate: (operation: Operation, batch: number) => Fate): SiteInMemory {
  const site = new SiteInMemory();
  site.fate = fate;
  return site;
}

const idsAt = (site: SiteInMemory): readonly unknown[] =>
  site.rows(SCHEDULE).map(({ ScheduleID }) => ScheduleID);

suite('a schedule whose creation had no response', () => {
  test('is found by its name, and is not created again', async () => {
    const site = siteWith((operation) => (isCreate(operation) ? 'lost' : undefined));
    const schedules = inWriting(intended(1), intended(2));
    assert.equal((await writeTo(site, schedules)).error, undefined);
    assert.deepEqual(idsAt(site), [101, 102]);
    assert.deepEqual(
      schedules.map(({ scheduleId }) => scheduleId),
      [101, 102],
    );
    assert.equal(site.told('looking-up')[0]?.what, 'a schedule named "Run of image 1" and 1 more');
    assert.deepEqual(site.sleeps, [2_500, 12_000], 'the second wait is that for strays');
  });

  test('is waited for until each shows, as long as it can be invisible', async () => {
    const site = siteWith((operation) => (isCreate(operation) ? 'lost' : undefined));
    site.shows = (operation, row) =>
      !isByName(operation) || row['Name'] !== 'Run of image 2' || site.sleeps.length > 1;
    assert.equal((await writeTo(site, inWriting(intended(1), intended(2)))).error, undefined);
    assert.deepEqual(site.sleeps.slice(0, 2), [2_500, 3_750]);
    assert.deepEqual(idsAt(site), [101, 102]);
  });

  test('and that never shows is created again', async () => {
    const site = siteWith((operation, batch) => (isCreate(operation) && batch === 1 ? 'unsent' : undefined));
    const [first] = inWriting();
    assert.equal((await writeTo(site, [first])).error, undefined);
    assert.equal(site.told('looking-up')[0]?.what, 'a schedule named "Run of image 1"');
    assert.deepEqual([idsAt(site), first.mayHaveUnknown], [[101], true]);
    assert.equal(
      site.sleeps.reduce((sum, each) => sum + each, 0),
      24_000,
    );
  });

  test('is not taken for one whose name differs in case, or that has none', async () => {
    const site = siteWith((operation, batch) => (isCreate(operation) && batch === 1 ? 'unsent' : undefined));
    site.put(50, { Name: 'RUN OF IMAGE 1' }, 'LAB00009');
    assert.equal((await writeTo(site)).error, undefined);
    assert.deepEqual(idsAt(site), [50, 101]);
  });
});

suite('strays of a run', () => {
  test('are removed where they are drafts, and told where they are not or stay', async () => {
    const site = siteWith((operation) =>
      operation.verb === 'delete' && operation.key['ScheduleID']?.value === 103 ? 'refused' : undefined,
    );
    const kept = written(site, 'whole');
    for (const change of [
      {},
      {},
      { Action: 1 },
      { Schedule: '7913788000080000' },
      { Name: 'RUN OF IMAGE 1' },
    ])
      site.rows(SCHEDULE).push({ ...site.rows(SCHEDULE)[0], ScheduleID: site.nextId++, ...change });
    await removeStrayDrafts(site.access, [kept]);
    assert.deepEqual(idsAt(site), [101, 103, 104, 105, 106]);
    assert.deepEqual(
      site.told('stray-schedule-left').map(({ scheduleId, name }) => [scheduleId, name]),
      [103, 104, 105].map((id) => [id, 'Run of image 1']),
    );
    assert.equal(site.batches.length, 2);
  });

  test('that do not exist need no delete', async () => {
    const site = new SiteInMemory();
    const kept = [written(site, 'whole', intended(1)), written(site, 'whole', intended(2))];
    await removeStrayDrafts(site.access, kept);
    assert.deepEqual([site.batches, site.progress], [[[`query ${SCHEDULE}`]], []]);
    await removeStrayDrafts(site.access, []);
    assert.equal(site.batches.length, 1);
  });

  test('that cannot be looked for are told, and a defect is not hidden', async () => {
    const site = siteWith(() => 'refused');
    await removeStrayDrafts(site.access, [written(site, 'whole')]);
    assert.deepEqual(site.progress, [
      { kind: 'stray-schedule-left', scheduleId: undefined, name: 'Run of image 1' },
    ]);
    site.fate = () => {
      throw new TypeError('A defect.');
    };
    await assert.rejects(removeStrayDrafts(site.access, [written(site, 'whole')]), TypeError);
  });
});
