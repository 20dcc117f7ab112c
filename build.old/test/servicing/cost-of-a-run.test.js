import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { suite, test } from 'node:test';
import { describeDefaultSite } from '../../src/simulator/index.js';
import { CONNECTIONS, siteUnderTest } from '../site-under-test.js';
import { schedulesAt } from './several-images.js';
import { runOnce, writesOf } from './site-afterwards.js';
/** Schedules of an image that is not serviced. */
const OF_OTHERS = 30;
suite('the cost of a run of several images', () => {
    async function costOf(t, connection, images, updates, 
    /** That the first image had before. */
    schedules = 0) {
        const { images: all, ...rest } = describeDefaultSite({ updates: 1_000, groupOf: updates });
        const [first] = all.filter(({ name }) => name === 'Windows Server 2022');
        assert.ok(first);
        const many = Array.from({ length: images }, (_, place) => ({
            ...first,
            packageId: `LAB000A${place.toString(16).toUpperCase()}`,
            name: `Image ${place}`,
            sourcePath: `\\\\cm01.lab.example\\Sources\\${place}.wim`,
        }));
        const site = await siteUnderTest(t, {
            connection,
            simulator: { description: { ...rest, images: many, schedules: finished(schedules) } },
        });
        let processes = 0;
        const count = () => {
            processes++;
        };
        subscribe('child_process', count);
        const [name = '', ...others] = many.map((image) => image.name);
        const ended = await runOnce(site, { images: [name, ...others], updateGroups: ['Benchmark'] });
        unsubscribe('child_process', count);
        assert.equal(ended.result?.images.length, images, JSON.stringify(ended.error));
        assert.equal(schedulesAt(site).length, images + schedules + OF_OTHERS);
        const writes = writesOf(site);
        const { requests } = site.simulator;
        const objects = requests
            .filter(({ method }) => method === 'GET')
            .reduce((sum, { rows }) => sum + rows, 0);
        return { processes, writes, reads: requests.length - writes, objects };
    }
    /** Schedules that have ended: of the first image, and of one that is not serviced. */
    function finished(ofImage) {
        return Array.from({ length: ofImage + OF_OTHERS }, (_, place) => ({
            scheduleId: 16_777_217 + place,
            name: '',
            description: '',
            action: 1,
            schedule: '004A1D8000080001',
            state: 3,
            updateDistributionPoints: false,
            continueOnError: false,
            images: [place < ofImage ? 'LAB000A0' : 'LAB00099'],
            updates: [],
        }));
    }
    test('grows with the schedules that the images had, and not with those of others', async (t) => {
        const none = await costOf(t, 'admin-service', 2, 3);
        const many = await costOf(t, 'admin-service', 2, 3, 60);
        // One batch more to read them, and each time two chunks: before the run writes, and right before it starts.
        assert.equal(many.processes, none.processes + 1);
        assert.equal(many.reads, none.reads + 4);
        assert.equal(many.writes, none.writes);
    });
    for (const { connection, skip } of CONNECTIONS) {
        // Over WMI an object is read before it is changed, and the method before it is called.
        const forEachImage = connection === 'wmi' ? 4 : 2;
        // Each process of PowerShell takes a while.
        // A list that is not shorter than the longest so far may be cut: its next page is asked for. Names are read with their
        // objects anyway; that takes a process of its own only where no list of the run is longer.
        const sizes = connection === 'wmi'
            ? [[10, 60, 0, 0]]
            : [
                [1, 1, 4, 2],
                [1, 120, 2, 0],
                [2, 60, 1, 0],
                [10, 20, 1, 0],
                [10, 120, 1, 0],
                [16, 1, 3, 2],
            ];
        test(`over ${connection} is that of docs/design.md, with the same processes for one image and for many`, { skip }, async (t) => {
            for (const [images, updates, nextPages, alone] of sizes) {
                const { processes, reads, writes, objects } = await costOf(t, connection, images, updates);
                const what = `${images} images, ${updates} updates: ${reads} reads, ${writes} writes, ${objects} objects, ${processes} processes`;
                t.diagnostic(what);
                // Read back are the links of all images together, a thousand at a time.
                const furtherPages = Math.floor((images * updates) / 1_000);
                assert.equal(processes, (connection === 'wmi' ? 5 : 7) + alone, what);
                assert.equal(writes, images * (updates + 4), what);
                const usual = 12 + forEachImage * images + 2 * Math.ceil(updates / 50);
                assert.equal(reads, usual + furtherPages + nextPages, what);
                assert.ok(objects <= updates * (1 + images) + 10 * images + 10, what);
            }
        });
    }
});
//# sourceMappingURL=cost-of-a-run.test.js.map