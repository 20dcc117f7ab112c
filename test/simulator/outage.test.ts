import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { IMAGE_MINUTES, MINUTE, siteWith, start, stateOf } from './life-of-a-run.js';
import { until, type Site } from './site-client.js';

/** As a new client, which has no connection yet. */
const reaches = async (site: Site): Promise<number | string> => {
  try {
    return (await site.ask('GET', '/wmi/SMS_Site', { headers: { connection: 'close' } })).status;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
};

suite('a site that goes away and comes back', () => {
  test('refuses connections for a time, while the servicing goes on', async (context) => {
    const outages = [{ after: 10 * MINUTE, time: 20 * MINUTE }];
    const site = await siteWith(context, { outages });
    const id = await start(site);
    site.clock.advance(10 * MINUTE - 1);
    assert.equal(await reaches(site), 200);
    site.clock.advance(1);
    assert.ok(site.running.isAway());
    assert.equal(await reaches(site), 'ECONNREFUSED');
    site.clock.advance(20 * MINUTE);
    await until(() => !site.running.isAway());
    assert.equal(await reaches(site), 200);
    site.clock.advance((IMAGE_MINUTES - 30) * MINUTE);
    assert.equal(stateOf(site, id), 3);
  });

  test('answers 503 for a time', async (context) => {
    const site = await siteWith(context, { outages: [{ after: MINUTE, time: MINUTE, kind: '503' }] });
    site.clock.advance(MINUTE);
    assert.deepEqual([await reaches(site), site.running.isAway()], [503, true]);
    site.clock.advance(MINUTE);
    assert.deepEqual([await reaches(site), site.running.isAway()], [200, false]);
  });

  test('can go away twice at once, and comes back after the later end', async (context) => {
    const site = await siteWith(context);
    site.running.goAway(MINUTE, 'no-connection');
    site.running.goAway(3 * MINUTE, 'no-connection');
    site.clock.advance(2 * MINUTE);
    assert.equal(await reaches(site), 'ECONNREFUSED');
    site.clock.advance(MINUTE);
    await until(() => !site.running.isAway());
    assert.equal(await reaches(site), 200);
  });

  test('by the time of a faster site', async (context) => {
    const outages = [{ after: 10 * MINUTE, time: 10 * MINUTE, kind: '503' }];
    const site = await siteWith(context, { outages }, { speed: 10 });
    site.clock.advance(MINUTE);
    assert.equal(await reaches(site), 503);
    site.clock.advance(MINUTE);
    assert.equal(await reaches(site), 200);
  });
});
