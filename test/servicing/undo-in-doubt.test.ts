import assert from 'node:assert/strict';
import { suite, test as nodeTest, type TestContext } from 'node:test';

import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { BatchOrder, Operation, Outcome, Outcomes, SmsProvider } from '../../src/provider/port.js';
import type { SiteAccess } from '../../src/plan/site-access.js';
import type { Fault } from '../../src/simulator/index.js';
import { CONNECTIONS, siteUnderTest, type SiteUnderTest } from '../site-under-test.js';
import {
  errorOf,
  leftOf,
  NOTHING,
  remainsOf,
  runWith,
  SITE_WITH_SMALL_GROUP,
  SMALL_GROUP_UPDATES,
} from './site-afterwards.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';
const REFUSED_WAKE: Fault = {
  kind: 'refuse',
  every: true,
  class: 'SMS_ImagePackage.RunOfflineServicingManager',
};

type Answer = (operation: Operation, outcome: Outcome<unknown>) => Outcome<unknown>;

/** The same connection, where a test changes what came of some operations. `before` is called with each batch. */
function changed(
  provider: SmsProvider,
  answer: Answer,
  before?: (batch: readonly Operation[]) => void,
): SmsProvider {
  return {
    readsOwnWrites: provider.readsOwnWrites,
    run: async <const Batch extends readonly Operation[]>(
      operations: Batch,
      order: BatchOrder,
      cancelled: AbortSignal,
    ) => {
      before?.(operations);
      const outcomes: readonly Outcome<unknown>[] = await provider.run(operations, order, cancelled);
      return operations.map((operation, place) =>
        answer(operation, outcomes[place] ?? { state: 'not-attempted', diagnosis: undefined }),
      ) as Outcomes<Batch>;
    },
    removalCommands: (removals, siteCode) => provider.removalCommands(removals, siteCode),
    close: async () => provider.close(),
  };
}

const asksWhatRuns = (operation: Operation): boolean =>
  operation.verb === 'query' &&
  operation.class === SCHEDULE &&
  operation.where.some(({ property }) => property === 'State');

const DIAGNOSIS: Diagnosis = { code: 'OS305', what: 'no', cause: 'no', next: 'no' };
const REFUSED: Outcome<never> = { state: 'refused', diagnosis: DIAGNOSIS };

/** Lets something happen as soon as a run tells a step of this kind. */
function when(site: SiteUnderTest, kind: string, act: () => void): void {
  const push = site.progress.push.bind(site.progress);
  site.progress.push = (...steps) => {
    if (steps.some((step) => step.kind === kind)) act();
    return push(...steps);
  };
}

for (const { connection, skip } of CONNECTIONS) {
  const test = (name: string, run: (t: TestContext) => Promise<void>): void => {
    nodeTest(name, { skip }, run);
  };
  const siteWith = async (t: TestContext, faults: readonly Fault[] = []): Promise<SiteUnderTest> =>
    siteUnderTest(t, {
      connection,
      simulator: { description: SITE_WITH_SMALL_GROUP, component: 'off', faults },
    });

  suite(`an undo that cannot be sure, over ${connection}`, () => {
    test('cancelled: a delete without an answer is not taken for done because nothing shows', async (t) => {
      for (const kind of ['cut', 'lose'] as const) {
        const site = await siteWith(t, [{ kind, method: 'DELETE', class: SCHEDULE, every: true }]);
        const controller = new AbortController();
        when(site, 'schedule-written', () => {
          // As long as the site may hide what is new.
          const [schedule] = site.simulator.state.objects(SCHEDULE);
          site.simulator.state.change(
            SCHEDULE,
            { ScheduleID: Number(schedule?.['ScheduleID']) },
            { Name: '' },
          );
          controller.abort();
        });
        const ended = await runWith(site.access(controller.signal));
        const error = errorOf(ended);
        assert.equal(error.code, 'OS402', kind);
        assert.equal(leftOf(ended).length, 1, kind);
        assert.doesNotMatch(error.what, /were removed/, kind);
      }
    });

    test('a whole schedule stays whole where only the question what runs has no answer', async (t) => {
      const site = await siteWith(t, [REFUSED_WAKE]);
      const access = site.access();
      const provider = changed(access.provider, (operation, outcome) =>
        asksWhatRuns(operation) ? REFUSED : outcome,
      );
      const error = errorOf(await runWith({ ...access, provider }));
      assert.equal(error.code, 'OS402');
      const { schedules, images, updates } = remainsOf(site.simulator);
      assert.deepEqual([schedules.length, images, updates], [1, 1, SMALL_GROUP_UPDATES.length]);
      assert.equal(site.simulator.state.objects(SCHEDULE)[0]?.['Action'], 1, 'and is not disarmed');
    });

    test('a whole schedule stays whole where the site was idle at the first look and is at work at the second', async (t) => {
      const site = await siteWith(t, [REFUSED_WAKE]);
      const access = site.access();
      let looks = 0;
      const provider = changed(
        access.provider,
        (_, outcome) => outcome,
        (batch) => {
          if (!batch.some(asksWhatRuns)) return;
          looks++;
          if (looks === 2) {
            site.simulator.state.put(SCHEDULE, {
              ...site.simulator.state.objects(SCHEDULE)[0],
              ScheduleID: 99,
              Name: 'Somebody else',
              State: 2,
            });
          }
        },
      );
      const error = errorOf(await runWith({ ...access, provider }));
      assert.equal(looks, 2);
      assert.equal(error.code, 'OS402');
      assert.match(error.what, /may have taken it before: it was left whole/);
      const { schedules, images, updates } = remainsOf(site.simulator);
      assert.deepEqual([schedules.length, images, updates], [2, 1, SMALL_GROUP_UPDATES.length]);
    });

    test('a schedule that the site made without an ID, and never shows, is not called gone', async (t) => {
      const site = await siteWith(t);
      const access = site.access();
      let creates = 0;
      const provider = changed(
        access.provider,
        (operation, outcome) => {
          const isOfSchedules = 'class' in operation && operation.class === SCHEDULE;
          if (isOfSchedules && operation.verb === 'create' && outcome.state === 'done')
            return { state: 'done', result: undefined };
          return isOfSchedules && operation.verb === 'query' ? { state: 'done', result: [] } : outcome;
        },
        (batch) => {
          creates += batch.filter(({ verb }) => verb === 'create').length;
        },
      );
      const error = errorOf(await runWith({ ...access, provider }));
      assert.equal(creates, 1, 'a second one would be as invisible');
      assert.equal(error.code, 'OS402');
      assert.match(error.what, /tells no ScheduleID.*name "Offline servicing LAB00010 the-mark"/s);
      assert.equal(remainsOf(site.simulator).schedules.length, 1);
      const lines = (error.commands ?? []).flatMap((commands) => commands.lines);
      assert.ok(lines.some((line) => line.includes("WHERE Name = 'Offline servicing LAB00010 the-mark'")));
    });
  });

  suite(`a run that is cancelled, over ${connection}`, () => {
    /** As a real one waits: much longer than a cancelled step lives. */
    const real = (access: SiteAccess): SiteAccess => ({
      ...access,
      patience: {
        ...access.patience,
        longestInvisibleMilliseconds: 12_000,
        undoAfterCancelMilliseconds: 6_500,
      },
    });

    test('ends in time, also where it would have to wait until everything is visible', async (t) => {
      // The links that were never made are refused to the undo, so that it cannot be sure without a look.
      const site = await siteWith(t);
      const controller = new AbortController();
      let begun = 0;
      const access = real(site.access(controller.signal));
      const provider = changed(
        access.provider,
        (_, outcome) => outcome,
        (batch) => {
          if (batch.some(({ verb, class: name }) => verb === 'create' && name !== SCHEDULE)) {
            begun = performance.now();
            controller.abort();
          }
        },
      );
      const error = errorOf(await runWith({ ...access, provider }));
      assert.ok(performance.now() - begun < 7_500);
      // Over WMI a new PowerShell may need more than the time on a busy machine.
      if (connection === 'admin-service') assert.equal(error.code, 'OS501');
      if (error.code === 'OS501') assert.deepEqual(remainsOf(site.simulator), NOTHING);
    });

    test('counts no link that was not confirmed', async (t) => {
      const site = await siteWith(t);
      const controller = new AbortController();
      const access = site.access(controller.signal);
      const provider = changed(
        access.provider,
        (_, outcome) => outcome,
        (batch) => {
          if (batch.some(({ verb, class: name }) => verb === 'create' && name !== SCHEDULE))
            controller.abort();
        },
      );
      errorOf(await runWith({ ...access, provider }));
      assert.deepEqual(
        site.progress.filter(({ kind }) => kind === 'links-written'),
        [],
      );
    });

    test('counts the links that were confirmed, and no other', async (t) => {
      const site = await siteWith(t);
      const access = site.access();
      const updates = SMALL_GROUP_UPDATES.slice(2);
      const provider = changed(access.provider, (operation, outcome) =>
        operation.verb === 'create' && updates.includes(Number(operation.properties['UpdateID']?.value))
          ? { state: 'unknown', diagnosis: DIAGNOSIS }
          : outcome,
      );
      await runWith({ ...access, provider });
      const [told] = site.progress.filter((step) => step.kind === 'links-written');
      assert.deepEqual([told?.isImageLinked, told?.updates, told?.of], [true, 2, 4]);
    });
  });
}
