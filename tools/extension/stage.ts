import { cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { verbsOf } from '../../src/verbs/verbs.js';
import { STAGED, stagedTask } from '../manifests/extension-manifest.js';
import { BUNDLE_FOLDERS } from '../manifests/product.js';
import { taskPath } from '../manifests/task-manifest.js';
import { REPOSITORY } from '../repository.js';

/** What the extension is made of: from the repository, to the staged folder. Nothing else gets into it. */
const FILES: readonly (readonly [from: string, to: string])[] = [
  ['vss-extension.json', 'vss-extension.json'],
  ['docs/extension-overview.md', STAGED.overview],
  ['LICENSE', STAGED.license],
  ['assets/extension-icon.png', STAGED.icon],
  ['docs/images/job-summary-light.png', STAGED.picture],
  ...verbsOf('azure').flatMap((verb) => [
    [taskPath(verb), `${stagedTask(verb)}/task.json`] as const,
    ['assets/task-icon.png', `${stagedTask(verb)}/icon.png`] as const,
    [BUNDLE_FOLDERS.azure, `${stagedTask(verb)}/${BUNDLE_FOLDERS.azure}`] as const,
  ]),
];

/** Fills an empty folder with the extension, whole: an agent gets the task's folder and nothing beside it. */
export async function stageExtension(target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  for (const [from, to] of FILES) {
    await mkdir(dirname(join(target, to)), { recursive: true });
    await cp(join(REPOSITORY, from), join(target, to), { recursive: true });
  }
}
