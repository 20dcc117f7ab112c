import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import type { Operation } from '../../src/provider/port.js';
import {
  CONNECTIONS,
  siteUnderTest,
  type SiteUnderTest,
  type SiteUnderTestOptions,
} from '../site-under-test.js';
import { done, draft, NEVER, refusal, sint32, text } from './operations.js';

const NO_COMPONENT = { simulator: { component: 'off' } } as const;
const SCHEDULE = 'SMS_ImageServicingSchedule';

const CHANGED = {
  Name: text('two'),
  Action: sint32(1),
  Schedule: text('7913788000080000'),
  UpdateDP: { cim: 'boolean', value: true },
} as const;

for (const { connection, skip } of CONNECTIONS) {
  const connected = async (t: TestContext, options: SiteUnderTestOptions = {}): Promise<SiteUnderTest> =>
    siteUnderTest(t, { ...options, connection });
  const check = (name: string, run: (t: TestContext) => Promise<void>): void => {
    test(name, { skip }, run);
  };

  suite(`a change of an object, over ${connection}`, () => {
    check(
      'changes what it names and keeps the rest, where an update empties what it leaves out',
      async (t) => {
        const { provider, simulator } = await connected(t, NO_COMPONENT);
        const id = Number(
          done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'),
        );
        const key = { ScheduleID: sint32(id) };
        const writable = ['Name', 'Description', 'Action', 'Schedule', 'UpdateDP', 'ContinueOnError'];
        const described = { ...CHANGED, Description: text('kept') };
        const change: Operation = {
          verb: 'change',
          class: SCHEDULE,
          key,
          properties: { Name: text('three') },
          writable,
        };
        done(
          (
            await provider.run(
              [{ verb: 'update', class: SCHEDULE, key, properties: described }],
              'in-order',
              NEVER,
            )
          )[0],
        );
        const before = simulator.state.objects(SCHEDULE)[0];
        assert.equal(done((await provider.run([change], 'unordered', NEVER))[0]), undefined);
        assert.deepEqual(simulator.state.objects(SCHEDULE), [{ ...before, Name: 'three' }]);
        assert.equal(before?.['Description'], 'kept');

        const absent = { ...change, key: { ScheduleID: sint32(1) } };
        const [none] = await provider.run([absent], 'unordered', NEVER);
        assert.equal(refusal(none).code, 'OS305');
        await assert.rejects(provider.run([change], 'in-order', NEVER), /cannot hold a change/);
      },
    );
  });
}
