import assert from 'node:assert/strict';
import { suite, test as nodeTest } from 'node:test';
import { CONNECTIONS, SMALL_SITE, siteUnderTest as openSite, } from '../site-under-test.js';
import { errorOf, FIRST, NOTHING, remainsOf, runOnce, SECOND, SITE_WITH_SMALL_GROUP, small, SMALL_GROUP_UPDATES, withUpdates, writesOf, } from './site-afterwards.js';
for (const { connection, skip } of CONNECTIONS) {
    const test = (name, run) => {
        nodeTest(name, { skip }, run);
    };
    const siteUnderTest = async (t, options = {}) => openSite(t, { connection, ...options });
    suite(`what is refused before anything is written, over ${connection}`, () => {
        async function refused(t, description, request = {}) {
            const site = await siteUnderTest(t, small(description));
            const error = errorOf(await runOnce(site, request));
            assert.equal(writesOf(site), 0);
            assert.deepEqual(remainsOf(site.simulator), NOTHING);
            return error;
        }
        test('the provider of another site', async (t) => {
            const error = await refused(t, SITE_WITH_SMALL_GROUP, { siteCode: 'XYZ' });
            assert.equal(error.code, 'OS201');
            assert.match(error.what, /serves site LAB; asked for is site XYZ/);
        });
        test('an empty group', async (t) => {
            const empty = SMALL_SITE.groups.find(({ updates }) => updates.length === 0);
            assert.ok(empty);
            assert.equal((await refused(t, SITE_WITH_SMALL_GROUP, { updateGroups: [String(empty.ciId)] })).code, 'OS206');
        });
        test('content that is not downloaded, named with its article', async (t) => {
            const error = await refused(t, withUpdates({ contentProvisioned: false }, [FIRST]));
            assert.equal(error.code, 'OS207');
            assert.match(error.what, new RegExp(`KB\\d+, CI_ID ${FIRST} \\(content not downloaded\\)`));
        });
        test('an update that the site does not show', async (t) => {
            const gone = {
                ...SITE_WITH_SMALL_GROUP,
                updates: SITE_WITH_SMALL_GROUP.updates.filter(({ ciId }) => ciId !== FIRST),
            };
            assert.match((await refused(t, gone)).what, new RegExp(`CI_ID ${FIRST} \\(not readable\\)`));
        });
        test('license terms that are not accepted, which an administrator can mend', async (t) => {
            const error = await refused(t, withUpdates({ eulaExists: true, eulaAccepted: false }, [FIRST]));
            assert.equal(error.code, 'OS207');
            assert.match(error.what, new RegExp(`CI_ID ${FIRST} \\(license terms not accepted\\)`));
        });
        test('a CI_ID that a schedule cannot hold', async (t) => {
            const groups = [
                { ciId: 17_000_002, name: 'Large', description: '', updates: [3_000_000_000], deployed: false },
            ];
            const error = await refused(t, { ...SMALL_SITE, groups }, { updateGroups: ['Large'] });
            assert.equal(error.code, 'OS209');
            assert.match(error.what, /3000000000/);
        });
        test('a class that the account may not read', async (t) => {
            const denied = [{ class: 'SMS_SoftwareUpdate', operations: ['read'] }];
            const error = await refused(t, { ...SITE_WITH_SMALL_GROUP, access: { hidden: [], denied } });
            assert.equal(error.code, 'OS305');
            assert.match(error.what, /SMS_SoftwareUpdate.*access denied/i);
        });
        test('a site server whose name is not fully qualified', async (t) => {
            const error = await refused(t, {
                ...SITE_WITH_SMALL_GROUP,
                site: { ...SMALL_SITE.site, serverName: 'CM01' },
            });
            assert.equal(error.code, 'OS211');
            assert.match(error.what, /"CM01", which is not fully qualified/);
        });
        test('a site server that nobody tells', async (t) => {
            const images = SMALL_SITE.images.map((image) => image.packageId === 'LAB00010' ? { ...image, sourceSite: 'ZZZ' } : image);
            const error = await refused(t, { ...SITE_WITH_SMALL_GROUP, images });
            assert.equal(error.code, 'OS211');
            assert.match(error.next, /site-server/);
        });
    });
    suite(`what is left out, over ${connection}`, () => {
        async function leftOut(t, description, request = {}) {
            const site = await siteUnderTest(t, small(description));
            const ended = await runOnce(site, request);
            assert.ok(ended.result, JSON.stringify(ended.error));
            const selection = ended.result.images[0]?.selection;
            assert.equal(selection?.used.length, ended.result.state === 'nothing-to-do' ? 0 : remainsOf(site.simulator).updates);
            return {
                state: ended.result.state,
                why: selection.leftOut.map(({ ciId, reason }) => [ciId, reason.why]),
                site,
            };
        }
        const installedOn = (indexes, ids) => ({
            ...SITE_WITH_SMALL_GROUP,
            images: SMALL_SITE.images.map((image) => image.packageId === 'LAB00010' ? { ...image, indexes: ['One', 'Two'] } : image),
            imageUpdates: ids.flatMap((ciId) => indexes.map((index) => ({
                packageId: 'LAB00010',
                index,
                ciId,
                status: index === 2 ? 5 : 2,
                installationStatus: 0,
                appliedDate: '2024-01-01T00:00:00Z',
            }))),
        });
        test('expired updates, and those that cannot be serviced offline', async (t) => {
            assert.deepEqual((await leftOut(t, withUpdates({ expired: true }, [FIRST]))).why, [[FIRST, 'expired']]);
            assert.deepEqual((await leftOut(t, withUpdates({ offlineServiceable: false }, [SECOND]))).why, [
                [SECOND, 'not-serviceable-offline'],
            ]);
        });
        test('what cannot be used, when it shall be skipped', async (t) => {
            const { why } = await leftOut(t, withUpdates({ contentProvisioned: false }, [FIRST, SECOND]), {
                unusableUpdates: 'skip',
            });
            assert.deepEqual(why, [
                [FIRST, 'content-not-downloaded'],
                [SECOND, 'content-not-downloaded'],
            ]);
        });
        test('what every index of the image has, unless it shall be included', async (t) => {
            assert.deepEqual((await leftOut(t, installedOn([1, 2], [FIRST]))).why, [[FIRST, 'already-installed']]);
            assert.deepEqual((await leftOut(t, installedOn([1], [FIRST]))).why, []);
            assert.deepEqual((await leftOut(t, installedOn([1, 2], [FIRST]), { alreadyInstalled: 'include' })).why, []);
        });
        test('everything, because it cannot be used: nothing to do, and nothing written', async (t) => {
            const impossible = withUpdates({ offlineServiceable: false }, SMALL_GROUP_UPDATES);
            const { state, why, site } = await leftOut(t, impossible);
            assert.equal(state, 'nothing-to-do');
            assert.equal(why.length, SMALL_GROUP_UPDATES.length);
            assert.equal(writesOf(site), 0);
            const missing = withUpdates({ contentProvisioned: false }, SMALL_GROUP_UPDATES);
            assert.equal((await leftOut(t, missing, { unusableUpdates: 'skip' })).state, 'nothing-to-do');
        });
        test('what can never be serviced, each with a reason of its own', async (t) => {
            const [first, second, third, fourth] = SMALL_GROUP_UPDATES;
            const changes = new Map([
                [first, { categories: ['Product:x', 'UpdateClassification:3689bdc8-b205-4af4-8d4a-a63924c5e9d5'] }],
                [second, { metadataOnly: true }],
                [third, { hidden: true }],
                [fourth, { enabled: false }],
            ]);
            const updates = SITE_WITH_SMALL_GROUP.updates.map((update) => ({
                ...update,
                ...changes.get(update.ciId),
            }));
            const { state, why } = await leftOut(t, { ...SITE_WITH_SMALL_GROUP, updates });
            assert.equal(state, 'nothing-to-do');
            assert.deepEqual(why, [
                [first, 'feature-update'],
                [second, 'metadata-only'],
                [third, 'hidden'],
                [fourth, 'disabled'],
            ]);
        });
        test('nothing for license terms that are accepted, or that do not exist', async (t) => {
            assert.deepEqual((await leftOut(t, withUpdates({ eulaExists: true }, [FIRST]))).why, []);
            assert.deepEqual((await leftOut(t, withUpdates({ eulaAccepted: false }, [SECOND]))).why, []);
        });
        test('everything: nothing to do, and nothing written', async (t) => {
            const { state, site } = await leftOut(t, installedOn([1, 2], SMALL_GROUP_UPDATES));
            assert.equal(state, 'nothing-to-do');
            assert.equal(writesOf(site), 0);
            assert.equal((await leftOut(t, withUpdates({ expired: true }, SMALL_GROUP_UPDATES))).state, 'nothing-to-do');
        });
    });
}
//# sourceMappingURL=refusals-and-selection.test.js.map