import { nonEmpty } from '../collections/non-empty.js';
import { inputSetTo } from '../diagnosis/input-mention.js';
import { DiagnosedError } from '../diagnosis/diagnosis.js';
import { listSchedules, listSchedulesOfImages } from '../site/schedules-of-images.js';
import { lookUntil } from './look-until.js';
import { alreadyScheduled, armedOf, idsOf, readSchedules, scheduledImage, textsOf, } from '../plan/other-schedules.js';
import { attemptParts, requireDone, stopIfCancelled } from '../plan/site-access.js';
export function readsOfLastLook(all, { before }) {
    const ids = nonEmpty(idsBefore(before));
    return {
        linksOfImages: [listSchedulesOfImages(imagesOf(all))],
        schedulesBefore: ids === undefined ? [] : [listSchedules(ids)],
    };
}
/**
 * Looks once more at the schedules of the run's images, after its own links show and before anything starts. Of two
 * runs at once, each of which links first and looks afterwards, at least one sees the other: so two schedules are
 * never started in silence (docs/design.md, "Two runs at once"). Throws where this run must make way.
 */
export async function lookForRivals(site, all, look, answers) {
    const seen = (await sightOf(site, all, look, answers)) ?? (await lookAgain(site, all, look));
    if (look.ifScheduled === 'add') {
        tellOfRivals(site, seen, look);
        return;
    }
    makeWay(all, seen, look);
    const left = await waitForDrafts(site, all, seen, look);
    for (const { image, drafts } of left)
        for (const { scheduleId, schedule } of drafts)
            site.tell({ kind: 'draft-beside', image, scheduleId, name: schedule?.name });
}
/** The other schedules of each image. Undefined while the run's own links do not show: then others may not show either. */
async function sightOf(site, all, { before }, answers) {
    const links = answers.linksOfImages.flatMap(requireDone);
    const isOwn = (id) => all.some((own) => own.id === id);
    const areOwnShown = all.every(({ id, schedule }) => links.some((link) => link.scheduleId === id && link.packageId === schedule.intended.image.packageId));
    if (!areOwnShown)
        return undefined;
    const others = links.filter(({ scheduleId }) => !isOwn(scheduleId));
    const known = answers.schedulesBefore.flatMap(requireDone);
    const wasAskedFor = new Set(idsBefore(before));
    const added = await readSchedules(site, idsOf(others).filter((id) => !wasAskedFor.has(id)));
    return all.map(({ schedule: { intended } }) => {
        const { image } = intended;
        const clock = before.find((each) => each.image.packageId === image.packageId)?.clock;
        return scheduledImage({ image, clock: clock ?? { siteCode: image.sourceSite, zone: undefined } }, others, [...known, ...added], site.clock.now());
    });
}
async function lookAgain(site, all, look) {
    const reads = readsOfLastLook(all, look);
    const longest = site.patience.longestInvisibleMilliseconds;
    const seen = await lookUntil(site, 'the other schedules of the images', longest, async () => {
        const value = await sightOf(site, all, look, await attemptParts(site, { ...reads }));
        return { value, isEnough: value !== undefined };
    });
    stopIfCancelled(site);
    if (seen === undefined)
        throw new DiagnosedError(ownLinksNotShown(all));
    return seen;
}
/** Throws where another schedule of an image runs or waits, or where another run was there first. */
function makeWay(all, seen, { before }) {
    const reasons = seen.flatMap((each) => {
        const armed = armedOf(each);
        if (armed.length > 0)
            return [alreadyScheduled(each, armed)];
        const own = ownOf(all, each);
        const earlier = draftsOf(each).filter((draft) => !wasThere(draft, each, before) && draft.scheduleId < own);
        return earlier.length > 0 ? [beingScheduled(each, earlier)] : [];
    });
    const [first, ...others] = reasons;
    if (first !== undefined)
        throw new DiagnosedError(first, ...others);
}
/**
 * A draft of another run is about to start, about to make way, or left over from a run that was killed. One that was
 * there before this run is most likely left over, and gets a short time. One that came later and has a higher ID makes
 * way for this run once it looks; where it had looked before this run's links showed, it starts. Returns what stays.
 */
async function waitForDrafts(site, all, seen, look) {
    const besideIn = (images) => images
        .map((each) => ({
        image: each.image,
        drafts: draftsOf(each).filter((draft) => isInWay(draft, each, look)),
    }))
        .filter(({ drafts }) => drafts.length > 0);
    const areNew = (images) => images.some((each) => draftsOf(each).some((draft) => !wasThere(draft, each, look.before)));
    if (besideIn(seen).length === 0)
        return [];
    const { firstLookMilliseconds: short, longestInvisibleMilliseconds: long } = site.patience;
    const what = 'whether another run starts its schedule';
    const reads = readsOfLastLook(all, look);
    const last = await lookUntil(site, what, areNew(seen) ? long : short, async () => {
        const value = (await sightOf(site, all, look, await attemptParts(site, { ...reads }))) ?? seen;
        makeWay(all, value, look);
        return { value, isEnough: besideIn(value).length === 0 };
    });
    stopIfCancelled(site);
    return besideIn(last);
}
/** A link to a schedule that the site did not show before either was told of then. */
function isInWay({ scheduleId, standing }, { image }, { before }) {
    if (standing !== 'not-shown')
        return true;
    return !schedulesBefore(before, image.packageId).some((known) => known.scheduleId === scheduleId);
}
/** With `add` nothing is waited for: whatever was not told before the run wrote is told now. */
function tellOfRivals(site, seen, look) {
    for (const each of seen) {
        const { image } = each;
        const told = schedulesBefore(look.before, image.packageId).filter(({ standing }) => standing === 'running' || standing === 'waiting');
        const isNew = ({ scheduleId }) => told.every((known) => known.scheduleId !== scheduleId);
        const armed = armedOf(each).filter(isNew);
        if (armed.length > 0)
            site.tell({ kind: 'also-scheduled', image, schedules: textsOf(each, armed) });
        for (const draft of draftsOf(each).filter((one) => isInWay(one, each, look)))
            site.tell({ kind: 'draft-beside', image, scheduleId: draft.scheduleId, name: draft.schedule?.name });
    }
}
/** A schedule whose link shows before it does itself is one in the making. */
function draftsOf({ schedules }) {
    return schedules.filter(({ standing }) => standing === 'draft' || standing === 'not-shown');
}
function wasThere({ scheduleId }, { image }, before) {
    return schedulesBefore(before, image.packageId).some((known) => known.scheduleId === scheduleId);
}
function schedulesBefore(before, packageId) {
    return before.find(({ image }) => image.packageId === packageId)?.schedules ?? [];
}
function idsBefore(before) {
    return idsOf(before.flatMap(({ schedules }) => schedules));
}
function ownOf(all, { image }) {
    const own = all.find(({ schedule }) => schedule.intended.image.packageId === image.packageId);
    if (own === undefined)
        throw new TypeError('An image without a schedule of this run.');
    return own.id;
}
function imagesOf([first, ...others]) {
    const packageOf = ({ schedule }) => schedule.intended.image.packageId;
    return [packageOf(first), ...others.map(packageOf)];
}
function beingScheduled({ image }, earlier) {
    const named = earlier.map(({ scheduleId, schedule }) => schedule?.name === undefined
        ? `schedule ${scheduleId}`
        : `schedule ${scheduleId} (name "${schedule.name}")`);
    return {
        code: 'OS220',
        what: `Another run is making ${named.join(' and ')} for image "${image.name}" (${image.packageId}) at this moment, and was there first.`,
        cause: 'Two runs of a pipeline, or two pipelines, schedule the image at the same time.',
        next: `Run the step again when the other schedule has ended. Let only one run of the pipeline schedule an image at a time; to schedule it twice all the same, use ${inputSetTo('if-scheduled', 'add')}.`,
    };
}
function ownLinksNotShown([{ id }]) {
    return {
        code: 'OS210',
        what: `The site shows the links of schedule ${id} when asked for the schedule, but not when asked for its image.`,
        cause: 'The account may not see all links of the image, or somebody removed them meanwhile.',
        next: 'Check the rights of the account on operating system images.',
    };
}
//# sourceMappingURL=last-look.js.map