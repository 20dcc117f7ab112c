import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { EXTENSION_ID, PUBLISHER } from '../manifests/extension-manifest.js';
import { packageVersion, versionText } from '../manifests/product.js';
const TFX = join(dirname(createRequire(import.meta.url).resolve('tfx-cli/package.json')), '_build', 'tfx-cli.js');
/** Packs a staged folder into a VSIX in `output`, and returns its path. Throws for anything that tfx complains of. */
export async function packExtension(staged, output) {
    const vsix = join(output, `${PUBLISHER}.${EXTENSION_ID}-${versionText(packageVersion())}.vsix`);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
        ...[TFX, 'extension', 'create', '--no-color', '--no-prompt'],
        ...['--root', staged, '--manifests', 'vss-extension.json', '--output-path', vsix],
    ], 
    // Without its cache it looks for no server that it was once logged in to.
    { cwd: staged, env: { ...process.env, TFX_BYPASS_CACHE: '1' } });
    const complaints = complaintsIn(stdout + stderr);
    if (complaints.length > 0) {
        throw new Error(`tfx packed the extension, but complains:\n${complaints.join('\n')}`);
    }
    return vsix;
}
/** For tfx a mistake in a manifest is a warning, and its exit code is 0 all the same. */
export function complaintsIn(printed) {
    return stripVTControlCharacters(printed)
        .split(/\r?\n/)
        .filter((line) => /^\s*(?:warning|error)\b/i.test(line));
}
//# sourceMappingURL=pack.js.map