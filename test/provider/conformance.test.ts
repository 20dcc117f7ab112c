import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import fc from 'fast-check';

import type { Instance } from '../../src/provider/instance.js';
import type { Operation, Query } from '../../src/provider/port.js';
import { smallSite, SMALL } from '../simulator/small-site.js';
import {
  CONNECTIONS,
  SMALL_SITE,
  siteUnderTest,
  type SiteUnderTest,
  type SiteUnderTestOptions,
} from '../site-under-test.js';
import {
  asItIs,
  byIds,
  done,
  draft,
  get,
  ids,
  link,
  NEVER,
  query,
  refusal,
  sint32,
  sorted,
  SOME_IDS,
  text,
  uint32,
} from './operations.js';

const NO_COMPONENT = { simulator: { component: 'off' } } as const;
const SCHEDULE = 'SMS_ImageServicingSchedule';

const CHANGED = {
  Name: text('two'),
  Action: sint32(1),
  Schedule: text('7913788000080000'),
  UpdateDP: { cim: 'boolean', value: true },
} as const;

const RUN_MANAGER = {
  verb: 'invoke',
  class: 'SMS_ImagePackage',
  method: 'RunOfflineServicingManager',
  arguments: {
    SiteCode: text('LAB'),
    ServerName: text('cm01.lab.example'),
    PackageID: text('LAB00010'),
    PackageType: uint32(257),
  },
  sinceCurrentBranch: ['PackageType'],
  decode: asItIs,
} as const;

/** What somebody would try who wants to get out of a text: of a filter, of WQL, of JSON, of PowerShell. */
const HOSTILE = [
  "O'Brien",
  "' or 1 eq 1 or Name eq '",
  "' OR 1=1 OR Name = '",
  "\\' OR '' = '",
  '"; Remove-Item -Recurse / #',
  '$(throw 1)',
  '${env:PATH} $env:PATH @(1)',
  '`$(throw 1)`n`0',
  "'; throw 1; '",
  '\u2018quoted\u2019 \u201cquoted\u201d \u201equoted\u201a',
  '\u2019; throw 1; \u2019',
  'first\nsecond\r\nthird\ttab',
  '\u2028\u2029\u0085',
  '%PATH% %s %',
  '[a-z]_%',
  'a&b=c#d%20e+f/g?h',
  '100 %',
  '日本語 🙂',
  'Ü\u0308',
  '$filter',
  '(x)',
  'a"b',
  '*',
  '{1-3} {0} {{',
  '2024-01-10T08:00:00Z',
  '/Date(1704873600000)/',
  '--% -File x',
  ' blank before and after ',
  'x'.repeat(4_000),
];

for (const { connection, skip } of CONNECTIONS) {
  const connected = async (t: TestContext, options: SiteUnderTestOptions = {}): Promise<SiteUnderTest> =>
    siteUnderTest(t, { ...options, connection });
  const check = (name: string, run: (t: TestContext) => Promise<void>): void => {
    test(name, { skip }, run);
  };

  suite(`what the port promises, over ${connection}`, () => {
    check(
      'each answer is at the place of its operation, and lazy properties come with a read by key alone',
      async (t) => {
        const { provider, simulator } = await connected(t);
        const group = SMALL_SITE.groups.find(({ name }) => name === 'Windows 7');
        assert.ok(group);
        const named = [{ property: 'LocalizedDisplayName', oneOf: ['Windows 7'] }] as const;
        const [site, groups, one, image] = await provider.run(
          [
            query('SMS_Identification', [], 'ThisSiteCode'),
            query('SMS_AuthorizationList', named, 'CI_ID', 'Updates'),
            get('SMS_AuthorizationList', { CI_ID: uint32(group.ciId) }),
            get('SMS_ImagePackage', { PackageID: text('LAB00010') }),
          ],
          'unordered',
          NEVER,
        );
        assert.equal(done(site)[0]?.get('thissitecode'), 'LAB');
        assert.equal(done(groups)[0]?.get('updates'), null);
        assert.deepEqual(done(one).get('updates'), group.updates);
        const imageProperty = done(image).get('imageproperty');
        assert.match(typeof imageProperty === 'string' ? imageProperty : '', /<WIM>/);
        // Two lists of one row each: whether the service cuts its lists there, it has not shown yet.
        assert.equal(simulator.requests.length, connection === 'wmi' ? 4 : 6);
      },
    );

    check(
      'a query that reads each row brings their lazy properties, and finds nothing where nothing is',
      async (t) => {
        const { provider, simulator } = await connected(t);
        const groups = (name: string): Query<Instance> => ({
          ...query('SMS_AuthorizationList', [{ property: 'LocalizedDisplayName', oneOf: [name] }], 'CI_ID'),
          withLazyProperties: { key: 'CI_ID', cim: 'uint32' },
        });
        const images: Query<Instance> = {
          ...query('SMS_ImagePackage', [{ property: 'Name', oneOf: ['Windows 7 Enterprise'] }], 'PackageID'),
          withLazyProperties: { key: 'PackageID', cim: 'string' },
        };
        const [found, none, read] = await provider.run(
          [groups('Monthly rollups'), groups('No such group'), images],
          'unordered',
          NEVER,
        );
        const wanted = SMALL_SITE.groups.filter(({ name }) => name === 'Monthly rollups');
        assert.ok(wanted.length > 1);
        assert.deepEqual(
          done(found).map((row) => [row.get('ci_id'), row.get('updates')]),
          wanted.map(({ ciId, updates }) => [ciId, updates]),
        );
        assert.deepEqual(done(none), []);
        for (const row of done(read)) assert.match(JSON.stringify(row.get('imageproperty')), /<WIM>/);
        const nextPages = connection === 'wmi' ? 0 : 1;
        assert.equal(simulator.requests.length, 3 + wanted.length + done(read).length + nextPages);
      },
    );

    check('a query whose rows cannot be read one by one is refused, and not half of it told', async (t) => {
      const { provider } = await connected(t, {
        simulator: { faults: [{ kind: 'refuse', request: 3 }] },
      });
      const [outcome] = await provider.run(
        [
          {
            ...query(
              'SMS_AuthorizationList',
              [{ property: 'LocalizedDisplayName', oneOf: ['Monthly rollups'] }],
              'CI_ID',
            ),
            withLazyProperties: { key: 'CI_ID', cim: 'uint32' },
          },
        ],
        'unordered',
        NEVER,
      );
      assert.equal(refusal(outcome).code, 'OS305');
    });

    check(
      'values come as what they are: dates in UTC, large numbers, truth values, lists, texts of any script',
      async (t) => {
        const update = {
          ciId: 4_294_967_294,
          articleId: '5000199',
          title: '2024-01-10T08:00:00Z 教室 🙂',
          size: 5_000_000_000,
          locales: ['Locale:9'],
          posted: '2024-06-30T23:30:15Z',
        };
        const { provider } = await connected(t, {
          simulator: {
            description: smallSite({ updates: [update], groups: [], relations: [], imageUpdates: [] }),
          },
        });
        const key = { CI_ID: uint32(update.ciId) };
        const asked = query(
          'SMS_SoftwareUpdate',
          [{ property: 'CI_ID', oneOf: [update.ciId] }],
          'CI_ID',
          'LocalizedDisplayName',
          'Size',
          'IsExpired',
          'DatePosted',
          'BulletinID',
          'UpdateLocales',
        );
        const [rows, one, image] = await provider.run(
          [asked, get('SMS_SoftwareUpdate', key), get('SMS_ImagePackage', { PackageID: text(SMALL.image) })],
          'unordered',
          NEVER,
        );
        for (const found of [done(rows)[0], done(one)]) {
          assert.ok(found);
          assert.equal(found.get('ci_id'), update.ciId);
          assert.equal(found.get('localizeddisplayname'), update.title);
          assert.equal(found.get('size'), update.size);
          assert.equal(found.get('isexpired'), false);
          assert.equal(found.get('dateposted'), update.posted);
          assert.equal(found.get('bulletinid'), '');
          assert.deepEqual(found.get('updatelocales'), update.locales);
        }
        assert.equal(done(image).get('name'), "O'Brien & Söhne 100%");
        const [localized] = done(one).get('localizedinformation') as { DisplayName: string }[];
        assert.equal(localized?.DisplayName, update.title);
      },
    );

    check('a query brings the properties that it names', async (t) => {
      const { provider } = await connected(t);
      const asked = query('SMS_ImagePackage', [], 'Name', 'Version');
      const rows = done((await provider.run([asked], 'unordered', NEVER))[0]);
      assert.ok(rows.length > 1);
      for (const row of rows) assert.deepEqual([...row.keys()].sort(), ['name', 'version']);
    });

    check('a long list brings every row once', async (t) => {
      const { provider } = await connected(t);
      const [outcome] = await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER);
      assert.deepEqual(sorted(ids(done(outcome))), sorted(SOME_IDS));
    });

    check('a list and another condition must both hold, also for truth values', async (t) => {
      const { provider } = await connected(t);
      const expired = SMALL_SITE.updates.filter((update) => update.expired).map(({ ciId }) => ciId);
      const listed = [...SOME_IDS, ...expired] as [number, ...number[]];
      const asked = query(
        'SMS_SoftwareUpdate',
        [
          { property: 'CI_ID', oneOf: listed },
          { property: 'IsExpired', oneOf: [true] },
        ],
        'CI_ID',
      );
      const [outcome] = await provider.run([asked], 'unordered', NEVER);
      assert.ok(expired.length > 0);
      assert.deepEqual(sorted([...new Set(ids(done(outcome)))]), sorted(expired));
    });

    check('a name with a backslash is found without regard to case', async (t) => {
      const { provider } = await connected(t, NO_COMPONENT);
      const names = ['Domain\\Image', "it's \\ here"];
      for (const outcome of await provider.run(names.map(draft), 'unordered', NEVER)) done(outcome);
      for (const name of names) {
        const asked = query(SCHEDULE, [{ property: 'Name', oneOf: [name.toUpperCase()] }], 'ScheduleID');
        const rows = done((await provider.run([asked], 'unordered', NEVER))[0]);
        assert.equal(rows.length, 1, name);
      }
    });

    check('whatever a name holds, it arrives as it is and exactly its object is found', async (t) => {
      const { provider, simulator } = await connected(t, NO_COMPONENT);
      const some = fc.sample(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((name) => name.trim() !== ''),
        { numRuns: 60, seed: 20_240_110 },
      );
      const names = [...new Map([...HOSTILE, ...some].map((name) => [name.toLowerCase(), name])).values()];
      const created = await provider.run(names.map(draft), 'unordered', NEVER);
      assert.deepEqual(
        created.map((outcome) => done(outcome).get('name')),
        names,
      );
      const kept = simulator.state.objects(SCHEDULE).map((schedule) => schedule['Name']);
      assert.deepEqual(new Set(kept), new Set(names));
      const found = await provider.run(
        names.map((name) => query(SCHEDULE, [{ property: 'Name', oneOf: [name] }], 'ScheduleID', 'Name')),
        'unordered',
        NEVER,
      );
      for (const [place, outcome] of found.entries()) {
        const rows = done(outcome).filter((row) => row.get('name') === names[place]);
        assert.deepEqual(ids(rows, 'scheduleid'), [done(created[place]).get('scheduleid')], names[place]);
      }
    });

    check('creates, updates, deletes and calls, and reads back what it wrote', async (t) => {
      const { provider, simulator } = await connected(t, NO_COMPONENT);
      const id = Number(done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'));
      const key = { ScheduleID: sint32(id) };
      const writes = await provider.run(
        [link(id, SOME_IDS[0]), { verb: 'update', class: SCHEDULE, key, properties: CHANGED }, RUN_MANAGER],
        'in-order',
        NEVER,
      );
      assert.equal(done(writes[1]), undefined);
      assert.equal(done(writes[2]).get('returnvalue'), 0);
      assert.equal(simulator.state.objects('SMS_ImageServicingScheduledUpdate').length, 1);
      const read = done((await provider.run([get(SCHEDULE, key)], 'unordered', NEVER))[0]);
      assert.deepEqual([read.get('name'), read.get('action'), read.get('updatedp')], ['two', 1, true]);
      const removed = await provider.run([{ verb: 'delete', class: SCHEDULE, key }], 'in-order', NEVER);
      assert.equal(done(removed[0]), undefined);
      const [gone] = await provider.run([get(SCHEDULE, key)], 'unordered', NEVER);
      assert.equal(refusal(gone).code, 'OS305');
      assert.equal(simulator.state.objects(SCHEDULE).length, 0);
    });

    check('describes a class as this site has it, and a class that it has not', async (t) => {
      const { provider } = await connected(t);
      const [one, none] = await provider.run(
        [
          { verb: 'describe', class: 'SMS_ImagePackage' },
          { verb: 'describe', class: 'SMS_NoSuchClass' },
        ],
        'unordered',
        NEVER,
      );
      const definition = done(one);
      const isStatic = (method: string): boolean | undefined =>
        definition?.methods.find(({ name }) => name === method)?.static;
      assert.equal(isStatic('RunOfflineServicingManager'), true);
      assert.equal(isStatic('ReloadImageProperties'), false);
      const kindOf = (property: string): string | undefined =>
        definition?.properties.find(({ name }) => name === property)?.kind;
      assert.deepEqual(['PackageID', 'PackageType', 'SourceDate'].map(kindOf), ['text', 'integer', 'date']);
      assert.equal(done(none), undefined);
    });

    check('in order, the first refusal leaves the rest not attempted', async (t) => {
      const { provider, simulator } = await connected(t, NO_COMPONENT);
      const id = Number(done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'));
      const before = simulator.requests.length;
      const outcomes = await provider.run(
        [link(id, SOME_IDS[0]), link(1, 1), link(id, SOME_IDS[1]), link(id, SOME_IDS[2])],
        'in-order',
        NEVER,
      );
      assert.deepEqual(
        outcomes.map(({ state }) => state),
        ['done', 'refused', 'not-attempted', 'not-attempted'],
      );
      assert.equal(simulator.requests.length - before, 2);
    });

    check('unordered, a refusal in the middle leaves the others alone', async (t) => {
      const { provider } = await connected(t, NO_COMPONENT);
      const id = Number(done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'));
      const outcomes = await provider.run(
        [link(id, SOME_IDS[0]), link(1, 1), link(id, SOME_IDS[1])],
        'unordered',
        NEVER,
      );
      assert.deepEqual(
        outcomes.map(({ state }) => state),
        ['done', 'refused', 'done'],
      );
    });

    check('a class that is denied is told in the words of the site, with the log to look into', async (t) => {
      const denied = [{ class: 'SMS_SoftwareUpdate', operations: ['read'] }] as const;
      const { provider } = await connected(t, {
        simulator: { description: { ...SMALL_SITE, access: { hidden: [], denied } } },
      });
      const [outcome] = await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER);
      const diagnosis = refusal(outcome);
      assert.equal(diagnosis.code, 'OS305');
      assert.match(diagnosis.what, /access denied/i);
      assert.match(
        diagnosis.cause,
        /denies this operation to the (account of this process|user of the token)\. .* right Read on Software Updates\.$/,
      );
      assert.match(diagnosis.next, /SMSProv\.log/);
    });

    check('1,000 operations in one batch', async (t) => {
      const { provider, simulator } = await connected(t, NO_COMPONENT);
      const id = Number(done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'));
      const updates = SMALL_SITE.updates.map(({ ciId }) => ciId);
      const writes = updates.map((update) => link(id, update));
      const reads = Array.from({ length: 1_000 - writes.length }, (_, place): Operation => {
        const ciId = updates[place % updates.length] ?? 0;
        return get('SMS_SoftwareUpdate', { CI_ID: uint32(ciId) });
      });
      const outcomes = await provider.run([...writes, ...reads], 'unordered', NEVER);
      assert.equal(outcomes.length, 1_000);
      assert.ok(outcomes.every(({ state }) => state === 'done'));
      assert.equal(simulator.state.objects('SMS_ImageServicingScheduledUpdate').length, updates.length);
    });
  });
}
