import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SITE_WITH_SMALL_GROUP, SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
import { runCommand, serveSite } from './command-under-test.js';
import { inputsFor, spawnAction, spawnTask } from './pipelines-under-test.js';
/** As Microsoft Entra ID gives it: three parts with dots between, which Markdown would have escaped. */
const JWT = [
    'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9',
    'eyJhdWQiOiJodHRwczovL2NtMDEubGFiLmV4YW1wbGUifQ',
    'Zm9vLWJhcl9iYXotcXV4',
].join('.');
/** The secret in every text of a site, also as an error page or another encoder would have written it. */
const WRITTEN = [JWT, JWT.replaceAll('.', '&#46;'), JWT.replaceAll('.', '%2E'), JWT.replaceAll('.', '\\.')];
function textWith(place) {
    return `text ${place}: ${WRITTEN[place % WRITTEN.length] ?? ''} end`;
}
const TALKATIVE_SITE = {
    ...SITE_WITH_SMALL_GROUP,
    site: { ...SITE_WITH_SMALL_GROUP.site, name: textWith(0) },
    images: SITE_WITH_SMALL_GROUP.images.map((image, place) => ({
        ...image,
        name: `${image.name} ${textWith(place)}`,
        version: textWith(place),
        sourcePath: `\\\\cm01.lab.example\\${JWT}\\${image.packageId}.wim`,
    })),
    groups: [
        {
            ciId: 17_000_001,
            name: textWith(0),
            description: textWith(1),
            updates: SMALL_GROUP_UPDATES,
            deployed: false,
        },
    ],
    updates: SITE_WITH_SMALL_GROUP.updates.map((update, place) => ({
        ...update,
        title: place % 2 === 0 ? textWith(place) : `${'x'.repeat(180)}${JWT}`,
        articleId: `12${JWT}`,
        expired: update.ciId === SMALL_GROUP_UPDATES[0],
        contentProvisioned: update.ciId !== SMALL_GROUP_UPDATES[1],
    })),
};
/** No part of the secret may be read in a text, whatever encoder it went through. */
function assertWithoutSecret(text, where) {
    const decoded = text
        .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
        .replace(/%([0-9A-F]{2})/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
        .replaceAll('\\', '');
    for (const part of [...JWT.split('.'), JWT.slice(0, 12)]) {
        const place = decoded.indexOf(part);
        assert.equal(place, -1, `${where}: ${decoded.slice(Math.max(place - 80, 0), place + 80)}`);
    }
}
const RUNS = [
    ['a run that skips what cannot be used', { 'unusable-updates': 'skip' }],
    ['a run that lists what cannot be used', {}],
    ['an image that is not there, whose name holds the secret', { image: `a ${JWT} b` }],
    ['wrong inputs that hold the secret', { 'dry-run': JWT, 'site-server': `${'x'.repeat(60)}${JWT}` }],
];
suite('a token is in no output, whatever text of the site or of the inputs it stands in', () => {
    for (const [what, more] of RUNS) {
        for (const [blanks, given] of [
            ['as it is', JWT],
            ['with blanks around it', `  ${JWT}\t\r\n`],
        ]) {
            test(`GitHub: ${what}, ${blanks}`, async (t) => {
                const site = await serveSite(t, { description: TALKATIVE_SITE, token: JWT });
                const { stdout, stderr, files } = await spawnAction(t, inputsFor(site, { token: given, ...more }))
                    .pipelineEnded;
                const printed = stdout.split(/\r?\n/).filter((line) => !line.startsWith('::add-mask::'));
                assertWithoutSecret(printed.join('\n'), 'log');
                assertWithoutSecret(stderr, 'standard error');
                for (const [name, text] of Object.entries(files))
                    assertWithoutSecret(text, name);
                assert.match(files['summary'] ?? '', /&#42;&#42;&#42;/);
            });
            test(`Azure Pipelines: ${what}, ${blanks}`, async (t) => {
                const site = await serveSite(t, { description: TALKATIVE_SITE, token: JWT });
                const { stdout, stderr, files } = await spawnTask(t, inputsFor(site, { token: given, ...more }))
                    .pipelineEnded;
                // The agent itself knows secret variables before the step begins; the library's lines are for debugging.
                const printed = stdout
                    .split(/\r?\n/)
                    .filter((line) => !/^##vso\[task\.(setsecret|debug)\]/.test(line));
                assertWithoutSecret(printed.join('\n'), 'log');
                assertWithoutSecret(stderr, 'standard error');
                for (const [name, text] of Object.entries(files))
                    if (name !== '.taskkey')
                        assertWithoutSecret(text, name);
            });
        }
        test(`the command: ${what}`, async (t) => {
            const site = await serveSite(t, { description: TALKATIVE_SITE, token: JWT });
            const inputs = { image: 'LAB00010', 'update-group': '17000001', ...more };
            const args = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);
            for (const json of [[], ['--json']]) {
                const { stdout, stderr } = await runCommand(['service', ...site.reach, ...args, ...json], {
                    environment: { CONFIGMGR_TOKEN: ` ${JWT} ` },
                });
                assertWithoutSecret(stdout, 'standard output');
                assertWithoutSecret(stderr, 'standard error');
                assert.ok(`${stdout}${stderr}`.includes('***'));
            }
        });
    }
});
//# sourceMappingURL=secrets-in-every-output.test.js.map