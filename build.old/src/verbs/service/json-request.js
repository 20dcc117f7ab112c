export function jsonRequest({ connection, servicing }) {
    // Each by its name: what is added to a request one day shall not come into a file by itself.
    return {
        connection: { kind: connection.kind, host: hostOf(connection) },
        siteCode: servicing.siteCode ?? null,
        siteServer: servicing.siteServer ?? null,
        images: namesIn(servicing.images),
        updateGroups: namesIn(servicing.updateGroups),
        updates: servicing.updates.map(referenceText),
        excludeUpdates: servicing.excludeUpdates.map(referenceText),
        updateDistributionPoints: servicing.updateDistributionPoints,
        start: startText(servicing.start),
        continueOnUpdateError: servicing.continueOnUpdateError,
        removeSupersededUpdates: servicing.removeSupersededUpdates,
        unusableUpdates: servicing.unusableUpdates,
        alreadyInstalled: servicing.alreadyInstalled,
        supersededUpdates: servicing.supersededUpdates,
        notRequiredUpdates: servicing.notRequiredUpdates,
        unsupportedImages: servicing.unsupportedImages,
        ifScheduled: servicing.ifScheduled,
        writeOrder: servicing.writeOrder,
        dryRun: servicing.dryRun,
    };
}
/** A line that is not known to be one name is told as the names in it. */
function namesIn(references) {
    return references.flatMap((each) => (typeof each === 'string' ? [each] : each.names));
}
function hostOf(connection) {
    switch (connection.kind) {
        case 'wmi':
            return connection.smsProvider ?? null;
        case 'admin-service':
            return new URL(connection.address).host;
        case 'simulator':
            return null;
    }
}
function referenceText(reference) {
    switch (reference.kind) {
        case 'article':
            return `KB${reference.article}`;
        case 'ci-id':
            return String(reference.ciId);
        case 'applicable':
            return 'applicable';
    }
}
/** `now`, or ISO 8601 to the minute: with a Z in UTC, without one by the clock of the site. */
export function startText(start) {
    switch (start.kind) {
        case 'now':
            return 'now';
        case 'moment':
            return `${new Date(start.milliseconds).toISOString().slice(0, 16)}Z`;
        case 'site-time': {
            const { year, month, day, hour, minute } = start.minute;
            return new Date(Date.UTC(year, month - 1, day, hour, minute)).toISOString().slice(0, 16);
        }
    }
}
//# sourceMappingURL=json-request.js.map