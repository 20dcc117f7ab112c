import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { decodeToken } from '../../src/site/schedule-token.js';
import { CLEANUP_PROPERTY } from '../../src/simulator/index.js';
import { SMALL_SITE, siteUnderTest } from '../site-under-test.js';
import { callsOf, LTSC, REMOTE, schedulesAt, UPGRADE, USABLE_UPDATES, WINDOWS_7, withStatuses, } from './several-images.js';
import { runOnce, writesOf } from './site-afterwards.js';
/** Every value of every input; each two values of two inputs meet in one run at least. */
const INPUTS = {
    images: [[WINDOWS_7], [UPGRADE], [WINDOWS_7, LTSC], [LTSC, REMOTE]],
    from: ['group', 'two groups', 'group and CI_ID', 'article', 'applicable'],
    updateDistributionPoints: [true, false],
    start: ['now', 'moment', 'site-time'],
    continueOnUpdateError: [true, false],
    removeSupersededUpdates: [true, false],
    unusableUpdates: ['fail', 'skip'],
    alreadyInstalled: ['skip', 'include'],
    supersededUpdates: ['skip-if-newer-selected', 'include'],
    writeOrder: ['draft-first', 'as-console'],
    dryRun: [true, false],
};
const NAMES = Object.keys(INPUTS);
const [PLAIN = 0, COMMON = 0, SECOND = 0, SINGLE = 0, OF_ARTICLE = 0, APPLIES = 0] = USABLE_UPDATES;
const [EXPIRED, OLD, NEW, INSTALLED, NO_CONTENT, NOT_OFFLINE] = [900, 901, 902, 903, 904, 905].map((ciId) => 18_000_000 + ciId);
const [MODEL_UPDATE] = SMALL_SITE.updates.filter(({ ciId }) => ciId === PLAIN);
const SITE = makeSite();
function makeSite() {
    assert.ok(MODEL_UPDATE);
    const like = MODEL_UPDATE;
    const group = (ciId, name, updates) => ({
        ciId,
        name,
        description: '',
        updates,
        deployed: false,
    });
    const site = {
        ...SMALL_SITE,
        updates: [
            ...SMALL_SITE.updates.map((update) => update.ciId === OF_ARTICLE ? { ...update, articleId: '7000001' } : update),
            { ...like, ciId: EXPIRED, expired: true },
            { ...like, ciId: OLD, superseded: true, posted: '2024-01-01T00:00:00Z' },
            { ...like, ciId: NEW, posted: '2024-02-01T00:00:00Z' },
            { ...like, ciId: INSTALLED },
            { ...like, ciId: NO_CONTENT, contentProvisioned: false },
            { ...like, ciId: NOT_OFFLINE, articleId: '7000001', offlineServiceable: false },
        ],
        relations: [...SMALL_SITE.relations, { from: NEW, to: OLD, type: 6 }],
        groups: [
            group(17_000_001, 'First', [PLAIN, COMMON, EXPIRED, OLD, NEW, INSTALLED]),
            group(17_000_002, 'Second', [COMMON, SECOND, NO_CONTENT]),
        ],
    };
    return [WINDOWS_7, LTSC, REMOTE].reduce((all, image) => withStatuses(all, image, statusesOf(image)), withStatuses(site, UPGRADE, [[APPLIES, 2, 3]]));
}
function statusesOf(image) {
    return [[PLAIN, 1, 3], [APPLIES, 1, 3], [INSTALLED, 1, image === LTSC ? 2 : 3]];
}
/** What is asked for one image, by the description of the inputs in docs/inputs.md. */
function askedFor(from, image) {
    const first = [PLAIN, COMMON, EXPIRED, OLD, NEW, INSTALLED];
    switch (from) {
        case 'group':
            return first;
        case 'two groups':
            return [...first, SECOND, NO_CONTENT];
        case 'group and CI_ID':
            return [...first, SINGLE];
        case 'article':
            return [OF_ARTICLE, NOT_OFFLINE];
        case 'applicable':
            if (image === UPGRADE)
                return [APPLIES];
            return image === LTSC ? [PLAIN, APPLIES] : [PLAIN, APPLIES, INSTALLED];
    }
}
/** What the site must hold for one image; or the code of what speaks against it. */
function expected(one, image) {
    const left = askedFor(one.from, image).filter((ciId) => ciId !== EXPIRED &&
        ciId !== NOT_OFFLINE &&
        !(ciId === INSTALLED && image === LTSC && one.alreadyInstalled === 'skip') &&
        !(ciId === OLD && one.supersededUpdates === 'skip-if-newer-selected'));
    if (left.includes(NO_CONTENT) && one.unusableUpdates === 'fail')
        return 'OS207';
    return left.filter((ciId) => ciId !== NO_CONTENT).sort((less, more) => less - more);
}
function requestOf(one) {
    const { images, from, start, ...options } = one;
    const starts = {
        now: { kind: 'now' },
        moment: { kind: 'moment', milliseconds: Date.UTC(2032, 5, 1, 4, 30) },
        'site-time': { kind: 'site-time', minute: { year: 2032, month: 6, day: 1, hour: 4, minute: 30 } },
    };
    const groups = { group: ['First'], 'two groups': ['First', 'Second'], 'group and CI_ID': ['17000001'] };
    return {
        ...options,
        images,
        start: starts[start],
        updateGroups: from === 'article' || from === 'applicable' ? [] : groups[from],
        updates: from === 'article'
            ? [{ kind: 'article', article: '7000001' }]
            : from === 'applicable'
                ? [{ kind: 'applicable' }]
                : from === 'group and CI_ID'
                    ? [{ kind: 'ci-id', ciId: SINGLE }]
                    : [],
    };
}
/** Greedy: each case begins with a pair that none has had, and takes for each further input what adds most pairs. */
function allPairs() {
    const open = new Set();
    const pair = (one, at, other, place) => `${one} ${at} ${other} ${place}`;
    for (const [number, one] of NAMES.entries())
        for (const other of NAMES.slice(number + 1))
            for (const at of INPUTS[one].keys())
                for (const place of INPUTS[other].keys())
                    open.add(pair(one, at, other, place));
    const cases = [];
    for (let [next] = open; next !== undefined; [next] = open) {
        const [one, at, other, place] = next.split(' ');
        const chosen = new Map([
            [one ?? '', Number(at)],
            [other ?? '', Number(place)],
        ]);
        const gainOf = (name, value) => [...chosen].filter(([known, its]) => {
            const isBefore = NAMES.indexOf(known) < NAMES.indexOf(name);
            return open.has(isBefore ? pair(known, its, name, value) : pair(name, value, known, its));
        }).length;
        for (const name of NAMES.filter((each) => !chosen.has(each))) {
            const values = [...INPUTS[name].keys()];
            const best = values.reduce((most, value) => (gainOf(name, value) > gainOf(name, most) ? value : most), 0);
            chosen.set(name, best);
        }
        for (const [number, first] of NAMES.entries())
            for (const second of NAMES.slice(number + 1))
                open.delete(pair(first, chosen.get(first) ?? 0, second, chosen.get(second) ?? 0));
        cases.push(Object.fromEntries(NAMES.map((name) => [name, INPUTS[name][chosen.get(name) ?? 0]])));
    }
    return cases;
}
suite('every two values of two inputs, against what docs/inputs.md says of them', () => {
    // What ends a run before it writes hides the pairs of the other inputs: each case is tried without that as well.
    const written = allPairs().map((one) => {
        const isRefused = one.images.some((image) => image === UPGRADE);
        const removeSupersededUpdates = one.removeSupersededUpdates && !isRefused;
        return { ...one, dryRun: false, unusableUpdates: 'skip', removeSupersededUpdates };
    });
    const cases = [...new Map([...allPairs(), ...written].map((one) => [JSON.stringify(one), one])).values()];
    test('the cases are few, and of some a schedule comes', () => {
        assert.ok(cases.length >= 20 && cases.length < 60, String(cases.length));
        assert.ok(written.length >= 15);
    });
    for (const one of cases) {
        test(JSON.stringify(one), async (t) => {
            const site = await siteUnderTest(t, { simulator: { description: SITE, component: 'off' } });
            const ended = await runOnce(site, requestOf(one));
            const wanted = one.images.map((image) => ({ image: image, updates: expected(one, image) }));
            const codes = ended.result === undefined ? ended.diagnoses.map(({ code }) => code) : [];
            // The upgrade package has two indexes, for which the console offers no removal of superseded updates.
            if (one.removeSupersededUpdates && wanted.some(({ image }) => image === UPGRADE)) {
                assert.deepEqual(codes, ['OS216']);
                assert.equal(writesOf(site), 0);
                return;
            }
            const refused = wanted.filter(({ updates }) => updates === 'OS207');
            assert.deepEqual(codes, refused.map(() => 'OS207'), JSON.stringify(ended.error));
            if (refused.length > 0 || one.dryRun) {
                assert.equal(writesOf(site), 0);
                assert.equal(ended.result?.state, refused.length > 0 ? undefined : 'planned');
                return;
            }
            const byImage = wanted.sort((less, more) => less.image.localeCompare(more.image));
            assert.deepEqual(schedulesAt(site).map(({ images, updates }) => [images, updates]), byImage.map(({ image, updates }) => [[image], updates]));
            const all = new Set(wanted.flatMap(({ updates }) => (updates === 'OS207' ? [] : updates)));
            assert.deepEqual(new Set(ended.result?.appliedCiIds), all);
            for (const schedule of schedulesAt(site)) {
                assert.equal(schedule.updateDistributionPoints, one.updateDistributionPoints);
                assert.equal(schedule.continueOnError, one.continueOnUpdateError);
                assert.equal(schedule.action, one.start === 'now' ? 1 : 0);
                const start = decodeToken(schedule.token)?.start;
                assert.equal(start?.isUtc, one.start !== 'site-time');
                if (one.start !== 'now')
                    assert.deepEqual([start.year, start.hour, start.minute], [2032, 4, 30]);
            }
            for (const schedule of site.simulator.state.objects('SMS_ImageServicingSchedule'))
                assert.equal(schedule[CLEANUP_PROPERTY] === true, one.removeSupersededUpdates);
            assert.deepEqual(callsOf(site).map(({ PackageID, SiteCode }) => [PackageID, SiteCode]), one.images.map((image) => [image, image === REMOTE ? 'REM' : 'LAB']));
        });
    }
});
//# sourceMappingURL=pairs-of-inputs.test.js.map