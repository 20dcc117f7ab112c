import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const LIMIT_MILLISECONDS = 120_000;
/** Throws where Wine does not work. */
export function makeWinePrefix({ wine, wineServer }) {
    const folder = mkdtempSync(join(tmpdir(), 'windows-'));
    const environment = {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        WINEPREFIX: join(folder, 'prefix'),
        WINEDEBUG: '-all',
        // Otherwise Wine asks for its .NET and its browser, and fills a menu.
        WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
        LC_ALL: 'C.UTF-8',
    };
    const run = (program, ...args) => {
        execFileSync(program, [...args], {
            cwd: folder,
            env: environment,
            stdio: 'ignore',
            timeout: LIMIT_MILLISECONDS,
        });
    };
    const remove = () => {
        process.removeListener('exit', remove);
        try {
            run(wineServer, '-k');
        }
        catch {
            // No process of it is left.
        }
        rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    };
    // A run of the tests that is broken off leaves no Windows behind.
    process.on('exit', remove);
    try {
        run(wine, 'wineboot', '-i');
        // Node.js starts on none that is older.
        run(wine, 'winecfg', '-v', 'win10');
    }
    catch (error) {
        remove();
        throw error;
    }
    return { folder, drive: join(environment.WINEPREFIX, 'drive_c'), environment, remove };
}
//# sourceMappingURL=wine-prefix.js.map