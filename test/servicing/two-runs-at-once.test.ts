import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { SmsProvider } from '../../src/provider/port.js';
import type { Progress } from '../../src/plan/progress.js';
import type { RunResult } from '../../src/verbs/service/run-result.js';
import { serviceImages } from '../../src/verbs/service/service-images.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import { NEVER_DUE } from '../../src/site/schedule-token.js';
import { CONNECTIONS, siteUnderTest, type SharedSiteUnderTest } from '../site-under-test.js';
import { schedulesAt, SITE_WITH_TWO_GROUPS, UPGRADE, WINDOWS_7 } from './several-images.js';
import { REQUEST, endedOf, remainsOf, SMALL_GROUP_UPDATES } from './site-afterwards.js';

interface Ended {
  readonly result: RunResult | undefined;
  readonly error: Diagnosis | undefined;
  readonly told: readonly Progress[];
}

/** What a run waits for before it sends its n-th batch, the first being 1. */
type Hold = (batch: number) => Promise<void>;

async function runOf(
  site: SharedSiteUnderTest,
  mark: string,
  hold: Hold,
  request: Partial<ServicingRequest> = {},
): Promise<Ended> {
  const told: Progress[] = [];
  let batch = 0;
  const connection = site.connectAgain();
  const provider: SmsProvider = {
    readsOwnWrites: connection.readsOwnWrites,
    run: async (operations, order, cancelled) => {
      // A batch of nothing asks the site for nothing.
      if (operations.length > 0) await hold(++batch);
      return connection.run(operations, order, cancelled);
    },
    removalCommands: (removals, siteCode) => connection.removalCommands(removals, siteCode),
    close: async () => Promise.resolve(),
  };
  const access = { ...site.access(), provider, tell: (step: Progress) => told.push(step) };
  const { result, error } = endedOf(await serviceImages(access, { ...REQUEST, ...request }, mark));
  return { result, error, told };
}

function warnsOfAnother({ told }: Ended): boolean {
  return told.some(({ kind }) => kind === 'also-scheduled' || kind === 'draft-beside');
}

/** Two schedules may only come of it where one of the runs says so. */
function assertNotSilent(site: SharedSiteUnderTest, runs: readonly Ended[], what: string): void {
  const scheduled = runs.filter(({ result }) => result?.state === 'scheduled');
  const why = `${what}: ${JSON.stringify(runs.map(({ error, told }) => [error?.what, told.map(({ kind }) => kind)]))}`;
  assert.equal(remainsOf(site.simulator).schedules.length, scheduled.length, why);
  for (const { updates } of schedulesAt(site)) assert.deepEqual(updates, SMALL_GROUP_UPDATES, why);
  if (scheduled.length > 1) assert.ok(scheduled.some(warnsOfAnother), why);
  for (const { error } of runs) {
    if (error === undefined) continue;
    assert.equal(error.code === 'OS220' || error.code === 'OS401', true, why);
    assert.match(error.what, /already has .*schedule|Another run is making/, why);
  }
}

const never: Hold = async () => Promise.resolve();

/** A gate that opens once. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

async function siteOf(t: TestContext, connection: 'admin-service' | 'wmi'): Promise<SharedSiteUnderTest> {
  return siteUnderTest(t, {
    connection,
    simulator: { description: SITE_WITH_TWO_GROUPS, component: 'off' },
  });
}

for (const { connection, skip } of CONNECTIONS) {
  // Read, read, create, link; over the administration service the links are read back in a batch of their own.
  const startBatch = connection === 'wmi' ? 5 : 6;

  suite(`two runs of one image, over ${connection}`, { skip }, () => {
    test('of which one comes between the links and the start of the other: one schedule is left', async (t) => {
      const site = await siteOf(t, connection);
      let other: Ended | undefined;
      // The second run reads before the first one writes, and does the rest when that one has linked.
      const [hasRead, mayWrite] = [gate(), gate()];
      const second = runOf(site, 'second', async (batch) => {
        if (batch !== 3) return;
        hasRead.open();
        await mayWrite.opened;
      });
      await hasRead.opened;
      const first = await runOf(site, 'first', async (batch) => {
        // Right before it reads its links back, or links and reads back in one.
        if (batch !== startBatch - 1) return;
        mayWrite.open();
        other = await second;
      });
      assert.ok(other);
      assert.equal([first, other].filter(({ result }) => result?.state === 'scheduled').length, 1);
      assertNotSilent(site, [first, other], 'one between');
    });

    test('of which one has looked for the last time when the other comes: the other makes way', async (t) => {
      const site = await siteOf(t, connection);
      const [hasRead, mayWrite] = [gate(), gate()];
      const second = runOf(site, 'second', async (batch) => {
        if (batch !== 3) return;
        hasRead.open();
        await mayWrite.opened;
      });
      await hasRead.opened;
      let wasOpened = false;
      const first = await runOf(site, 'first', async (batch) => {
        if (batch !== startBatch) return Promise.resolve();
        wasOpened = true;
        mayWrite.open();
        return Promise.resolve();
      });
      const other = await second;
      assert.ok(wasOpened);
      assert.equal(first.result?.state, 'scheduled', JSON.stringify(first.error));
      assert.equal(
        other.error?.code,
        'OS401',
        JSON.stringify([other.told.map(({ kind }) => kind), other.error]),
      );
      assert.match(other.error.what, /Undone/);
      assertNotSilent(site, [first, other], 'after the last look');
    });

    test('both with add: both are scheduled, and one at least tells of it', async (t) => {
      const site = await siteOf(t, connection);
      const runs = await Promise.all([
        runOf(site, 'first', never, { ifScheduled: 'add' }),
        runOf(site, 'second', never, { ifScheduled: 'add' }),
      ]);
      assert.deepEqual(
        runs.map(({ result }) => result?.state),
        ['scheduled', 'scheduled'],
        JSON.stringify(runs.map(({ error }) => error)),
      );
      assertNotSilent(site, runs, 'add');
    });
  });
}

suite('whatever the times of two runs', () => {
  /** A small generator of its own, so that a failure can be repeated. */
  function randomFrom(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  }
  const orders = ['draft-first', 'as-console'] as const;

  for (const visible of [0, 60]) {
    test(`two schedules are never left in silence; what is new shows after ${visible} ms`, async (t) => {
      let both = 0;
      for (let seed = 1; seed <= 8; seed++) {
        const site = await siteUnderTest(t, {
          simulator: {
            description: SITE_WITH_TWO_GROUPS,
            component: 'off',
            invisibleMilliseconds: visible,
          },
        });
        const random = randomFrom(seed);
        const holds = [1, 2].map((): Hold => {
          const pauses = Array.from({ length: 40 }, () => (random() < 0.6 ? 0 : random() * 120));
          return async (batch) => new Promise((resolve) => setTimeout(resolve, pauses[batch] ?? 0));
        });
        const requests = [1, 2].map((): Partial<ServicingRequest> => ({
          images: random() < 0.5 ? [WINDOWS_7] : [UPGRADE, WINDOWS_7],
          writeOrder: orders[random() < 0.8 ? 0 : 1],
        }));
        const runs = await Promise.all(
          holds.map(async (hold, place) => runOf(site, `mark-${place}`, hold, requests[place])),
        );
        const armed = schedulesAt(site).filter(({ images }) => images[0] === WINDOWS_7);
        if (armed.length > 1) both++;
        if (armed.length > 1) assert.ok(runs.some(warnsOfAnother), `seed ${seed}`);
        for (const { error } of runs) assert.match(error?.code ?? 'OS220', /^OS(220|401)$/, error?.what);
      }
      assert.equal(both, 0);
    });
  }
});

suite('a draft that a killed run left', () => {
  test('does not keep the image from being scheduled, and is named with its ID', async (t) => {
    const site = await siteUnderTest(t, {
      simulator: {
        description: {
          ...SITE_WITH_TWO_GROUPS,
          schedules: [
            {
              scheduleId: 16_777_216,
              name: 'Offline servicing LAB00010 dead',
              description: '',
              action: 0,
              schedule: NEVER_DUE,
              state: 0,
              updateDistributionPoints: false,
              continueOnError: false,
              images: [WINDOWS_7],
              updates: SMALL_GROUP_UPDATES,
            },
          ],
        },
        component: 'off',
      },
    });
    const ended = await runOf(site, 'mark', never);
    assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
    assert.deepEqual(
      ended.told.flatMap((step) => (step.kind === 'draft-beside' ? [[step.scheduleId, step.name]] : [])),
      [[16_777_216, 'Offline servicing LAB00010 dead']],
    );
  });
});
