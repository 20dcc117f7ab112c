import { DiagnosedError } from '../diagnosis/diagnosis.js';
import { findNamedObjects } from './find-by-name.js';
import { readOtherSchedules, refusalsOfOtherSchedules, tellOfOtherSchedules, } from './other-schedules.js';
import { readApplicable } from './read-applicable.js';
import { readDetails } from './read-details.js';
import { refusalsOfImages, refusalsOfSelection } from './refusals.js';
import { selectForImages } from './select-for-images.js';
import { stopIfCancelled } from './site-access.js';
/**
 * Reads all that the run needs, in batches each of which needs what the one before told.
 * Throws for whatever would make the run fail later, all of it at once: nothing is written before this has returned.
 */
export async function readPlan(site, request) {
    const named = await findNamedObjects(site, request);
    stopIfCancelled(site);
    const applicable = await readApplicable(site, request, named.images);
    const details = await readDetails(site, request, named, applicable);
    const selections = await selectForImages(site, request, details);
    const otherSchedules = await readOtherSchedules(site, details.images, details.scheduleLinks);
    stopIfCancelled(site);
    const [refusal, ...otherRefusals] = [
        ...refusalsOfImages(details, named, request),
        ...refusalsOfSelection(selections, request),
        ...refusalsOfOtherSchedules(otherSchedules, selections, request),
    ];
    if (refusal !== undefined)
        throw new DiagnosedError(refusal, ...otherRefusals);
    tellOfOtherSchedules(site, otherSchedules, selections);
    const [first, ...others] = selections.map(({ image, selection }) => {
        const { siteServer, indexes, versions, start } = image;
        if (siteServer === undefined || start.kind === 'impossible') {
            throw new TypeError('An image whose plan has a gap was not refused.');
        }
        return { image: image.image, siteServer, indexes, versions, start, selection };
    });
    if (first === undefined)
        throw new TypeError('A plan without an image.');
    return {
        site: named.site,
        groups: named.groups.map(({ group }) => group),
        images: [first, ...others],
        cleanupProperty: details.cleanup?.kind === 'found' ? details.cleanup.property : undefined,
        otherSchedules,
    };
}
//# sourceMappingURL=read-plan.js.map