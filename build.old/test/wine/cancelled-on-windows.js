import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { remainsOf } from '../servicing/site-afterwards.js';
import { WITHOUT_POWERSHELL } from '../simulated-wmi/powershells.js';
import { HOSTS, runOn } from './hosts-on-windows.js';
import { siteOverAdminService, siteOverWmi } from './site-on-windows.js';
/** Ctrl+C, as far as Wine has it: it reaches Node.js, and none of its children. */
export function cancelledOnWindows(windows) {
    suite('Ctrl+C', () => {
        for (const host of HOSTS) {
            test(`ends a run of ${host} among its writes, and what is left is told`, async (context) => {
                const slow = { latencyMilliseconds: 300 };
                const { simulator, inputs } = await siteOverAdminService(context, windows, slow);
                const run = runOn(windows, host, inputs);
                await until(() => simulator.requests.some(({ className }) => className === 'SMS_ImageServicingScheduledUpdate'), () => run.printed());
                run.interrupt();
                const { exitCode, stdout, stderr, folders } = await run.finished;
                const told = stdout + stderr;
                assert.match(told, /\bOS501\b/);
                if (host === 'azure')
                    assert.match(told, /##vso\[task\.complete result=Cancell?ed/);
                else
                    assert.notEqual(exitCode, 0);
                assertNothingUntold(remainsOf(simulator), told);
                assert.deepEqual(folders, []);
                await untilNoChildIsLeft(windows);
            });
        }
        test('ends PowerShell, with whatever it waits for', { skip: WITHOUT_POWERSHELL }, async (context) => {
            const { simulator, inputs } = await siteOverWmi(context, windows, {
                faults: [{ class: 'SMS_ImagePackage', every: true, kind: 'hang-for-ever' }],
            });
            const run = runOn(windows, 'cli', inputs);
            await until(() => simulator.requests.some(({ className }) => className === 'SMS_ImagePackage'), () => run.printed());
            run.interrupt();
            const { exitCode, stderr, folders } = await run.finished;
            assert.notEqual(exitCode, 0);
            assert.match(stderr, /\bOS501\b/);
            assert.deepEqual(folders, []);
            await untilNoChildIsLeft(windows);
        });
    });
}
/** Programs start slowly under Wine: on a busy machine the time of an undo can be too short for all of it. */
function assertNothingUntold({ schedules, runs }, told) {
    assert.deepEqual(runs, [], told);
    for (const schedule of schedules)
        assert.match(told, new RegExp(`\\b${schedule}\\b`));
}
/** The step may be gone a moment before a child that it has killed. */
async function untilNoChildIsLeft({ stage }) {
    const starts = stage.starts();
    assert.ok(starts.length > 0);
    await until(() => starts.every(({ gone }) => gone.aborted), () => 'a child is left');
}
async function until(isThere, whyNot) {
    const end = Date.now() + 120_000;
    while (!isThere()) {
        assert.ok(Date.now() < end, whyNot());
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
}
//# sourceMappingURL=cancelled-on-windows.js.map