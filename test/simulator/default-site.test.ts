import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FAMILY_ARTICLE } from '../../src/simulator/default-families.js';
import { describeDefaultSite, type DefaultSiteOptions } from '../../src/simulator/default-site.js';
import { UNUSUAL_NAMES } from '../../src/simulator/default-names.js';
import { foldText } from '../../src/simulator/odata-filter.js';
import { parseSiteDescription } from '../../src/simulator/parse-site-description.js';
import type { SiteDescription, UpdateDescription } from '../../src/simulator/site-description.js';
import { progressOf, start, stateOf } from './life-of-a-run.js';
import { serve } from './site-client.js';

const groupNamed = (site: SiteDescription, name: string): readonly number[] => {
  const [group, ...more] = site.groups.filter((one) => one.name === name);
  assert.ok(group !== undefined && more.length === 0, name);
  return group.updates;
};
const byId = (site: SiteDescription): ReadonlyMap<number, UpdateDescription> =>
  new Map(site.updates.map((update) => [update.ciId, update]));
const usable = (update: UpdateDescription | undefined): boolean =>
  update !== undefined &&
  !update.expired &&
  !update.superseded &&
  update.contentProvisioned &&
  update.offlineServiceable;
/** The status of an update on each index of an image, 0 where there is no row. */
const statuses = (site: SiteDescription, packageId: string, ciId: number): number[] => {
  const image = site.images.find((one) => one.packageId === packageId);
  return (image?.indexes ?? []).map(
    (_, at) =>
      site.imageUpdates.find(
        (row) => row.packageId === packageId && row.ciId === ciId && row.index === at + 1,
      )?.status ?? 0,
  );
};
const imageNamed = (site: SiteDescription, name: string): string => {
  const found = site.images.filter((one) => one.name === name);
  assert.equal(found.length, 1, name);
  return found[0]?.packageId ?? '';
};

suite('the default site', () => {
  test('one seed makes exactly one site, another seed another', () => {
    const json = (seed: number): string => JSON.stringify(describeDefaultSite({ seed, updates: 2000 }));
    assert.equal(json(7), json(7));
    assert.notEqual(json(7), json(8));
    assert.equal(
      JSON.stringify(describeDefaultSite()),
      JSON.stringify(describeDefaultSite({ seed: 1, updates: 5000 })),
    );
  });

  test('has as many updates as asked for, each with its own CI_ID', () => {
    for (const count of [0, 500, 5000]) {
      const { updates } = describeDefaultSite({ updates: count });
      assert.ok(count === 0 ? updates.length < 100 : updates.length === count);
      assert.equal(new Set(updates.map((one) => one.ciId)).size, updates.length);
      assert.ok(updates.every((one) => one.ciId < 2 ** 31));
    }
  });

  test('every update of "Windows 7" can be used for "Windows 7 Enterprise", whatever the seed', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const site = describeDefaultSite({ seed, updates: 300 });
      const updates = byId(site);
      const image = imageNamed(site, 'Windows 7 Enterprise');
      const group = groupNamed(site, 'Windows 7');
      assert.ok(group.length >= 35 && group.length <= 45);
      assert.equal(new Set(group).size, group.length);
      for (const ciId of group) {
        assert.ok(usable(updates.get(ciId)));
        assert.ok(statuses(site, image, ciId).every((status) => [0, 1, 3].includes(status)));
        assert.ok(!site.relations.some((one) => one.from === ciId || one.to === ciId));
      }
    }
  });

  test('"Windows Server 2022" has one of each reason against, whatever the seed', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const site = describeDefaultSite({ seed, updates: 300 });
      const updates = byId(site);
      const image = imageNamed(site, 'Windows Server 2022');
      const group = groupNamed(site, 'Windows Server 2022');
      const count = (test: (update: UpdateDescription | undefined, ciId: number) => boolean): number =>
        group.filter((ciId) => test(updates.get(ciId), ciId)).length;
      assert.equal(
        count((update) => update === undefined),
        1,
      );
      assert.equal(
        count((update) => update?.expired === true),
        2,
      );
      assert.equal(
        count((update) => update?.superseded === true),
        2,
      );
      assert.equal(
        count((update) => update?.contentProvisioned === false),
        1,
      );
      assert.equal(
        count((update) => update?.offlineServiceable === false),
        1,
      );
      const installed = (status: number): boolean => status === 2 || status === 5;
      assert.equal(
        count((_, ciId) => statuses(site, image, ciId).every(installed)),
        2,
      );
      assert.equal(
        count((_, ciId) => statuses(site, image, ciId).filter(installed).length === 1),
        1,
      );
      assert.ok(
        count((update, ciId) => usable(update) && !statuses(site, image, ciId).every(installed)) >= 12,
      );
      for (const ciId of group.filter((one) => updates.get(one)?.superseded === true)) {
        assert.ok(site.relations.some((one) => one.to === ciId && group.includes(one.from)));
      }
    }
  });

  test('services "Windows 7 Enterprise", and fails the upgrade package at one update, whatever the seed', async (context) => {
    for (let seed = 0; seed < 5; seed += 1) {
      const description = describeDefaultSite({ seed, updates: 300 });
      const site = await serve(context, { description, servicingMilliseconds: 1000 });
      const usableOf = (group: string): number[] =>
        groupNamed(description, group).filter((ciId) => usable(byId(description).get(ciId)));
      const runs = [
        await start(site, { images: ['LAB00010'], updates: usableOf('Windows 7') }),
        await start(site, { images: ['LAB00020'], updates: usableOf('Windows 10 22H2 upgrade') }),
      ];
      site.clock.advance(2000);
      assert.deepEqual(
        runs.map((id) => stateOf(site, id)),
        [3, 4],
      );
      const [failedUpdate] = description.servicing?.updates ?? [];
      assert.deepEqual(progressOf(site, runs[1] ?? 0), [[3, failedUpdate?.ciId, 0x80073712 | 0]]);
    }
  });

  test('has names that are not unique, an empty group and names of the whole world', () => {
    const site = describeDefaultSite();
    const names = (list: readonly { readonly name: string }[]): string[] => list.map((one) => one.name);
    for (const list of [names(site.images), names(site.groups)]) {
      assert.ok(new Set(list).size < list.length);
      assert.ok(list.some((name) => /[äöüÄÖÜß]/u.test(name)));
      assert.ok(list.some((name) => /\p{Script=Han}/u.test(name)));
      assert.ok(list.some((name) => name.includes('\\') && name.includes("'")));
    }
    assert.ok(site.groups.some((group) => group.updates.length === 0));
    assert.ok(site.images.some((image) => image.kind === 'upgrade-package'));
    assert.ok(site.images.some((image) => image.sourceSite !== site.site.code));
    assert.equal(site.site.code, 'LAB');
    assert.equal(site.otherSites.length, 2);
  });

  test('its bulk is a plausible mix: several CI_IDs of an article, chains of superseding', () => {
    const site = describeDefaultSite();
    const share = (test: (update: UpdateDescription) => boolean): number =>
      site.updates.filter(test).length / site.updates.length;
    assert.ok(share((one) => one.superseded) > 0.5 && share((one) => one.superseded) < 0.95);
    assert.ok(share((one) => one.expired) > 0.1 && share((one) => one.expired) < 0.5);
    assert.ok(share((one) => one.contentProvisioned) > 0.2);
    assert.ok(share((one) => !one.offlineServiceable) > 0.02);
    assert.ok(new Set(site.updates.map((one) => one.articleId)).size < site.updates.length * 0.8);
    assert.ok(site.updates.every((one) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u.test(one.posted)));
    const updates = byId(site);
    for (const { from, to, type } of site.relations) {
      assert.equal(type, 6);
      const [newer, older] = [updates.get(from), updates.get(to)];
      assert.ok(newer !== undefined && older?.superseded === true && older.posted <= newer.posted);
    }
  });

  test('the end of a supersedence that is newer can be either, and flags and dates tell which', () => {
    for (const supersedence of ['from-newer', 'from-older'] as const) {
      const site = describeDefaultSite({ updates: 1000, supersedence });
      const updates = byId(site);
      assert.ok(site.relations.length > 100);
      for (const relation of site.relations) {
        const [from, to] = [updates.get(relation.from), updates.get(relation.to)];
        const [newer, older] = supersedence === 'from-newer' ? [from, to] : [to, from];
        assert.ok(newer !== undefined && older !== undefined);
        assert.ok(older.superseded && older.posted <= newer.posted);
      }
    }
  });

  test('one article stands for a CI_ID of each product, architecture and revision, whatever the seed', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const site = describeDefaultSite({ seed, updates: 300 });
      const family = site.updates.filter((one) => one.articleId === FAMILY_ARTICLE);
      assert.equal(family.length, 6);
      // The two revisions have one title.
      assert.equal(new Set(family.map((one) => one.title)).size, 5);
      const applicable = (packageId: string): number[] =>
        family
          .filter((one) => statuses(site, packageId, one.ciId).every((status) => status === 3))
          .map((one) => family.indexOf(one));
      assert.deepEqual(applicable('LAB00013'), [0]);
      assert.deepEqual(applicable('LAB00011'), [2, 5]);
      assert.ok(family[2]?.superseded === true && family[5]?.superseded === false);
      assert.ok(site.relations.some((one) => one.from === family[5]?.ciId && one.to === family[2]?.ciId));
    }
  });

  test('the upgrade package has a group of its own, and updates that are applicable to it', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const site = describeDefaultSite({ seed, updates: 300 });
      const updates = byId(site);
      const group = groupNamed(site, 'Windows 10 22H2 upgrade');
      const image = imageNamed(site, 'Windows 10 Upgrade');
      assert.equal(group.filter((ciId) => usable(updates.get(ciId))).length, 7);
      assert.equal(group.filter((ciId) => updates.get(ciId)?.superseded === true).length, 1);
      const rows = group.map((ciId) => statuses(site, image, ciId));
      assert.deepEqual(rows, [...Array.from({ length: 7 }, () => [3, 3]), [0, 0]]);
    }
  });

  test('has images with work in progress, of another site, and without a single row', () => {
    const site = describeDefaultSite();
    const counts = site.images.map(
      ({ packageId }) => site.imageUpdates.filter((row) => row.packageId === packageId).length,
    );
    assert.ok(counts.includes(0));
    assert.ok(site.images.some((image) => image.actionInProgress !== 0));
    assert.ok(site.images.some((image) => image.sourceSite === 'REM'));
    for (const { packageId } of site.images.filter((_, at) => counts[at] !== 0)) {
      assert.ok(site.imageUpdates.some((row) => row.packageId === packageId && row.status === 3));
    }
  });

  test('has one property that may remove superseded updates, or none, or several', () => {
    const names = (options: DefaultSiteOptions): string[] =>
      describeDefaultSite(options).classes.flatMap((change) => change.addProperties.map((one) => one.name));
    assert.deepEqual(names({}), ['SimulatedSupersededCleanup']);
    assert.deepEqual(names({ cleanupProperties: [] }), []);
    assert.deepEqual(names({ cleanupProperties: ['CleanUp', 'ResetBase'] }), ['CleanUp', 'ResetBase']);
  });

  test('has an image and a group of each unusual name, where it is asked for them', () => {
    const site = describeDefaultSite({ updates: 0, unusualNames: true });
    assert.equal(new Set(UNUSUAL_NAMES.map(foldText)).size, UNUSUAL_NAMES.length);
    for (const name of UNUSUAL_NAMES) {
      assert.equal(site.images.filter((one) => one.name === name).length, 1);
      assert.equal(groupNamed(site, name).length, groupNamed(site, 'Windows Server 2022').length);
    }
    assert.deepEqual(parseSiteDescription(JSON.stringify(site)), site);
    assert.deepEqual(parseSiteDescription('{"extends":"default","size":0,"unusualNames":true}'), site);
  });

  test('tells its time zone in the form that a real site was seen to use', async (context) => {
    const zoneOf = async (site: SiteDescription['site']): Promise<unknown> => {
      const served = await serve(context, { description: { ...describeDefaultSite({ updates: 0 }), site } });
      return (await served.object("SMS_Site('LAB')"))['TimeZoneInfo'];
    };
    const { site } = describeDefaultSite({ updates: 0 });
    assert.equal(
      await zoneOf(site),
      'FFFFFFC4 0000 000A 0000 0005 0003 0000 0000 0000 00000000 0000 0003 0000 0005 0002 0000 0000 0000 FFFFFFC4',
    );
    // Recorded, of a site on the west coast of North America.
    const pacific = {
      minutes: 60,
      begins: { month: 3, weekday: 0, week: 2, hour: 2 },
      ends: { month: 11, weekday: 0, week: 1, hour: 2 },
    };
    assert.equal(
      await zoneOf({ ...site, utcOffsetMinutes: -480, daylight: pacific }),
      '000001E0 0000 000B 0000 0001 0002 0000 0000 0000 00000000 0000 0003 0000 0002 0002 0000 0000 0000 FFFFFFC4',
    );
    assert.match(
      String(await zoneOf({ ...site, utcOffsetMinutes: 330, daylight: null })),
      /^FFFFFEB6( 0{4}){8} 0{8}( 0{4}){8} 0{8}$/u,
    );
  });

  test('a benchmark group has as many usable updates as asked for, with a row on every index', () => {
    const site = describeDefaultSite({ updates: 2000, groupOf: 300 });
    const updates = byId(site);
    const group = groupNamed(site, 'Benchmark');
    assert.equal(new Set(group).size, 300);
    const rows = site.imageUpdates.filter((row) => row.packageId === 'LAB00011' && row.status === 3);
    const counts = new Map<number, number>();
    for (const row of rows) {
      counts.set(row.ciId, (counts.get(row.ciId) ?? 0) + 1);
    }
    assert.ok(group.every((ciId) => usable(updates.get(ciId)) && counts.get(ciId) === 3));
    assert.equal(site.updates.length, 2000);
    assert.ok(!describeDefaultSite().groups.some((one) => one.name === 'Benchmark'));
  });

  test('is a description that its own reader takes', () => {
    const site = describeDefaultSite({ updates: 400, groupOf: 5 });
    assert.deepEqual(parseSiteDescription(JSON.stringify(site)), site);
  });

  test('is served with 100,000 updates: lookups read no more than they find, a list has every row', async (context) => {
    const description = describeDefaultSite({ updates: 100_000, groupOf: 300 });
    const site = await serve(context, { description });
    const group = groupNamed(description, 'Benchmark');
    for (let at = 0; at < group.length; at += 50) {
      const ids = group.slice(at, at + 50);
      const rows = await site.rows('SMS_SoftwareUpdate', {
        $select: 'CI_ID',
        $filter: ids.map((ciId) => `CI_ID eq ${ciId}`).join(' or '),
      });
      assert.deepEqual(
        rows.map((row) => row['CI_ID']),
        ids,
      );
      const visited = [
        ...site.running.state.accountRows('SMS_SoftwareUpdate', { property: 'CI_ID', values: ids }),
      ];
      assert.equal(visited.length, 50);
    }
    const expired = await site.rows('SMS_SoftwareUpdate', { $select: 'CI_ID', $filter: 'IsExpired eq true' });
    assert.equal(expired.length, description.updates.filter((one) => one.expired).length);
    const all = await site.rows('SMS_SoftwareUpdate');
    assert.equal(all.length, 100_000);
    const record = site.running.requests.at(-1);
    assert.equal(record?.rows, 100_000);
    assert.ok(record.bytes > 50_000_000);
  });
});

suite('the OS versions of the default site', () => {
  const buildOf = (version: string): number => Number(version.split('.')[2]);

  test('are of releases that can be serviced, with one that the vendor no longer supports', () => {
    const { images } = describeDefaultSite({ updates: 0, unusualNames: true });
    const unsupported = images.filter(({ osVersion }) => buildOf(osVersion) >= 22_621);
    assert.deepEqual(
      unsupported.map(({ name, osVersion }) => [name, osVersion]),
      [['Windows 11 Enterprise 24H2', '10.0.26100.1742']],
    );
    assert.ok(
      images.every(({ indexVersions, information }) => indexVersions?.length === 0 && information === null),
    );
  });

  test('fit the names of the images, and no title names a release that an image of its group lacks', () => {
    const site = describeDefaultSite({ updates: 300 });
    const updates = byId(site);
    const titled = (group: string): readonly string[] =>
      groupNamed(site, group).flatMap((ciId) => updates.get(ciId)?.title ?? []);
    const fits = {
      'Windows Server 2022': 20_348,
      'Windows 10 Upgrade': 19_045,
      'Windows 7 Enterprise': 7_601,
    };
    for (const [name, build] of Object.entries(fits)) {
      const image = site.images.find((one) => one.name === name);
      assert.equal(buildOf(image?.osVersion ?? ''), build, name);
    }
    const tool = /^Windows Malicious Software Removal Tool x64 - v5\.\d+ \(KB890830\)$/u;
    assert.ok(
      titled('Windows Server 2022').every(
        (title) => tool.test(title) || title.includes('Microsoft server operating system version 21H2'),
      ),
    );
    assert.equal(titled('Windows Server 2022').filter((title) => tool.test(title)).length, 1);
    assert.ok(titled('Windows 10 22H2 upgrade').every((title) => title.includes('Windows 10 Version 22H2')));
    assert.ok(titled('Windows 11 24H2').every((title) => title.includes('Windows 11 Version 24H2')));
  });

  test('have no servicing stack update where the cumulative update holds it', () => {
    const { updates } = describeDefaultSite();
    const stacks = updates.filter(({ title }) => title.includes('Servicing Stack Update'));
    assert.ok(stacks.length > 0);
    assert.ok(
      stacks.every(({ title }) => /Windows (?:10 Version 1809|Server 2016|Server 2019)/u.test(title)),
    );
  });
});
