import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { spelledFor } from '../../src/diagnosis/input-mention.js';
import { CONNECTIONS, siteUnderTest } from '../site-under-test.js';
import { LTSC, schedulesAt, SITE_WITH_TWO_GROUPS, UPGRADE } from './several-images.js';
import { errorOf, NOTHING, remainsOf, runOnce, SMALL_GROUP_UPDATES, writesOf } from './site-afterwards.js';
const REQUEST = { images: [LTSC, UPGRADE] };
function withMethod(change, description = SITE_WITH_TWO_GROUPS) {
    return {
        ...description,
        classes: [
            ...description.classes,
            {
                class: 'SMS_ImagePackage',
                absent: false,
                addProperties: [],
                removeProperties: [],
                removeMethods: [],
                removeParameters: [],
                ...change,
            },
        ],
    };
}
for (const { connection, skip } of CONNECTIONS) {
    suite(`the method of a real site, over ${connection}`, { skip }, () => {
        async function ending(t, description) {
            const site = await siteUnderTest(t, {
                connection,
                simulator: { description, component: 'when-woken' },
            });
            return { error: errorOf(await runOnce(site, REQUEST)), site };
        }
        test('is not there: all drafts are undone, and the error names class, method and the way out', async (t) => {
            const { error, site } = await ending(t, withMethod({ removeMethods: ['RunOfflineServicingManager'] }));
            assert.equal(error.code, 'OS401');
            assert.deepEqual(remainsOf(site.simulator), NOTHING);
            const told = `${error.what} ${error.cause} ${error.next}`;
            assert.match(told, /SMS_ImagePackage\.RunOfflineServicingManager/);
            assert.match(spelledFor({ spell: (name) => name, writtenIn: 'yaml' }, error.next), /instead of connection: admin-service use connection: wmi/);
            // Who is there already is not told that the other way is the one that was taken.
            assert.match(error.cause, /over this connection/);
        });
        test('returns something else than 0: undone, with the number', async (t) => {
            const methodResults = { RunOfflineServicingManager: 5 };
            const { error, site } = await ending(t, withMethod({ methodResults }));
            assert.equal(error.code, 'OS401');
            assert.match(error.what, /RunOfflineServicingManager on cm01\.lab\.example returned 5/);
            assert.deepEqual(remainsOf(site.simulator), NOTHING);
        });
        test('takes no PackageType on an old site', async (t) => {
            const site = await siteUnderTest(t, {
                connection,
                simulator: { description: withMethod({ removeParameters: ['PackageType'] }) },
            });
            const ended = await runOnce(site, REQUEST);
            // The administration service is newer than any such site.
            if (connection === 'wmi')
                assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
        });
    });
}
suite('what happens at a real site', () => {
    async function siteWith(t, options) {
        return siteUnderTest(t, { simulator: { description: SITE_WITH_TWO_GROUPS, ...options } });
    }
    test('a login that only the read of SMS_Site loses is a lost login, and no unknown server', async (t) => {
        const site = await siteWith(t, { faults: [{ kind: 'deny-401', every: true, class: 'SMS_Site' }] });
        assert.equal(errorOf(await runOnce(site, REQUEST)).code, 'OS304');
        assert.equal(writesOf(site), 0);
    });
    test('a provider that is gone at the read of SMS_Site is no unknown server either', async (t) => {
        for (const [kind, code] of [
            ['cut', 'OS302'],
            ['error-500', 'OS309'],
        ]) {
            const site = await siteWith(t, { faults: [{ kind, every: true, class: 'SMS_Site' }] });
            assert.equal(errorOf(await runOnce(site, REQUEST)).code, code);
        }
    });
    const classes = [
        'SMS_Identification',
        'SMS_ImagePackage',
        'SMS_OperatingSystemInstallPackage',
        'SMS_AuthorizationList',
        'SMS_SoftwareUpdate',
        'SMS_ImageUpdateStatus',
    ];
    for (const denied of classes) {
        test(`${denied} is denied: the error names it, and nothing is written`, async (t) => {
            const access = { hidden: [], denied: [{ class: denied, operations: ['read'] }] };
            const site = await siteWith(t, { description: { ...SITE_WITH_TWO_GROUPS, access } });
            const error = errorOf(await runOnce(site, REQUEST));
            assert.equal(error.code, 'OS305');
            assert.match(error.what, new RegExp(denied));
            assert.equal(writesOf(site), 0);
        });
    }
    test('an update is out of scope, or was deleted: not readable, for each image', async (t) => {
        const [first = 0] = SMALL_GROUP_UPDATES;
        const hidden = [{ class: 'SMS_SoftwareUpdate', where: { CI_ID: first } }];
        const site = await siteWith(t, {
            description: { ...SITE_WITH_TWO_GROUPS, access: { hidden, denied: [] } },
        });
        const ended = await runOnce(site, REQUEST);
        assert.match(errorOf(ended).what, new RegExp(`CI_ID ${first} \\(not readable\\)`));
        const skipping = await runOnce(site, { ...REQUEST, unusableUpdates: 'skip' });
        assert.equal(skipping.result?.state, 'scheduled', JSON.stringify(skipping.error));
        for (const { updates } of schedulesAt(site))
            assert.deepEqual(updates, SMALL_GROUP_UPDATES.slice(1));
    });
    const deletions = [
        ['SMS_AuthorizationList', { CI_ID: 17_000_001 }],
        ['SMS_ImagePackage', { PackageID: LTSC }],
        ['SMS_OperatingSystemInstallPackage', { PackageID: UPGRADE }],
    ];
    for (const [which, key] of deletions) {
        test(`${which} is deleted in the middle, whenever that is: whole, or an error and nothing`, async (t) => {
            const plain = await siteWith(t, {});
            assert.ok((await runOnce(plain, REQUEST)).result);
            const last = plain.simulator.requests.length;
            for (let number = 2; number <= last; number += 3) {
                const site = await siteWith(t, {
                    component: 'when-woken',
                    beforeRequest: (request, state) => {
                        if (request.number === number)
                            state.remove(which, key);
                    },
                });
                const ended = await runOnce(site, REQUEST);
                const isWhole = schedulesAt(site).every(({ updates }) => updates.length === 4);
                assert.ok(isWhole, `deleted before request ${number}: ${JSON.stringify(schedulesAt(site))}`);
                if (ended.error === undefined)
                    continue;
                assert.match(ended.error.code, /^OS(?:202|204|206|305|401|402|403)$/);
                if (ended.error.code !== 'OS402' && ended.error.code !== 'OS403')
                    assert.deepEqual(remainsOf(site.simulator), NOTHING);
            }
        });
    }
    test('the provider restarts for longer than the run tries: it ends with an error, and without half a schedule', async (t) => {
        const site = await siteWith(t, {
            component: 'when-woken',
            // Far longer than any run tries: how long its processes take to start is chance.
            faults: [{ kind: 'restart', milliseconds: 600_000, method: 'POST', request: 4 }],
        });
        const error = errorOf(await runOnce(site, REQUEST));
        assert.match(error.code, /^OS40[12]$/);
        for (const { action } of schedulesAt(site))
            assert.equal(action, 0);
    });
});
//# sourceMappingURL=outcomes-of-a-real-site.test.js.map