import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { chainOf } from '../../src/diagnosis/diagnosis.js';
import { stackLines } from '../../src/report/diagnosis-lines.js';
import { CONNECTIONS, siteUnderTest } from '../site-under-test.js';
import { NOTHING, remainsOf, runWith, settled, small } from './site-afterwards.js';

for (const { connection, skip } of CONNECTIONS) {
  suite(`a defect among the writes, over ${connection}`, { skip }, () => {
    test('is undone, and stays visible with the place where it was thrown', async (t) => {
      const site = await siteUnderTest(t, { ...small(), connection });
      const thrown = new TypeError('nobody thought of this');
      const access = site.access();
      const failing = {
        ...access,
        tell: (step: Parameters<typeof access.tell>[0]) => {
          access.tell(step);
          if (step.kind === 'links-written') throw thrown;
        },
      };
      const { run } = await runWith(failing);
      assert.equal(run.kind, 'failed');
      const [error] = run.errors;
      assert.deepEqual(
        chainOf(error).map(({ code }) => code),
        ['OS401', 'OS599'],
      );
      const lines = stackLines([error]);
      assert.equal(lines[0], 'OS599 was thrown here:');
      assert.match(lines.join('\n'), /TypeError: nobody thought of this\n.*defect-among-writes/);
      const [undoing] = site.progress.filter((step) => step.kind === 'undoing');
      assert.equal(undoing?.because.code, 'OS599');
      await settled(site.simulator);
      assert.deepEqual(remainsOf(site.simulator), NOTHING);
    });
  });
}
