import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { DiagnosedError } from '../diagnosis/diagnosis.js';
const folders = new Set();
function removeAll() {
    for (const path of folders)
        rmSync(path, { recursive: true, force: true });
}
function makeIn(parent) {
    try {
        // mkdtemp makes it with mode 0700; realpath, because curl and PowerShell run inside it.
        return mkdtempSync(join(realpathSync(parent), 'configmgr-offline-servicing-'));
    }
    catch (error) {
        throw new DiagnosedError({
            code: 'OS310',
            what: `No folder can be made in the temporary folder ${parent}: ${error instanceof Error ? error.message : String(error)}.`,
            cause: 'The folder is not there, is full, or the account may not write to it.',
            next: "Mend the folder, or the variable that names it (RUNNER_TEMP, AGENT_TEMPDIRECTORY, or the system's own).",
        });
    }
}
/**
 * Makes the folder in the temporary folder of the pipeline's agent, which the agent empties itself after a job,
 * or else in the system's. Should the process end without `remove`, it is removed as the last thing.
 */
export function makePrivateFolder(environment) {
    const parents = [environment['RUNNER_TEMP'], environment['AGENT_TEMPDIRECTORY'], tmpdir()];
    // Relative ones are passed over: they would lie in the workspace.
    const parent = parents.find((folder) => folder !== undefined && isAbsolute(folder)) ?? tmpdir();
    const path = makeIn(parent);
    if (folders.size === 0)
        process.on('exit', removeAll);
    folders.add(path);
    return {
        path,
        remove: async () => {
            // Windows keeps a file for some moments after the process that wrote it was killed.
            await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
            folders.delete(path);
            if (folders.size === 0)
                process.removeListener('exit', removeAll);
        },
    };
}
//# sourceMappingURL=private-folder.js.map