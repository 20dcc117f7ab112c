import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './repository.js';
/** The oldest Node.js that the bundles have to run on, the one of this process, and the newest; each version once. */
export function supportedNodes() {
    const paths = [installed('node-oldest-linux-x64'), process.execPath, installed('node-24-linux-x64')];
    // On a system that npm has no such package for, the Node.js of this process stands alone.
    const nodes = paths.filter((path) => existsSync(path)).map((path) => ({ path, version: versionOf(path) }));
    return [...new Map(nodes.map((node) => [node.version, node])).values()];
}
function installed(packageName) {
    return join(REPOSITORY, 'node_modules', packageName, 'bin', 'node');
}
function versionOf(path) {
    return spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout.trim();
}
//# sourceMappingURL=supported-nodes.js.map