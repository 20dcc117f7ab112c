import { inputSetTo } from '../diagnosis/input-mention.js';
import { listSchedules } from '../site/schedules-of-images.js';
import { scheduleText, standingOf } from './schedule-standing.js';
import { readAll } from './site-access.js';
import { isNothingToDo } from './update-selection.js';
/** Reads the schedules that these links name. Needs no request where there is none. */
export async function readOtherSchedules(site, images, links) {
    const rows = await readSchedules(site, idsOf(links));
    return images.map(({ image, zone }) => scheduledImage({ image, clock: { siteCode: image.sourceSite, zone } }, links, rows, site.clock.now()));
}
export async function readSchedules(site, ids) {
    const [first, ...others] = ids;
    if (first === undefined)
        return [];
    const [rows] = await readAll(site, [listSchedules([first, ...others])]);
    return rows;
}
/** Ascending, each once. */
export function idsOf(schedules) {
    return [...new Set(schedules.map(({ scheduleId }) => scheduleId))].sort((one, other) => one - other);
}
export function scheduledImage({ image, clock }, links, rows, now) {
    const ids = idsOf(links.filter(({ packageId }) => packageId === image.packageId));
    const schedules = ids.map((scheduleId) => {
        const schedule = rows.find((row) => row.scheduleId === scheduleId);
        const standing = schedule === undefined ? 'not-shown' : standingOf(schedule, clock, now);
        return { scheduleId, schedule, standing };
    });
    return { image, clock, schedules };
}
/** Those that service their image, or wait to. */
export function armedOf({ schedules }) {
    return schedules.flatMap(({ schedule, standing }) => schedule !== undefined && (standing === 'running' || standing === 'waiting') ? [schedule] : []);
}
/** What speaks against a second schedule for an image that needs one. */
export function refusalsOfOtherSchedules(others, selections, { ifScheduled }) {
    if (ifScheduled === 'add')
        return [];
    return withWork(others, selections)
        .filter((each) => armedOf(each).length > 0)
        .map((each) => alreadyScheduled(each, armedOf(each)));
}
/** Tells of the schedules beside which the run goes on, and of those that it cannot judge. */
export function tellOfOtherSchedules({ tell }, others, selections) {
    for (const each of withWork(others, selections)) {
        const armed = armedOf(each);
        if (armed.length > 0)
            tell({ kind: 'also-scheduled', image: each.image, schedules: textsOf(each, armed) });
        const notShown = each.schedules.filter(({ standing }) => standing === 'not-shown');
        if (notShown.length > 0)
            tell({ kind: 'schedules-not-shown', image: each.image, scheduleIds: idsOf(notShown) });
    }
}
/** An image that needs nothing gets no schedule, so that another one does not matter. */
function withWork(others, selections) {
    return others.filter(({ image }) => selections.some((each) => each.image.image.packageId === image.packageId && !isNothingToDo(each.selection)));
}
export function alreadyScheduled({ image, clock }, armed) {
    return {
        code: 'OS220',
        what: `Image "${image.name}" (${image.packageId}) already has ${armed.length === 1 ? 'a servicing schedule that runs or waits' : `${armed.length} servicing schedules that run or wait`}: ${listed(textsOf({ clock }, armed))}.`,
        cause: 'Another run, another pipeline or a person in the console scheduled it. Each schedule mounts the image and writes the whole file back.',
        next: `Run the step again when the other schedule has ended, or remove it in the console (Cancel Scheduled Updates). To schedule the image a second time all the same, use ${inputSetTo('if-scheduled', 'add')}.`,
    };
}
export function textsOf({ clock }, schedules) {
    return schedules.map((schedule) => scheduleText(schedule, clock));
}
const MOST_LISTED = 10;
function listed(texts) {
    const more = texts.length - MOST_LISTED;
    return texts.slice(0, MOST_LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
//# sourceMappingURL=other-schedules.js.map