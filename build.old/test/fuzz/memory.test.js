import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite, test } from 'node:test';
const DOCUMENTS = fileURLToPath(new URL('./hostile-documents.js', import.meta.url));
suite('documents that are built to exhaust memory', () => {
    test('are read or refused with little of it, each in seconds', { timeout: 120_000 }, () => {
        // Ten times less than what some of them take when they are parsed as they are.
        const { stdout, stderr, status } = spawnSync(process.execPath, ['--max-old-space-size=400', DOCUMENTS], {
            encoding: 'utf8',
        });
        assert.equal(status, 0, `${stdout}\n${stderr}`);
        assert.match(stdout, /all read\n$/);
        for (const [line, milliseconds] of stdout.matchAll(/.*: (\d+) ms/g)) {
            assert.ok(Number(milliseconds) < 15_000, line);
        }
    });
});
//# sourceMappingURL=memory.test.js.map