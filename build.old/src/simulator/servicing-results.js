import { UNSET_DATE } from './class-definitions.js';
import { isoSeconds } from './clock.js';
import { UPGRADES } from './default-updates.js';
import { imageClass, nalPath } from './site-objects.js';
/** The values of `SMS_ImageUpdateStatus.UpdateStatus`. */
export const UPDATE_STATUS = {
    notRequired: 1,
    installed: 2,
    applicable: 3,
    checkNotSupported: 4,
    installedCheckNotSupported: 5,
};
/** ERROR_FILE_NOT_FOUND as an HRESULT: the content is not in the content library. Signed, as SInt32 shows it. */
export const CONTENT_MISSING = 0x80070002 | 0;
/** CBS_E_NOT_APPLICABLE: among others, the image has an update already that supersedes this one. */
export const NOT_APPLICABLE = 0x800f081e | 0;
/** E_NOTIMPL, signed as SInt32 shows it. */
const NOT_POSSIBLE = 0x80004001 | 0;
/**
 * What is left in the site when the component is done with one image. With `continueOnError` an update that fails
 * does not fail the image: only its ID and its status row tell of it.
 */
export function serviceImage(state, description, work) {
    const image = findImage(state, description, work.packageId);
    if (image === undefined) {
        return { succeeded: false, failedUpdateId: 0, errorCode: CONTENT_MISSING };
    }
    const before = installedIn(state, work.packageId);
    const outcomes = work.updateIds.map((ciId) => ({
        ciId,
        ...(isSupersededBy(state, ciId, before)
            ? { status: UPDATE_STATUS.applicable, errorCode: NOT_APPLICABLE, title: titleOf(state, ciId) }
            : outcomeOf(state, work.servicingErrors, ciId)),
    }));
    const failed = outcomes.find((outcome) => outcome.errorCode !== 0);
    const stops = failed !== undefined && !work.continueOnError;
    const cleanupError = work.removeSuperseded && !stops ? cleanupErrorOf(image) : 0;
    if (cleanupError !== 0) {
        // Everything is thrown away, the updates that could be applied included.
        return { succeeded: false, failedUpdateId: 0, errorCode: cleanupError };
    }
    for (const outcome of stops ? [failed] : outcomes) {
        for (const index of image.indexes) {
            recordUpdate(state, work, index, outcome);
        }
    }
    if (!stops) {
        const version = image.properties['SourceVersion'];
        state.change(image.className, image.properties, {
            SourceVersion: (typeof version === 'number' ? version : 0) + 1,
            SourceDate: isoSeconds(work.now),
            LastRefreshTime: isoSeconds(work.now),
        });
    }
    return { succeeded: !stops, failedUpdateId: failed?.ciId ?? 0, errorCode: stops ? failed.errorCode : 0 };
}
/**
 * The console does not offer the removal for an image of several indexes. What the component does with such a
 * schedule all the same is not known; a client that writes one must fail here.
 */
const cleanupErrorOf = (image) => image.indexes.length > 1 ? NOT_POSSIBLE : image.cleanupError | 0;
function findImage(state, description, packageId) {
    for (const kind of ['image', 'upgrade-package']) {
        const className = imageClass(kind);
        const properties = state.object(className, { PackageID: packageId });
        if (properties !== undefined) {
            const described = description.images.find((one) => one.packageId === packageId);
            return {
                className,
                properties,
                indexes: (described?.indexes ?? ['1']).map((_, at) => at + 1),
                cleanupError: described?.cleanupError ?? 0,
            };
        }
    }
    return undefined;
}
function installedIn(state, packageId) {
    const rows = state.objectsWith('SMS_ImageUpdateStatus', 'ImagePackageID', [packageId]);
    return new Set(rows
        .filter(({ UpdateStatus }) => UpdateStatus === UPDATE_STATUS.installed)
        .map(({ UpdateID }) => Number(UpdateID)));
}
/** Whether one of these updates is a later one, along relations of supersedence, whichever way they are written. */
function isSupersededBy(state, ciId, installed) {
    if (installed.has(ciId))
        return false;
    const seen = new Set([ciId]);
    for (const one of seen) {
        for (const newer of newerThan(state, one))
            seen.add(newer);
    }
    return [...seen].some((one) => installed.has(one));
}
const SUPERSEDED = 6;
function newerThan(state, ciId) {
    const posted = postedOf(state, ciId);
    const ends = (own, other) => state
        .objectsWith('SMS_CIRelation', own, [ciId])
        .filter(({ RelationType }) => RelationType === SUPERSEDED)
        .map((relation) => Number(relation[other]));
    return [...ends('FromCIID', 'ToCIID'), ...ends('ToCIID', 'FromCIID')].filter((other) => postedOf(state, other) > posted);
}
function postedOf(state, ciId) {
    const posted = state.object('SMS_SoftwareUpdate', { CI_ID: ciId })?.['DatePosted'];
    return typeof posted === 'string' ? Date.parse(posted) : 0;
}
function titleOf(state, ciId) {
    const name = state.object('SMS_SoftwareUpdate', { CI_ID: ciId })?.['LocalizedDisplayName'];
    return typeof name === 'string' ? name : '';
}
function outcomeOf(state, servicingErrors, ciId) {
    const update = state.object('SMS_SoftwareUpdate', { CI_ID: ciId });
    const title = titleOf(state, ciId);
    if (update?.['IsContentProvisioned'] !== true) {
        return { status: UPDATE_STATUS.applicable, errorCode: CONTENT_MISSING, title };
    }
    const servicingError = servicingErrors.get(ciId) ?? 0;
    if (servicingError !== 0) {
        return { status: UPDATE_STATUS.applicable, errorCode: servicingError | 0, title };
    }
    return update['IsOfflineServiceable'] === true && !isFeatureUpdate(update)
        ? { status: UPDATE_STATUS.installed, errorCode: 0, title }
        : // "Not applying this update binary, it is not supported": passed over, no failure.
            { status: UPDATE_STATUS.checkNotSupported, errorCode: 0, title };
}
const isFeatureUpdate = ({ CategoryInstance_UniqueIDs: categories }) => Array.isArray(categories) && categories.some((category) => UPGRADES.includes(String(category)));
function recordUpdate(state, work, index, outcome) {
    const key = { ImagePackageID: work.packageId, ImageIndex: index, UpdateID: outcome.ciId };
    const before = state.object('SMS_ImageUpdateStatus', key);
    if (before?.['UpdateStatus'] === UPDATE_STATUS.installed) {
        // An update that is in the image already is passed over; its row stays the one of the earlier run.
        return;
    }
    const installed = outcome.status === UPDATE_STATUS.installed;
    state.put('SMS_ImageUpdateStatus', {
        ...key,
        UpdateStatus: outcome.status,
        UpdateInstallationStatus: outcome.errorCode,
        AppliedDateTime: installed ? isoSeconds(work.now) : (before?.['AppliedDateTime'] ?? UNSET_DATE),
        UpdateTitle: outcome.title,
    });
}
const DISTRIBUTION = { installed: 0, failed: 3, updating: 7 };
/** Sends the new content of an image to every distribution point; it is there when `later` comes. */
export function startDistribution(state, description, packageId, clock, later) {
    record(DISTRIBUTION.updating);
    later(() => {
        record(undefined);
    });
    function record(everywhere) {
        const version = findImage(state, description, packageId)?.properties['SourceVersion'] ?? 0;
        const when = isoSeconds(clock.now());
        const points = description.distributionPoints.map((point) => ({
            point,
            status: everywhere ?? (point.fails ? DISTRIBUTION.failed : DISTRIBUTION.installed),
        }));
        for (const { point, status } of points) {
            const key = { PackageID: packageId, ServerNALPath: nalPath(point), SiteCode: point.siteCode };
            const before = state.object('SMS_PackageStatusDistPointsSummarizer', key);
            state.put('SMS_PackageStatusDistPointsSummarizer', {
                ...key,
                // A distribution point shows the new version only when it has it.
                SourceVersion: status === DISTRIBUTION.installed ? version : (before?.['SourceVersion'] ?? 0),
                State: status,
                LastCopied: status === DISTRIBUTION.installed ? when : (before?.['LastCopied'] ?? when),
                SummaryDate: when,
            });
            state.put('SMS_DistributionDPStatus', {
                PackageID: packageId,
                NALPath: nalPath(point),
                MessageState: status === DISTRIBUTION.installed ? 1 : status === DISTRIBUTION.failed ? 3 : 2,
                SummaryDate: when,
            });
        }
        const count = (wanted) => points.filter((one) => one.status === wanted).length;
        state.put('SMS_ObjectContentExtraInfo', {
            PackageID: packageId,
            Targeted: points.length,
            NumberSuccess: count(DISTRIBUTION.installed),
            NumberInProgress: count(DISTRIBUTION.updating),
            NumberErrors: count(DISTRIBUTION.failed),
            NumberUnknown: 0,
            SourceVersion: version,
        });
    }
}
//# sourceMappingURL=servicing-results.js.map