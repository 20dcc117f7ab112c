import { defect, DiagnosedError } from '../../diagnosis/diagnosis.js';
import { readPlan } from '../../plan/read-plan.js';
import { diagnoseRemains, removalsOf } from '../../undo/remains-diagnosis.js';
import { appliedCiIdsOf, worstOf } from './run-result.js';
import { notYetWritten, } from '../../write/schedule-draft.js';
import { stopIfCancelled } from '../../plan/site-access.js';
import { undoSchedules } from '../../undo/undo-schedules.js';
import { watchUndoTime } from '../../undo/undo-time.js';
import { isNothingToDo } from '../../plan/update-selection.js';
import { writeSchedules } from '../../write/write-schedules.js';
/**
 * One run: reads everything, selects, and writes a schedule for each image that needs one.
 * `mark` makes the names of the schedules unlike any others; hosts draw it by chance.
 * Throws a DiagnosedError for whatever keeps the run from its end.
 */
export async function serviceImages(site, request, mark) {
    site.tell({ kind: 'settings', settings: settingsOf(request) });
    const plan = await readPlan(site, request);
    const [first, ...others] = plan.images.flatMap((image) => {
        const intended = intendedSchedule(image, plan, request, mark);
        return intended === undefined ? [] : [notYetWritten(intended)];
    });
    if (first === undefined || request.dryRun)
        return resultOf(plan, request, []);
    return resultOf(plan, request, await writeOrUndo(site, [first, ...others], plan, request));
}
async function writeOrUndo(site, schedules, plan, { writeOrder, ifScheduled }) {
    // Whoever can still stop the run without an undo has to know that it is too late from here on.
    site.tell({ kind: 'writing' });
    stopIfCancelled(site);
    const undo = watchUndoTime(site, writesOf(schedules));
    try {
        return await writeSchedules(site, schedules, writeOrder, { ifScheduled, before: plan.otherSchedules });
    }
    catch (error) {
        // A defect of this product in the middle of the writes must not leave half a schedule either.
        const because = error instanceof DiagnosedError ? error.diagnoses[0] : defect(error);
        site.tell({ kind: 'undoing', because });
        const remains = await undoSchedules(undo, schedules);
        const commands = site.provider.removalCommands(removalsOf(remains), plan.site.siteCode);
        throw new DiagnosedError(diagnoseRemains(because, remains, commands)).causedBy(error);
    }
    finally {
        undo.release();
    }
}
/** How many objects the run makes. */
function writesOf(schedules) {
    return schedules.reduce((sum, { intended }) => sum + intended.updates.length + 2, 0);
}
/** Undefined for an image that needs no schedule. */
function intendedSchedule({ image, siteServer, start, selection }, { groups, cleanupProperty }, request, mark) {
    const [first, ...others] = selection.used.map(({ ciId }) => ciId);
    if (first === undefined)
        return undefined;
    return {
        name: `Offline servicing ${image.packageId} ${mark}`,
        description: describe(image, groups),
        image,
        siteServer,
        updates: [first, ...others],
        start,
        updateDistributionPoints: request.updateDistributionPoints,
        continueOnError: request.continueOnUpdateError,
        cleanupProperty,
    };
}
/** Short, because nobody documents how much text the property takes. */
function describe(image, groups) {
    const [only, ...others] = groups;
    const source = only === undefined
        ? 'Updates'
        : others.length === 0
            ? `Update group ${only.ciId}`
            : `${groups.length} update groups`;
    return `${source} for image ${image.packageId}, by configmgr-offline-servicing`;
}
function settingsOf(request) {
    const { start, updateDistributionPoints, continueOnUpdateError } = request;
    return { start, updateDistributionPoints, continueOnUpdateError };
}
function resultOf(plan, request, written) {
    const images = plan.images.map(({ image, siteServer, indexes, versions, start, selection }) => {
        const own = written.find(({ schedule }) => schedule.intended.image.packageId === image.packageId);
        const state = isNothingToDo(selection)
            ? 'nothing-to-do'
            : own === undefined
                ? 'planned'
                : 'scheduled';
        return {
            image,
            state,
            schedule: own && { scheduleId: own.id, name: own.schedule.intended.name },
            siteServer,
            indexes,
            versions,
            selection,
            startsAt: start.kind === 'later' ? start.told : undefined,
        };
    });
    return {
        site: plan.site,
        updateGroups: plan.groups,
        settings: settingsOf(request),
        state: worstOf(images),
        images,
        appliedCiIds: appliedCiIdsOf(images),
    };
}
//# sourceMappingURL=service-images.js.map