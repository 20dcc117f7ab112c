import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { SMALL_SITE, siteUnderTest } from '../site-under-test.js';
import {
  byIds,
  done,
  draft,
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

suite('the administration service connection', () => {
  test('runs a batch in one process, each answer at the place of its operation', async (t) => {
    const { provider, simulator } = await siteUnderTest(t);
    const group = SMALL_SITE.groups.find(({ name }) => name === 'Windows 7');
    assert.ok(group);
    const [site, groups, one, image] = await provider.run(
      [
        query('SMS_Identification', [], 'ThisSiteCode'),
        query(
          'SMS_AuthorizationList',
          [{ property: 'LocalizedDisplayName', oneOf: ['Windows 7'] }],
          'CI_ID',
          'Updates',
        ),
        { verb: 'get', class: 'SMS_AuthorizationList', key: { CI_ID: uint32(group.ciId) } },
        { verb: 'get', class: 'SMS_ImagePackage', key: { PackageID: text('LAB00010') } },
      ],
      'unordered',
      NEVER,
    );
    assert.equal(done(site)[0]?.get('thissitecode'), 'LAB');
    // Lazy properties come with a read by key alone.
    assert.equal(done(groups)[0]?.get('updates'), null);
    assert.deepEqual(done(one).get('updates'), group.updates);
    const imageProperty = done(image).get('imageproperty');
    assert.match(typeof imageProperty === 'string' ? imageProperty : '', /<WIM>/);
    assert.equal(simulator.requests.length, 4);
  });

  test('every request carries its own login', async (t) => {
    const { provider, simulator } = await siteUnderTest(t);
    done((await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER))[0]);
    assert.ok(simulator.requests.length > 1);
    assert.ok(simulator.requests.every(({ authorization }) => authorization === 'bearer'));
  });

  test('cuts a long list into chunks and brings every row once', async (t) => {
    const { provider, simulator } = await siteUnderTest(t);
    const [outcome] = await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER);
    assert.deepEqual(sorted(ids(done(outcome))), sorted(SOME_IDS));
    assert.equal(simulator.requests.length, 3);
  });

  test('shrinks the chunks where the site refuses a long filter, and remembers it', async (t) => {
    const { provider, simulator } = await siteUnderTest(t, { simulator: { longestFilterTerms: 12 } });
    const operation = query('SMS_SoftwareUpdate', byIds, 'CI_ID');
    const [outcome] = await provider.run([operation], 'unordered', NEVER);
    assert.deepEqual(sorted(ids(done(outcome))), sorted(SOME_IDS));
    const before = simulator.requests.length;
    done((await provider.run([operation], 'unordered', NEVER))[0]);
    assert.equal(simulator.requests.length - before, Math.ceil(SOME_IDS.length / 12));
  });

  test('a class that is denied is told from a long filter by one short question', async (t) => {
    const { provider, simulator } = await siteUnderTest(t, {
      simulator: {
        description: {
          ...SMALL_SITE,
          access: { hidden: [], denied: [{ class: 'SMS_SoftwareUpdate', operations: ['read'] }] },
        },
      },
    });
    const [outcome] = await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER);
    const { diagnosis, words } = refusal(outcome);
    assert.equal(diagnosis.code, 'OS305');
    assert.match(words, /access denied/i);
    assert.match(diagnosis.next, /SMSProv\.log/);
    assert.equal(simulator.requests.length, 4);
  });

  for (const pagesCarryNextLink of [true, false]) {
    test(`follows pages of 100 ${pagesCarryNextLink ? 'by the link that they carry' : 'that carry no link'}`, async (t) => {
      const { provider } = await siteUnderTest(t, { simulator: { pageSize: 100, pagesCarryNextLink } });
      const [outcome] = await provider.run([query('SMS_SoftwareUpdate', [], 'CI_ID')], 'unordered', NEVER);
      const found = ids(done(outcome));
      assert.equal(found.length, SMALL_SITE.updates.length);
      assert.equal(new Set(found).size, found.length);
    });
  }

  test('a name with a backslash is found by comparing on this side, without regard to case', async (t) => {
    const { provider } = await siteUnderTest(t);
    const names = ['Domain\\Image', "it's \\ here"];
    for (const name of names) done((await provider.run([draft(name)], 'unordered', NEVER))[0]);
    for (const name of names) {
      const asked = query(
        'SMS_ImageServicingSchedule',
        [{ property: 'Name', oneOf: [name.toUpperCase()] }],
        'ScheduleID',
      );
      const rows = done((await provider.run([asked], 'unordered', NEVER))[0]);
      assert.deepEqual(
        rows.map((row) => row.get('name')),
        [name],
      );
    }
  });

  test('whatever a name holds, exactly the object of that name is found', async (t) => {
    const { provider } = await siteUnderTest(t, { simulator: { component: 'off' } });
    const hostile = [
      "O'Brien",
      "' or 1 eq 1 or Name eq '",
      'a&b=c#d%20e+f/g?h',
      '100 %',
      '日本語 🙂',
      'Ü\u0308',
      '$filter',
      '(x)',
      'a"b',
      '*',
      '{1-3}',
      '[a-z]',
    ];
    const some = fc.sample(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((name) => name.trim() !== ''),
      60,
    );
    const names = [...new Map([...hostile, ...some].map((name) => [name.toLowerCase(), name])).values()];
    const created = await provider.run(names.map(draft), 'unordered', NEVER);
    const idOf = created.map((outcome) => done(outcome).get('scheduleid'));
    const found = await provider.run(
      names.map((name) =>
        query('SMS_ImageServicingSchedule', [{ property: 'Name', oneOf: [name] }], 'ScheduleID', 'Name'),
      ),
      'unordered',
      NEVER,
    );
    for (const [place, outcome] of found.entries()) {
      const rows = done(outcome).filter((row) => row.get('name') === names[place]);
      assert.deepEqual(
        rows.map((row) => row.get('scheduleid')),
        [idOf[place]],
        names[place],
      );
    }
  });

  test('startsWith is asked for', async (t) => {
    const { provider } = await siteUnderTest(t);
    const asked = query('SMS_ImagePackage', [{ property: 'Name', startsWith: 'Windows 7' }], 'Name');
    const rows = done((await provider.run([asked], 'unordered', NEVER))[0]);
    assert.ok(rows.length > 0);
    assert.ok(ids(rows, 'name').every((name) => typeof name === 'string' && name.startsWith('Windows 7')));
  });

  test('creates, updates, deletes and calls, and reads back what it wrote', async (t) => {
    const { provider } = await siteUnderTest(t, { simulator: { component: 'off' } });
    const id = done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid');
    assert.equal(typeof id, 'number');
    const key = { ScheduleID: sint32(Number(id)) };
    const properties = {
      Name: text('two'),
      Action: sint32(1),
      Schedule: text('7913788000080000'),
      UpdateDP: { cim: 'boolean', value: true } as const,
    };
    done((await provider.run([link(Number(id), SOME_IDS[0])], 'unordered', NEVER))[0]);
    done(
      (
        await provider.run(
          [{ verb: 'update', class: 'SMS_ImageServicingSchedule', key, properties }],
          'in-order',
          NEVER,
        )
      )[0],
    );
    const read = done(
      (
        await provider.run([{ verb: 'get', class: 'SMS_ImageServicingSchedule', key }], 'unordered', NEVER)
      )[0],
    );
    assert.deepEqual([read.get('name'), read.get('action'), read.get('updatedp')], ['two', 1, true]);
    done(
      (
        await provider.run([{ verb: 'delete', class: 'SMS_ImageServicingSchedule', key }], 'unordered', NEVER)
      )[0],
    );
    const [gone] = await provider.run(
      [{ verb: 'get', class: 'SMS_ImageServicingSchedule', key }],
      'unordered',
      NEVER,
    );
    assert.equal(refusal(gone).diagnosis.code, 'OS305');
  });

  test('in order, the first refusal leaves the rest not attempted', async (t) => {
    const { provider, simulator } = await siteUnderTest(t);
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

  test('unordered, a refusal in the middle leaves the others alone', async (t) => {
    const { provider } = await siteUnderTest(t);
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

  test('describes a class as this site has it, and fetches the metadata once', async (t) => {
    const { provider, simulator } = await siteUnderTest(t);
    const describe = { verb: 'describe', class: 'SMS_ImagePackage' } as const;
    const definition = done((await provider.run([describe], 'unordered', NEVER))[0]);
    assert.ok(definition);
    assert.ok(
      definition.methods.some(
        ({ name, static: isStatic }) => name === 'RunOfflineServicingManager' && isStatic,
      ),
    );
    assert.ok(
      definition.methods.some(({ name, static: isStatic }) => name === 'ReloadImageProperties' && !isStatic),
    );
    assert.ok(definition.properties.some(({ name, kind }) => name === 'PackageID' && kind === 'text'));
    const [none] = await provider.run([{ verb: 'describe', class: 'SMS_NoSuchClass' }], 'unordered', NEVER);
    assert.equal(done(none), undefined);
    assert.equal(simulator.requests.length, 1);
  });
});
