import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { OBSTACLES } from '../../src/site/software-update.js';
import { impossibleUpdates, isNothingToDo, unusableUpdates, } from '../../src/plan/update-selection.js';
import { seededRandom } from '../../src/simulator/seeded-random.js';
import { fatesOf, select, usableUpdate } from './selection-under-test.js';
const USABLE = {
    isExpired: false,
    isOfflineServiceable: true,
    isContentProvisioned: true,
    obstacle: undefined,
    isSuperseded: false,
    datePosted: undefined,
};
function reasonFor(facts, installed, alreadyInstalled) {
    const ciId = 1;
    const update = { ciId, article: undefined, title: undefined, ...USABLE, ...facts };
    const { leftOut, used } = select({
        updates: facts === undefined ? [] : [update],
        missing: facts === undefined ? [ciId] : [],
        installed: installed ? [ciId] : [],
        alreadyInstalled,
    });
    assert.equal(used.length + leftOut.length, 1);
    return leftOut[0]?.reason;
}
suite('selection', () => {
    test('uses what is downloaded, serviceable offline, current and not in the image', () => {
        assert.equal(reasonFor({}, false, 'skip'), undefined);
        assert.equal(reasonFor({}, true, 'include'), undefined);
    });
    test('each reason has its own name', () => {
        assert.deepEqual(reasonFor(undefined, false, 'skip'), { need: 'not-possible', why: 'not-readable' });
        assert.deepEqual(reasonFor({ isExpired: true }, false, 'skip'), { need: 'not-needed', why: 'expired' });
        assert.deepEqual(reasonFor({}, true, 'skip'), { need: 'not-needed', why: 'already-installed' });
        assert.deepEqual(reasonFor({ isOfflineServiceable: false }, false, 'skip'), {
            need: 'not-possible',
            why: 'not-serviceable-offline',
        });
        assert.deepEqual(reasonFor({ isContentProvisioned: false }, false, 'skip'), {
            need: 'not-possible',
            why: 'content-not-downloaded',
        });
    });
    test('what is not needed never fails a run, whatever else is wrong with it', () => {
        const broken = { isOfflineServiceable: false, isContentProvisioned: false };
        assert.equal(reasonFor({ ...broken, isExpired: true }, false, 'skip')?.need, 'not-needed');
        assert.equal(reasonFor(broken, true, 'skip')?.need, 'not-needed');
        assert.equal(reasonFor({ isContentProvisioned: false }, true, 'include')?.why, 'content-not-downloaded');
    });
    test('every CI_ID is either used or left out, once, and the rest follows from the reasons', () => {
        const aCase = fc.record({
            known: fc.boolean(),
            installed: fc.boolean(),
            facts: fc.record({
                isExpired: fc.boolean(),
                isOfflineServiceable: fc.boolean(),
                isContentProvisioned: fc.boolean(),
            }),
        });
        fc.assert(fc.property(fc.array(aCase, { maxLength: 20 }), (cases) => {
            const ciIds = cases.map((_, place) => (place + 1));
            const selection = select({
                updates: cases.flatMap(({ known, facts }, place) => (known ? usableUpdate(place + 1, facts) : [])),
                missing: ciIds.filter((_, place) => cases[place]?.known === false),
                installed: ciIds.filter((_, place) => cases[place]?.installed === true),
            });
            const told = [...selection.used, ...selection.leftOut].map(({ ciId }) => ciId).sort((a, b) => a - b);
            assert.deepEqual(told, ciIds);
            const impossible = selection.leftOut.filter(({ reason }) => reason.need === 'not-possible');
            assert.deepEqual(impossibleUpdates(selection), impossible);
            assert.equal(isNothingToDo(selection), selection.used.length === 0);
            assert.equal(unusableUpdates(selection).length, impossible.filter(({ reason }) => reason.why !== 'not-serviceable-offline').length);
        }));
    });
    test('what can never be serviced has a reason of its own, before the content', () => {
        for (const obstacle of OBSTACLES) {
            const reason = reasonFor({ obstacle, isContentProvisioned: false }, false, 'skip');
            assert.deepEqual(reason, { need: 'not-possible', why: obstacle });
        }
    });
    test('only what an administrator can mend fails a run', () => {
        const failing = OBSTACLES.filter((obstacle) => unusableUpdates(select({ updates: [usableUpdate(1, { obstacle })] })).length > 0);
        assert.deepEqual(failing, ['license-terms-not-accepted']);
    });
    test('an excluded update is not wanted, whatever else there is to say of it', () => {
        const cases = [
            { updates: [usableUpdate(1)] },
            { updates: [usableUpdate(1, { isExpired: true })] },
            { updates: [usableUpdate(1, { isContentProvisioned: false })] },
            { updates: [usableUpdate(1)], installed: [1] },
            { updates: [], missing: [1] },
        ];
        for (const one of cases) {
            const selection = select({ ...one, excluded: [1] });
            assert.deepEqual(selection.leftOut[0]?.reason, { need: 'not-wanted', why: 'excluded' });
            assert.deepEqual(unusableUpdates(selection), []);
        }
    });
});
suite('updates that the site holds as not required', () => {
    const article = 'KB7';
    const [x64, arm64, feature] = [
        usableUpdate(1, { article }),
        usableUpdate(2, { article }),
        usableUpdate(3, { article, obstacle: 'feature-update' }),
    ];
    const updates = [x64, arm64, feature];
    test('are not needed where another one of the article is applicable or installed', () => {
        const notRequiredOnEveryIndex = [2, 3];
        const others = { 2: 'not-required-sibling 1', 3: 'not-required-sibling 1' };
        const applicable = select({ updates, notRequiredOnEveryIndex, applicable: [1] });
        assert.deepEqual(fatesOf(applicable), { 1: 'used', ...others });
        const installed = select({ updates, notRequiredOnEveryIndex, installed: [1] });
        assert.deepEqual(fatesOf(installed), { 1: 'already-installed', ...others });
    });
    test('are not needed either where the other one only lacks its content, or a signature', () => {
        for (const change of [
            { isContentProvisioned: false },
            { obstacle: 'license-terms-not-accepted' },
        ]) {
            const one = { updates: [{ ...x64, ...change }, arm64], notRequiredOnEveryIndex: [2], applicable: [1] };
            assert.equal(fatesOf(select(one))[2], 'not-required-sibling 1', JSON.stringify(change));
        }
    });
    test('stay in where no other one of the article is known to concern the image', () => {
        const one = { updates: [x64, arm64], notRequiredOnEveryIndex: [2] };
        assert.deepEqual(fatesOf(select(one)), { 1: 'used', 2: 'used' });
        const otherArticle = [usableUpdate(1), arm64];
        assert.deepEqual(fatesOf(select({ ...one, updates: otherArticle, applicable: [1] })), {
            1: 'used',
            2: 'used',
        });
        const noArticle = [usableUpdate(1, { article: undefined }), usableUpdate(2, { article: undefined })];
        assert.equal(fatesOf(select({ ...one, updates: noArticle, applicable: [1] }))[2], 'used');
        for (const change of [
            { isExpired: true },
            { isOfflineServiceable: false },
            { obstacle: 'hidden' },
        ])
            assert.equal(fatesOf(select({ ...one, updates: [{ ...x64, ...change }, arm64], applicable: [1] }))[2], 'used', JSON.stringify(change));
    });
    test('stay in where an index lacks the row', () => {
        assert.equal(fatesOf(select({ updates, notRequired: [2], applicable: [1] }))[2], 'used');
    });
    test('are skipped where that is wanted, and else counted', () => {
        const one = {
            updates: [usableUpdate(1), usableUpdate(2)],
            notRequiredOnEveryIndex: [2],
            notRequired: [1],
        };
        const included = select(one);
        assert.deepEqual(fatesOf(included), { 1: 'used', 2: 'used' });
        assert.deepEqual(included.usedThoughNotRequired, [2]);
        const skipped = select({ ...one, notRequiredUpdates: 'skip' });
        assert.deepEqual(fatesOf(skipped), { 1: 'used', 2: 'not-required' });
        assert.deepEqual(skipped.usedThoughNotRequired, []);
    });
    test('are skipped even where they could not be used: that must not fail the run', () => {
        const one = { updates: [usableUpdate(1, { isContentProvisioned: false })], missing: [2] };
        const skipped = select({ ...one, notRequiredOnEveryIndex: [1, 2], notRequiredUpdates: 'skip' });
        assert.deepEqual(fatesOf(skipped), { 1: 'not-required', 2: 'not-required' });
    });
});
suite('a selection, whatever a site tells', () => {
    const MOST = 8;
    const id = fc.integer({ min: 1, max: MOST });
    // Where most updates have a fault, nothing of interest happens between the others.
    const rarely = fc.nat(4).map((value) => value === 0);
    const facts = fc.record({
        isAsked: rarely.map((isOther) => !isOther),
        isKnown: rarely.map((isMissing) => !isMissing),
        article: fc.constantFrom(undefined, 'KB1', 'KB2'),
        isExpired: rarely,
        isSuperseded: fc.boolean(),
        isContentProvisioned: rarely.map((isMissing) => !isMissing),
        obstacle: fc.option(fc.constantFrom(...OBSTACLES), { nil: undefined, freq: 1 }),
        datePosted: fc.constantFrom(undefined, 1, 2, 3),
    });
    const aCase = fc.record({
        facts: fc.array(facts, { minLength: MOST, maxLength: MOST }),
        relations: fc.array(fc.tuple(id, id), { maxLength: 30 }),
        excluded: fc.array(id, { maxLength: 2 }),
        installed: fc.array(id, { maxLength: 4 }),
        notRequired: fc.array(id, { maxLength: 4 }),
        applicable: fc.array(id, { maxLength: 4 }),
        alreadyInstalled: fc.constantFrom('skip', 'include'),
        notRequiredUpdates: fc.constantFrom('skip', 'include'),
    });
    function selectionOf(one) {
        const all = one.facts.map(({ isAsked, isKnown, ...change }, place) => ({
            isAsked,
            isKnown,
            update: usableUpdate(place + 1, change),
        }));
        return {
            ...one,
            updates: all.flatMap(({ isAsked, isKnown, update }) => (isAsked && isKnown ? [update] : [])),
            others: all.flatMap(({ isAsked, isKnown, update }) => (!isAsked && isKnown ? [update] : [])),
            missing: all.flatMap(({ isAsked, isKnown, update }) => (isAsked && !isKnown ? [update.ciId] : [])),
            notRequiredOnEveryIndex: one.notRequired.filter((ciId) => ciId % 2 === 0),
        };
    }
    test('says of each CI_ID that was asked for one thing, once', () => {
        fc.assert(fc.property(aCase, (one) => {
            const { used, leftOut } = select(selectionOf(one));
            const told = [...used, ...leftOut].map(({ ciId }) => ciId).sort((a, b) => a - b);
            const asked = one.facts.flatMap(({ isAsked }, place) => (isAsked ? [place + 1] : []));
            assert.deepEqual(told, asked);
        }), { numRuns: 1_000 });
    });
    test('uses nothing that is excluded, in the image already where that is skipped, or impossible', () => {
        fc.assert(fc.property(aCase, (one) => {
            for (const update of select(selectionOf(one)).used) {
                assert.ok(!one.excluded.includes(update.ciId));
                assert.ok(one.alreadyInstalled === 'include' || !one.installed.includes(update.ciId));
                assert.ok(update.isContentProvisioned && !update.isExpired && update.obstacle === undefined);
            }
        }), { numRuns: 1_000 });
    });
    test('leaves an update out for another one only where that is used or installed, and not older', () => {
        fc.assert(fc.property(aCase, (one) => {
            const { used, leftOut } = select(selectionOf(one));
            for (const { update, reason } of leftOut) {
                if (reason.why === 'superseded')
                    assert.ok(used.includes(reason.by));
                if (reason.why === 'superseded-by-installed') {
                    assert.equal(one.alreadyInstalled, 'skip');
                    assert.ok(one.installed.includes(reason.by.ciId));
                }
                if (reason.why === 'superseded' || reason.why === 'superseded-by-installed') {
                    assert.ok(update?.isSuperseded === true);
                    assert.ok((update.datePosted ?? Infinity) <= (reason.by.datePosted ?? -Infinity));
                }
            }
        }), { numRuns: 1_000 });
    });
    test('is the same in whatever order the rows come', () => {
        fc.assert(fc.property(aCase, fc.nat(), (one, seed) => {
            const random = seededRandom(seed);
            const shuffled = (items) => items
                .map((item) => ({ item, key: random.fraction() }))
                .sort((before, after) => before.key - after.key)
                .map(({ item }) => item);
            const given = selectionOf(one);
            const other = {
                ...given,
                updates: shuffled(given.updates),
                others: shuffled(given.others ?? []),
                missing: shuffled(given.missing ?? []),
                relations: shuffled(given.relations ?? []).map(([from, to]) => [to, from]),
            };
            assert.deepEqual(fatesOf(select(other)), fatesOf(select(given)));
        }), { numRuns: 1_000 });
    });
});
//# sourceMappingURL=update-selection.test.js.map