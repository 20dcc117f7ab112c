import { SMALL_SITE } from '../site-under-test.js';
import { SITE_WITH_SMALL_GROUP } from './site-afterwards.js';
/** Two images of one index and an upgrade package, all of site LAB, with nothing installed. */
export const [WINDOWS_7, LTSC, UPGRADE] = ['LAB00010', 'LAB00012', 'LAB00020'];
export const THREE_IMAGES = [WINDOWS_7, LTSC, UPGRADE];
/** Of site REM, which the provider does not serve. */
export const REMOTE = 'REM00010';
/** One that the site has no status row of any update for. */
export const NEVER_EVALUATED = 'LAB00017';
/** Usable for each image. */
export const USABLE_UPDATES = (SMALL_SITE.groups.find(({ name }) => name === 'Windows 7')?.updates ?? []).slice(0, 6);
/** Group "Small" has the first four, and this one the last four, so that two are in both. */
export const SITE_WITH_TWO_GROUPS = {
    ...SITE_WITH_SMALL_GROUP,
    groups: [
        ...SITE_WITH_SMALL_GROUP.groups,
        {
            ciId: 17_000_003,
            name: 'Second',
            description: '',
            updates: USABLE_UPDATES.slice(2),
            deployed: false,
        },
    ],
};
export function withImage(description, packageId, change) {
    return {
        ...description,
        images: description.images.map((image) => image.packageId === packageId ? { ...image, ...change } : image),
    };
}
/** What the site holds of updates in one image, in place of all that it held. */
export function withStatuses(description, packageId, statuses) {
    return {
        ...description,
        imageUpdates: [
            ...description.imageUpdates.filter((row) => row.packageId !== packageId),
            ...statuses.map(([ciId, index, status]) => ({
                packageId,
                index,
                ciId,
                status,
                installationStatus: 0,
                appliedDate: '2024-01-01T00:00:00Z',
            })),
        ],
    };
}
/** By the package ID of their images. */
export function schedulesAt({ simulator: { state } }) {
    return state
        .objects('SMS_ImageServicingSchedule')
        .map((schedule) => {
        const id = Number(schedule['ScheduleID']);
        const linked = (className, property) => state.objectsWith(className, 'ScheduleID', [id]).map((link) => link[property]);
        return {
            id,
            name: text(schedule['Name']),
            action: Number(schedule['Action']),
            token: text(schedule['Schedule']),
            updateDistributionPoints: schedule['UpdateDP'] === true,
            continueOnError: schedule['ContinueOnError'] === true,
            images: linked('SMS_ImageServicingScheduledImage', 'ImagePackageID').map(String),
            updates: linked('SMS_ImageServicingScheduledUpdate', 'UpdateID')
                .map(Number)
                .sort((one, other) => one - other),
        };
    })
        .sort((one, other) => (one.images[0] ?? '').localeCompare(other.images[0] ?? ''));
}
/** The arguments of each call of the method, in the order in which they came. */
export function callsOf({ simulator }) {
    return simulator.requests
        .filter(({ methodName }) => methodName !== undefined)
        .map(({ body }) => JSON.parse(body));
}
function text(value) {
    return typeof value === 'string' ? value : '';
}
//# sourceMappingURL=several-images.js.map