import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { SMALL_SITE, siteUnderTest } from '../site-under-test.js';
import { byIds, done, ids, NEVER, query, refusal, sorted, SOME_IDS } from './operations.js';

suite('the administration service connection', () => {
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
    const diagnosis = refusal(outcome);
    assert.equal(diagnosis.code, 'OS305');
    assert.match(diagnosis.what, /access denied/i);
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
