import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { suite, test } from 'node:test';
import { buildBundles } from '../tools/bundles.js';
import { COMPILED, REPOSITORY } from '../tools/repository.js';
function contents(folder) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return new Map(entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((path) => [relative(folder, path), readFileSync(path, 'latin1')]));
}
const SCRIPT = 'sms-provider-batch.ps1';
suite('dist/', () => {
    test('is what the source builds, file by file, with nothing beside it', async (t) => {
        const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
        t.after(() => {
            rmSync(folder, { recursive: true });
        });
        await buildBundles(COMPILED, folder);
        const built = contents(folder);
        const committed = contents(join(REPOSITORY, 'dist'));
        assert.deepEqual([...committed.keys()], [...built.keys()]);
        for (const [name, content] of built) {
            assert.ok(committed.get(name) === content, `${name} differs from what the source builds: run "npm run build" and commit dist/`);
        }
    });
    test('each bundle that reaches a site has the script of WMI beside it: the same bytes, ASCII, CRLF', () => {
        const source = readFileSync(join(REPOSITORY, 'src', 'provider', 'wmi', SCRIPT), 'latin1');
        for (const bundle of ['cli', 'github', 'azure']) {
            const script = readFileSync(join(REPOSITORY, 'dist', bundle, SCRIPT), 'latin1');
            assert.doesNotMatch(script, /[^\r\n\x20-\x7e]|[^\r]\n|\r[^\n]/);
            assert.equal(script.replaceAll('\r\n', '\n'), source.replaceAll('\r\n', '\n'));
        }
    });
    test('the command holds no simulator: that is loaded only when it is wanted', () => {
        const command = readFileSync(join(REPOSITORY, 'dist', 'cli', 'index.mjs'), 'utf8');
        const simulator = readFileSync(join(REPOSITORY, 'dist', 'simulator', 'index.mjs'), 'utf8');
        for (const itsOwn of ['createServer', 'cm01.lab.example', 'Simulated laboratory', 'X509Certificate']) {
            assert.ok(simulator.includes(itsOwn), `${itsOwn} is no longer a word of the simulator`);
            assert.ok(!command.includes(itsOwn), `the command holds the simulator: ${itsOwn}`);
        }
        assert.doesNotMatch(command, /undici/);
    });
});
//# sourceMappingURL=dist.test.js.map