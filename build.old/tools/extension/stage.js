import { cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { STAGED } from '../manifests/extension-manifest.js';
import { AZURE_BUNDLE } from '../manifests/product.js';
import { REPOSITORY } from '../repository.js';
const BUNDLE_FOLDER = dirname(AZURE_BUNDLE);
/** What the extension is made of: from the repository, to the staged folder. Nothing else gets into it. */
const FILES = [
    ['vss-extension.json', 'vss-extension.json'],
    ['docs/extension-overview.md', STAGED.overview],
    ['LICENSE', STAGED.license],
    ['assets/extension-icon.png', STAGED.icon],
    ['task.json', `${STAGED.task}/task.json`],
    ['assets/task-icon.png', `${STAGED.task}/icon.png`],
    // As far below task.json as it is in the repository, so that one target fits both.
    [BUNDLE_FOLDER, `${STAGED.task}/${BUNDLE_FOLDER}`],
];
/** Fills an empty folder with the extension, whole: an agent gets the task's folder and nothing beside it. */
export async function stageExtension(target) {
    await rm(target, { recursive: true, force: true });
    for (const [from, to] of FILES) {
        await mkdir(dirname(join(target, to)), { recursive: true });
        await cp(join(REPOSITORY, from), join(target, to), { recursive: true });
    }
}
//# sourceMappingURL=stage.js.map