import assert from 'node:assert/strict';
import { NEVER_DUE } from '../../src/site/schedule-token.js';
import { schedulesAt } from './several-images.js';
import { NOTHING, remainsOf, settled } from './site-afterwards.js';
/**
 * The promise that a run of several images has to keep whatever goes wrong: never a schedule that runs, or could run,
 * with less than its image and all its updates; never two for one image of which more than one could run; never one
 * that is deleted while it runs; and whatever is left is told.
 */
export async function assertEachWholeOrNothing(site, ended, wanted) {
    await settled(site.simulator);
    const { state } = site.simulator;
    const schedules = schedulesAt(site);
    const story = JSON.stringify({ schedules, runs: state.servicingRuns, deleted: state.deletedWhileRunning, error: ended.error }, undefined, 1);
    for (const { imagePackageIds, updateIds } of state.servicingRuns) {
        const [image = ''] = imagePackageIds;
        const updates = [...updateIds].sort((one, other) => one - other);
        assert.deepEqual([imagePackageIds.length, updates], [1, wanted.get(image)], `a half one ran: ${story}`);
    }
    assert.deepEqual(state.deletedWhileRunning, [], story);
    const ran = new Set(state.servicingRuns.map(({ scheduleId }) => scheduleId));
    assert.equal(ran.size, state.servicingRuns.length, `one ran twice: ${story}`);
    const couldRun = (one) => ran.has(one.id) || one.action !== 0 || one.token !== NEVER_DUE;
    for (const one of schedules.filter(couldRun))
        assert.ok(isWhole(one, wanted), `a half one could run: ${story}`);
    for (const image of wanted.keys()) {
        const own = schedules.filter(({ images, name }) => images.includes(image) || name.includes(image));
        assert.ok(own.filter(couldRun).length <= 1, `two could run: ${story}`);
    }
    if (schedules.length === 0) {
        assert.deepEqual(remainsOf(site.simulator), NOTHING, story);
        assert.ok(ended.error !== undefined, story);
        // It could not be looked whether all is gone: then the error does not claim it.
        if (ended.error.code === 'OS402')
            return 'told';
        assert.match(ended.error.code, /^OS(?:2..|3..|401|501)$/, story);
        return 'nothing';
    }
    const isEachWhole = schedules.length === wanted.size && schedules.every((one) => isWhole(one, wanted) && ran.has(one.id));
    if (ended.result !== undefined) {
        assert.ok(isEachWhole, `it says that all is well: ${story}`);
        const told = ended.result.images.map(({ schedule }) => schedule?.scheduleId);
        assert.deepEqual(new Set(told), new Set(schedules.map(({ id }) => id)), story);
        return 'whole';
    }
    assert.ok(['OS402', 'OS403'].includes(ended.error.code), story);
    for (const { id, name } of schedules)
        assert.ok(ended.error.what.includes(`schedule ${id} `) || ended.error.what.includes(name), story);
    return isEachWhole && ended.error.code === 'OS403' ? 'whole' : 'told';
}
function isWhole({ images, updates }, wanted) {
    const [image = '', ...others] = images;
    return others.length === 0 && updates.join() === (wanted.get(image) ?? ['none']).join();
}
//# sourceMappingURL=whole-or-nothing.js.map