import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { describeDefaultSite, UNUSUAL_NAMES } from '../../src/simulator/index.js';
import { siteUnderTest } from '../site-under-test.js';
import { done, get, NEVER, query, text, uint32 } from './operations.js';

const DESCRIPTION = describeDefaultSite({ updates: 0, unusualNames: true });

suite('names as the world has them', () => {
  for (const className of ['SMS_ImagePackage', 'SMS_AuthorizationList'] as const) {
    const property = className === 'SMS_ImagePackage' ? 'Name' : 'LocalizedDisplayName';
    const objects = className === 'SMS_ImagePackage' ? DESCRIPTION.images : DESCRIPTION.groups;

    test(`${className}: each is found, and nothing else with it`, async (t) => {
      const { provider } = await siteUnderTest(t, { simulator: { description: DESCRIPTION } });
      const outcomes = await provider.run(
        UNUSUAL_NAMES.map((name) => query(className, [{ property, oneOf: [name] }], property)),
        'unordered',
        NEVER,
      );
      for (const [place, name] of UNUSUAL_NAMES.entries()) {
        const found = done(outcomes[place]).map((row) => row.get(property.toLowerCase()));
        const expected = objects.filter((one) => one.name === name).map((one) => one.name);
        assert.equal(expected.length, 1, name);
        assert.deepEqual(found, expected, JSON.stringify(name));
      }
    });

    test(`${className}: all are found together, however long the question is`, async (t) => {
      const { provider, simulator } = await siteUnderTest(t, { simulator: { description: DESCRIPTION } });
      const [first = '', ...others] = UNUSUAL_NAMES;
      const [outcome] = await provider.run(
        [query(className, [{ property, oneOf: [first, ...others] }], property)],
        'unordered',
        NEVER,
      );
      const found = new Set(done(outcome).map((row) => row.get(property.toLowerCase())));
      assert.deepEqual(
        UNUSUAL_NAMES.filter((name) => !found.has(name)),
        [],
      );
      assert.ok(simulator.requests.every(({ status }) => status === 200));
    });
  }

  test('what is read by its key has its name unchanged', async (t) => {
    const { provider } = await siteUnderTest(t, { simulator: { description: DESCRIPTION } });
    const images = DESCRIPTION.images.filter(({ name }) => UNUSUAL_NAMES.includes(name));
    const groups = DESCRIPTION.groups.filter(({ name }) => UNUSUAL_NAMES.includes(name));
    const outcomes = await provider.run(
      [
        ...images.map(({ packageId }) => get('SMS_ImagePackage', { PackageID: text(packageId) })),
        ...groups.map(({ ciId }) => get('SMS_AuthorizationList', { CI_ID: uint32(ciId) })),
      ],
      'unordered',
      NEVER,
    );
    assert.deepEqual(
      outcomes.map((outcome) => done(outcome).get('name') ?? done(outcome).get('localizeddisplayname')),
      [...images, ...groups].map(({ name }) => name),
    );
  });
});
