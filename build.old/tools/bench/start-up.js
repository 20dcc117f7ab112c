import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../repository.js';
import { supportedNodes } from '../supported-nodes.js';
import { median } from './cost.js';
const STARTS = [
    { name: 'command', path: bundle('cli'), args: ['service'], exitCode: 2 },
    { name: 'GitHub Action', path: bundle('github'), args: [], exitCode: 1 },
    { name: 'Azure task', path: bundle('azure'), args: [], exitCode: 0 },
];
/** Each committed bundle and its bytes. */
export function bundleSizes() {
    return [...STARTS, { name: 'simulator', path: bundle('simulator') }].map(({ name, path }) => [
        name,
        statSync(path).size,
    ]);
}
function bundle(folder) {
    return join(REPOSITORY, 'dist', folder, 'index.mjs');
}
const WARM_UPS = 3;
const ROUNDS = 15;
/** From start to end: bare Node, and each bundle until it has said which inputs are missing. */
export function measureStartUp() {
    const folder = mkdtempSync(join(tmpdir(), 'start-up-'));
    try {
        return STARTS.flatMap((each) => supportedNodes().map((node) => measure(each, node, folder)));
    }
    finally {
        rmSync(folder, { recursive: true });
    }
}
function measure(each, { version, path: node }, folder) {
    const bare = [];
    const started = [];
    // In turn, so that whatever else the machine does meanwhile strikes both.
    for (let round = -WARM_UPS; round < ROUNDS; round++) {
        const bareTook = timeOf(node, ['-e', '0'], 0, folder);
        const startTook = timeOf(node, [each.path, ...each.args], each.exitCode, folder);
        if (round < 0)
            continue;
        bare.push(bareTook);
        started.push(startTook);
    }
    return {
        bundle: each.name,
        node: version,
        bareMilliseconds: median(bare),
        bundleMilliseconds: median(started),
    };
}
function timeOf(node, args, expected, folder) {
    const begun = performance.now();
    const { status, error } = spawnSync(node, args, {
        stdio: 'ignore',
        cwd: folder,
        env: { PATH: process.env['PATH'], AGENT_TEMPDIRECTORY: folder },
    });
    const took = performance.now() - begun;
    if (status !== expected)
        throw new Error(`${args.join(' ')} ended with ${String(status)}.`, { cause: error });
    return took;
}
//# sourceMappingURL=start-up.js.map