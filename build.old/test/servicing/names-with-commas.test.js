import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CONNECTIONS, SMALL_SITE, siteUnderTest } from '../site-under-test.js';
import { USABLE_UPDATES, WINDOWS_7 } from './several-images.js';
import { runOnce } from './site-afterwards.js';
const [IMAGE] = SMALL_SITE.images.filter(({ packageId }) => packageId === WINDOWS_7);
const NAMES = ['Windows 11, Enterprise', 'Windows 11', 'Kiosk', 'a, b, c'];
const SITE = {
    ...SMALL_SITE,
    images: NAMES.flatMap((name, place) => IMAGE === undefined
        ? []
        : [
            {
                ...IMAGE,
                name,
                packageId: `LAB0010${place}`,
                sourcePath: `\\\\cm01.lab.example\\Sources\\${place}.wim`,
            },
        ]),
    groups: NAMES.map((name, place) => ({
        ciId: 17_100_000 + place,
        name,
        description: '',
        updates: USABLE_UPDATES.slice(0, 2),
        deployed: false,
    })),
};
function inLine(line) {
    const [first = '', ...others] = line.split(',').map((name) => name.trim());
    return { line, names: [first, ...others] };
}
for (const { connection, skip } of CONNECTIONS) {
    suite(`a line with commas, over ${connection}`, { skip }, () => {
        async function namesOf(site, references) {
            const ended = await runOnce(site, { images: references, updateGroups: references, dryRun: true });
            assert.ok(ended.result, JSON.stringify(ended.error));
            return [
                ended.result.images.map(({ image }) => image.name),
                ended.result.updateGroups.map(({ name }) => name),
            ];
        }
        test('is one name where the site has that, else several', async (t) => {
            const site = await siteUnderTest(t, { connection, simulator: { description: SITE } });
            const whole = ['Windows 11, Enterprise'];
            assert.deepEqual(await namesOf(site, [inLine('windows 11, enterprise')]), [whole, whole]);
            const parts = ['Windows 11', 'Kiosk'];
            assert.deepEqual(await namesOf(site, [inLine('Windows 11, Kiosk')]), [parts, parts]);
        });
        test('costs no request more than the names by themselves', async (t) => {
            const costOf = async (reference) => {
                const site = await siteUnderTest(t, { connection, simulator: { description: SITE } });
                await namesOf(site, [reference]);
                return site.simulator.requests.length;
            };
            assert.equal(await costOf(inLine('a, b, c')), await costOf('a, b, c'));
        });
        test('is told by its parts where some are not there', async (t) => {
            const site = await siteUnderTest(t, { connection, simulator: { description: SITE } });
            const ended = await runOnce(site, {
                images: [inLine('Windows 11, Entreprise')],
                updateGroups: ['Kiosk'],
            });
            assert.equal(ended.result, undefined);
            assert.deepEqual(ended.diagnoses.map(({ code }) => code), ['OS202']);
            assert.match(ended.error.next, /"Windows 11, Enterprise" \(LAB00100\)/);
        });
    });
}
//# sourceMappingURL=names-with-commas.test.js.map