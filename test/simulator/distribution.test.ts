import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import {
  countsOf,
  IMAGE_MINUTES,
  MINUTE,
  pointsOf,
  siteWith,
  start,
  stateOf,
  versionOf,
} from './life-of-a-run.js';
import type { Site } from './site-client.js';
import { SMALL } from './small-site.js';

const POINT = 'dp01.lab.example';
const ONE_POINT = { distributionPoints: [{ name: POINT, siteCode: 'LAB' }] };

/** A site with one distribution point, whose image has just been serviced. */
async function serviced(
  context: TestContext,
  servicing: unknown,
  more: Readonly<Record<string, unknown>> = ONE_POINT,
): Promise<Site> {
  const site = await siteWith(context, servicing, {}, more);
  await start(site, { updateDP: true });
  site.clock.advance(IMAGE_MINUTES * MINUTE);
  return site;
}

/** Version and state, as they change over the time that a distribution takes. */
function changes(site: Site): string[] {
  const seen: string[] = [];
  for (let minute = 0; minute <= IMAGE_MINUTES; minute += 1) {
    const now = pointsOf(site).join(' ');
    if (seen.at(-1) !== now) seen.push(now);
    site.clock.advance(MINUTE);
  }
  return seen;
}

suite('the distribution of a serviced image', () => {
  test('updates the content of a point, which then has it', async (context) => {
    const site = await serviced(context, {});
    assert.deepEqual(countsOf(site), [1, 0, 1, 0, 2]);
    assert.deepEqual(changes(site), ['1,7', '2,0']);
    assert.deepEqual(countsOf(site), [1, 1, 0, 0, 2]);
  });

  for (const [course, expected, counts] of [
    ['fails', ['1,7', '1,3'], [1, 0, 0, 1, 2]],
    ['retries', ['1,7', '1,3', '1,2', '2,0'], [1, 1, 0, 0, 2]],
    ['removed', ['1,4', '1,5', ''], [0, 0, 0, 0, 2]],
    ['pending', ['1,1'], [1, 0, 1, 0, 2]],
    [
      [
        { after: 0, state: 1 },
        { after: MINUTE, state: 7 },
        { after: 2 * MINUTE, state: 8 },
      ],
      ['1,1', '1,7', '2,8'],
      [1, 1, 0, 0, 2],
    ],
  ] as const) {
    test(`can go as ${JSON.stringify(course)}`, async (context) => {
      const site = await serviced(context, { distributionPoints: [{ name: POINT, course }] });
      assert.deepEqual(changes(site), expected);
      assert.deepEqual(countsOf(site), counts);
    });
  }

  test('does not count a point that is being removed', async (context) => {
    const removed = { distributionPoints: [{ name: POINT, course: 'removed' }] };
    const site = await siteWith(context, removed);
    assert.deepEqual(countsOf(site), [1, 1, 0, 0, 1]);
    await start(site, { updateDP: true });
    site.clock.advance((IMAGE_MINUTES + 1) * MINUTE);
    assert.deepEqual(pointsOf(site)[0], [1, 4]);
    assert.deepEqual(countsOf(site), [1, 0, 1, 0, 2]);
  });

  test('takes as long as it is told, and each point its own time', async (context) => {
    const site = await serviced(
      context,
      { distributionPoints: [{ name: POINT, course: 'installs', time: 480 * MINUTE }] },
      {},
    );
    site.clock.advance(479 * MINUTE);
    assert.deepEqual(pointsOf(site), [
      [1, 7],
      [1, 3],
    ]);
    site.clock.advance(MINUTE);
    assert.deepEqual(pointsOf(site)[0], [2, 0]);
  });

  test('has no targets where no point has the image', async (context) => {
    const site = await serviced(context, {
      images: [{ packageId: SMALL.otherImage, distributionPoints: [] }],
    });
    assert.deepEqual([pointsOf(site), countsOf(site)], [[], [0, 0, 0, 0, 2]]);
    assert.deepEqual(countsOf(site, SMALL.image), [1, 1, 0, 0, 1]);
  });

  test('begins when the version rises, which can be late', async (context) => {
    const site = await siteWith(
      context,
      { images: [{ packageId: SMALL.otherImage, versionDelay: 5 * MINUTE }] },
      {},
      ONE_POINT,
    );
    const id = await start(site, { updateDP: true });
    site.clock.advance(IMAGE_MINUTES * MINUTE + 5 * MINUTE - 1);
    assert.deepEqual([stateOf(site, id), versionOf(site), pointsOf(site)], [3, 1, [[1, 0]]]);
    site.clock.advance(1);
    assert.deepEqual([stateOf(site, id), versionOf(site), pointsOf(site)], [3, 2, [[1, 7]]]);
  });

  test('does not take place where the schedule does not ask for it', async (context) => {
    const site = await siteWith(context, {}, {}, ONE_POINT);
    await start(site);
    site.clock.advance(2 * IMAGE_MINUTES * MINUTE);
    assert.deepEqual([versionOf(site), pointsOf(site)], [2, [[1, 0]]]);
  });
});
