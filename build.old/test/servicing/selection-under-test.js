import { selectUpdates } from '../../src/plan/update-selection.js';
/** An update that nothing speaks against. */
export function usableUpdate(ciId, change = {}) {
    return {
        ciId: ciId,
        article: `KB${ciId}`,
        title: undefined,
        isExpired: false,
        isOfflineServiceable: true,
        isContentProvisioned: true,
        obstacle: undefined,
        isSuperseded: false,
        datePosted: undefined,
        ...change,
    };
}
export function select(one) {
    const ids = (numbers = []) => numbers.map((ciId) => ciId);
    const { updates, others = [], relations = [], notRequiredOnEveryIndex } = one;
    return selectUpdates({
        alreadyInstalled: one.alreadyInstalled ?? 'skip',
        notRequiredUpdates: one.notRequiredUpdates ?? 'include',
        ciIds: [...updates.map(({ ciId }) => ciId), ...ids(one.missing)],
        updates: new Map([...updates, ...others].map((update) => [update.ciId, update])),
        supersedence: relations.map(([from, to]) => ({ from: from, to: to })),
        excluded: new Set(ids(one.excluded)),
        installedOnEveryIndex: new Set(ids(one.installed)),
        notRequired: new Set(ids([...(one.notRequired ?? []), ...(notRequiredOnEveryIndex ?? [])])),
        notRequiredOnEveryIndex: new Set(ids(notRequiredOnEveryIndex)),
        concerning: new Set(ids([...(one.applicable ?? []), ...(one.installed ?? [])])),
    });
}
/** What becomes of each update: `used`, or the reason, with the update that is the reason where there is one. */
export function fatesOf({ used, leftOut }) {
    return Object.fromEntries([
        ...used.map(({ ciId }) => [ciId, 'used']),
        ...leftOut.map(({ ciId, reason }) => [
            ciId,
            'by' in reason ? `${reason.why} ${reason.by.ciId}` : reason.why,
        ]),
    ]);
}
//# sourceMappingURL=selection-under-test.js.map