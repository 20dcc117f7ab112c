import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { suite, test as nodeTest } from 'node:test';
import { describeDefaultSite } from '../../src/simulator/index.js';
import { CONNECTIONS, SMALL_SITE, siteUnderTest as openSite, } from '../site-under-test.js';
import { assertWholeOrNothing, errorOf, NOTHING, remainsOf, runOnce, SITE_WITH_SMALL_GROUP, small, SMALL_GROUP_UPDATES, writesOf, } from './site-afterwards.js';
const WINDOWS_7 = SMALL_SITE.groups.find(({ name }) => name === 'Windows 7')?.updates ?? [];
for (const { connection, skip } of CONNECTIONS) {
    const test = (name, run) => {
        nodeTest(name, { skip }, run);
    };
    const siteUnderTest = async (t, options = {}) => openSite(t, { connection, ...options });
    suite(`a run, over ${connection}`, () => {
        test('writes one whole schedule, starts it, and says so', async (t) => {
            const site = await siteUnderTest(t);
            const ended = await runOnce(site, { updateGroups: ['Windows 7'] });
            assert.equal(await assertWholeOrNothing(site, ended, WINDOWS_7.length), 'whole');
            assert.deepEqual(ended.result?.appliedCiIds, WINDOWS_7);
            assert.equal(ended.result.state, 'scheduled');
            assert.equal(remainsOf(site.simulator).runs.length, 1);
            const [schedule] = site.simulator.state.objects('SMS_ImageServicingSchedule');
            assert.equal(schedule?.['UpdateDP'], true);
            assert.equal(schedule['Name'], 'Offline servicing LAB00010 the-mark');
            const [call] = site.simulator.requests.filter(({ methodName }) => methodName !== undefined);
            assert.deepEqual(JSON.parse(call?.body ?? ''), {
                SiteCode: 'LAB',
                ServerName: SMALL_SITE.site.serverName,
                PackageID: 'LAB00010',
                PackageType: 257,
            });
        });
        test('of 300 updates keeps within its budget of requests, objects and processes', async (t) => {
            let processes = 0;
            const count = () => {
                processes++;
            };
            const description = describeDefaultSite({ updates: 1_000, groupOf: 300 });
            const image = description.images.find(({ name }) => name === 'Windows Server 2022');
            assert.ok(image);
            const site = await siteUnderTest(t, { simulator: { description } });
            subscribe('child_process', count);
            const ended = await runOnce(site, { images: [image.name], updateGroups: ['Benchmark'] });
            unsubscribe('child_process', count);
            assert.equal(ended.result?.appliedCiIds.length, 300, JSON.stringify(ended.error));
            const reads = site.simulator.requests.filter(({ method }) => method === 'GET');
            // Over WMI an object is read before it is changed, and the class of the method before it is called.
            // There the lists of one image and of one group have a next page instead, until a larger one was seen.
            assert.ok(reads.length <= 14 + 2 + 2 * (300 / 50), `${reads.length} reads`);
            assert.equal(writesOf(site), 300 + 4);
            const objects = reads.reduce((sum, { rows }) => sum + rows, 0);
            assert.ok(objects <= 300 * (1 + image.indexes.length) + 30, `${objects} objects`);
            assert.ok(processes <= 7, `${processes} processes`);
        });
        test('waits until what it wrote has become visible', async (t) => {
            const site = await siteUnderTest(t, {
                simulator: { description: SITE_WITH_SMALL_GROUP, invisibleMilliseconds: 120 },
            });
            assert.equal(await assertWholeOrNothing(site, await runOnce(site), SMALL_GROUP_UPDATES.length), 'whole');
            assert.ok(site.progress.filter(({ kind }) => kind === 'read-back').length === 1);
        });
        test('finds image and group by their IDs too', async (t) => {
            const site = await siteUnderTest(t, small());
            const ended = await runOnce(site, { images: ['lab00010'], updateGroups: ['17000001'] });
            assert.equal(ended.result?.images[0]?.image.name, 'Windows 7 Enterprise');
            assert.equal(ended.result.updateGroups[0]?.name, 'Small');
        });
        test('services an OS upgrade package, with its own package type', async (t) => {
            const upgrade = SMALL_SITE.images.find(({ kind }) => kind === 'upgrade-package');
            assert.ok(upgrade);
            const site = await siteUnderTest(t, small());
            const ended = await runOnce(site, { images: [upgrade.packageId] });
            assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
            const [call] = site.simulator.requests.filter(({ methodName }) => methodName !== undefined);
            assert.equal(JSON.parse(call?.body ?? '').PackageType, 259);
        });
        test('takes the site server that it is told', async (t) => {
            const site = await siteUnderTest(t, small());
            const ended = await runOnce(site, { siteServer: 'other.lab.example' });
            // The simulated site knows no such server: the call is refused, and the error is the site's.
            assert.match(errorOf(ended).what, /RunOfflineServicingManager/);
        });
        test('asks the source site of the image, whatever its package ID begins with', async (t) => {
            const other = SMALL_SITE.otherSites.find(({ type }) => type === 'primary');
            assert.ok(other);
            const images = SMALL_SITE.images.map((image) => image.packageId === 'LAB00010' ? { ...image, sourceSite: other.code } : image);
            const site = await siteUnderTest(t, small({ ...SITE_WITH_SMALL_GROUP, images }));
            const ended = await runOnce(site);
            assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
            const [call] = site.simulator.requests.filter(({ methodName }) => methodName !== undefined);
            const { SiteCode, ServerName } = JSON.parse(call?.body ?? '');
            assert.deepEqual([SiteCode, ServerName], [other.code, other.serverName]);
        });
        test('takes no update for installed where the indexes of the image cannot be read', async (t) => {
            const imageUpdates = SMALL_GROUP_UPDATES.map((ciId) => ({
                packageId: 'LAB00010',
                index: 1,
                ciId,
                status: 2,
                installationStatus: 0,
                appliedDate: '2024-01-01T00:00:00Z',
            }));
            const site = await siteUnderTest(t, small({ ...SITE_WITH_SMALL_GROUP, imageUpdates }));
            site.simulator.state.change('SMS_ImagePackage', { PackageID: 'LAB00010' }, { ImageProperty: 'no list' });
            assert.deepEqual((await runOnce(site)).result?.appliedCiIds, SMALL_GROUP_UPDATES);
        });
        // Only what is written as text can have another type than its class says.
        if (connection === 'admin-service') {
            test('goes on where the view of images shows no index that can be one', async (t) => {
                for (const instead of ['null', 'other-type', 'missing']) {
                    const fault = { kind: 'wrong-types', every: true, property: 'Index', instead };
                    const site = await siteUnderTest(t, {
                        simulator: {
                            description: SITE_WITH_SMALL_GROUP,
                            faults: [{ ...fault, class: 'SMS_ImageInformation' }],
                        },
                    });
                    const ended = await runOnce(site, { dryRun: true });
                    assert.deepEqual([...(ended.result?.images[0]?.indexes ?? [])], [1], JSON.stringify(ended.error));
                }
            });
        }
        test('dry, reads everything and writes nothing', async (t) => {
            const site = await siteUnderTest(t, small());
            const ended = await runOnce(site, { dryRun: true });
            assert.equal(ended.result?.state, 'planned');
            assert.deepEqual(ended.result.appliedCiIds, []);
            assert.equal(ended.result.images[0]?.selection.used.length, SMALL_GROUP_UPDATES.length);
            assert.equal(writesOf(site), 0);
        });
        test('that is cancelled while it writes takes back what it wrote', async (t) => {
            for (const at of ['schedule-written', 'links-written', 'read-back']) {
                const controller = new AbortController();
                const site = await siteUnderTest(t, small());
                const push = site.progress.push.bind(site.progress);
                site.progress.push = (...steps) => {
                    if (steps.some(({ kind }) => kind === at))
                        controller.abort();
                    return push(...steps);
                };
                const ended = await runOnce(site, {}, controller.signal);
                assert.equal(errorOf(ended).code, 'OS501', at);
                assert.deepEqual(remainsOf(site.simulator), NOTHING, at);
            }
        });
    });
    suite(`a draft that is not as it was written, over ${connection}`, () => {
        const changes = [
            [
                'the distribution points',
                (site, id) => void site.simulator.state.change('SMS_ImageServicingSchedule', { ScheduleID: id }, { UpdateDP: false }),
            ],
            [
                'whether it goes on after an update that fails',
                (site, id) => void site.simulator.state.change('SMS_ImageServicingSchedule', { ScheduleID: id }, { ContinueOnError: true }),
            ],
            [
                'the name',
                (site, id) => void site.simulator.state.change('SMS_ImageServicingSchedule', { ScheduleID: id }, { Name: 'x' }),
            ],
            [
                'the token',
                (site, id) => void site.simulator.state.change('SMS_ImageServicingSchedule', { ScheduleID: id }, { Schedule: '7913788000080000' }),
            ],
            [
                'an update that is not ours',
                (site, id) => {
                    site.simulator.state.put('SMS_ImageServicingScheduledUpdate', { ScheduleID: id, UpdateID: 1 });
                },
            ],
            [
                'an image that is not ours',
                (site, id) => {
                    site.simulator.state.put('SMS_ImageServicingScheduledImage', {
                        ScheduleID: id,
                        ImagePackageID: 'LAB00011',
                    });
                },
            ],
        ];
        for (const [what, change] of changes) {
            test(`is never started: ${what}`, async (t) => {
                const site = await siteUnderTest(t, {
                    simulator: { description: SITE_WITH_SMALL_GROUP, component: 'off' },
                });
                const push = site.progress.push.bind(site.progress);
                site.progress.push = (...steps) => {
                    const [step] = steps;
                    if (step?.kind === 'schedule-written')
                        change(site, step.scheduleId);
                    return push(...steps);
                };
                const error = errorOf(await runOnce(site));
                assert.match(error.what, /was read back and is not what was written/);
                assert.ok(!site.simulator.requests.some(({ methodName }) => methodName !== undefined));
                assert.deepEqual(remainsOf(site.simulator), NOTHING);
            });
        }
    });
    suite(`names, over ${connection}`, () => {
        test('an unknown image: the nearest names, and that it may be out of sight', async (t) => {
            const site = await siteUnderTest(t, small());
            const error = errorOf(await runOnce(site, { images: ['Windows 7 Enterprize'] }));
            assert.equal(error.code, 'OS202');
            assert.match(error.next, /Nearest of the \d+ that the account sees: "Windows 7 Enterprise" \(LAB00010\)/);
            assert.match(error.cause, /scope/);
            assert.equal(writesOf(site), 0);
        });
        test('an unknown group: likewise', async (t) => {
            const site = await siteUnderTest(t, small());
            const error = errorOf(await runOnce(site, { updateGroups: ['Windos 7'] }));
            assert.equal(error.code, 'OS204');
            assert.match(error.next, /"Windows 7"/);
        });
        test('several of one name: all of them, with their IDs', async (t) => {
            const site = await siteUnderTest(t, small());
            const name = 'Windows 10 Pilot';
            const twins = SMALL_SITE.images.filter((image) => image.name === name);
            assert.ok(twins.length > 1);
            const error = errorOf(await runOnce(site, { images: [name] }));
            assert.equal(error.code, 'OS203');
            for (const { packageId } of twins)
                assert.ok(error.what.includes(packageId));
            const seen = SMALL_SITE.groups.map((group) => group.name);
            const twice = seen.find((each, place) => seen.indexOf(each) !== place);
            assert.ok(twice !== undefined);
            const groups = errorOf(await runOnce(site, { updateGroups: [twice] }));
            assert.equal(groups.code, 'OS205');
            for (const { ciId } of SMALL_SITE.groups.filter((group) => group.name === twice))
                assert.ok(groups.what.includes(String(ciId)));
        });
        test('a name with a backslash is found although OData cannot be asked for it', async (t) => {
            const name = 'Site\\Windows "7"';
            const images = SMALL_SITE.images.map((image) => image.packageId === 'LAB00010' ? { ...image, name } : image);
            const site = await siteUnderTest(t, small({ ...SITE_WITH_SMALL_GROUP, images }));
            assert.equal((await runOnce(site, { images: [name] })).result?.images[0]?.image.packageId, 'LAB00010');
            const error = errorOf(await runOnce(site, { images: ['Site\\Windows "8"'] }));
            assert.match(error.next, /Site\\Windows "7"/);
        });
        test('an image that the account may not see is as good as absent', async (t) => {
            const hidden = [{ class: 'SMS_ImagePackage', where: { PackageID: 'LAB00010' } }];
            const site = await siteUnderTest(t, small({ ...SITE_WITH_SMALL_GROUP, access: { hidden, denied: [] } }));
            assert.equal(errorOf(await runOnce(site)).code, 'OS202');
        });
    });
    suite(`a write that is refused, over ${connection}`, () => {
        test('ends in an undo, and the error says what was undone', async (t) => {
            const denied = [{ class: 'SMS_ImageServicingScheduledUpdate', operations: ['create'] }];
            const site = await siteUnderTest(t, small({ ...SITE_WITH_SMALL_GROUP, access: { hidden: [], denied } }));
            const ended = await runOnce(site);
            assert.equal(await assertWholeOrNothing(site, ended, SMALL_GROUP_UPDATES.length), 'nothing');
            const error = errorOf(ended);
            assert.equal(error.code, 'OS401');
            assert.match(error.what, /SMS_ImageServicingScheduledUpdate.*Undone: schedule 16777217/s);
        });
        test('and cannot be undone: the error says what is left and by which name it is found', async (t) => {
            const denied = [
                { class: 'SMS_ImageServicingScheduledUpdate', operations: ['create'] },
                { class: 'SMS_ImageServicingSchedule', operations: ['delete'] },
            ];
            const site = await siteUnderTest(t, small({ ...SITE_WITH_SMALL_GROUP, access: { hidden: [], denied } }));
            const error = errorOf(await runOnce(site));
            assert.equal(error.code, 'OS402');
            assert.match(error.what, /schedule 16777217 \(name "Offline servicing LAB00010 the-mark", image LAB00010\)/);
            assert.deepEqual(remainsOf(site.simulator), { schedules: [16777217], images: 0, updates: 0, runs: [] });
        });
        test('a method that the site does not expose: the error names it and the way out', async (t) => {
            const classes = [
                {
                    class: 'SMS_ImagePackage',
                    absent: false,
                    addProperties: [],
                    removeProperties: [],
                    removeMethods: ['RunOfflineServicingManager'],
                    removeParameters: [],
                },
            ];
            const site = await siteUnderTest(t, {
                simulator: { description: { ...SITE_WITH_SMALL_GROUP, classes }, component: 'when-woken' },
            });
            const ended = await runOnce(site);
            assert.equal(await assertWholeOrNothing(site, ended, SMALL_GROUP_UPDATES.length), 'nothing');
            assert.match(errorOf(ended).cause, /does not expose SMS_ImagePackage\.RunOfflineServicingManager/);
        });
        test('a schedule that the component took meanwhile is left alone', async (t) => {
            const faults = [
                { kind: 'refuse', every: true, class: 'SMS_ImagePackage.RunOfflineServicingManager' },
            ];
            const site = await siteUnderTest(t, {
                simulator: { description: SITE_WITH_SMALL_GROUP, faults, component: 'between-writes' },
            });
            const ended = await runOnce(site);
            assert.equal(await assertWholeOrNothing(site, ended, SMALL_GROUP_UPDATES.length), 'whole');
            assert.equal(errorOf(ended).code, 'OS403');
        });
    });
}
//# sourceMappingURL=service-images.test.js.map