import { REPOSITORY_URL } from '../../src/diagnosis/troubleshooting-page.js';
import { SERVICE } from '../../src/verbs/service/service.js';
import { verbsOf } from '../../src/verbs/verbs.js';
import type { VerbDefinition } from '../../src/verbs/verb.js';
import { PRODUCT_NAME, versionText, type Version } from './product.js';

export const PUBLISHER = 'configmgr-offline-servicing';
export const EXTENSION_ID = 'offline-servicing';

/** Paths inside the staged folder, which the staging fills. */
export const STAGED = {
  overview: 'overview.md',
  license: 'LICENSE',
  icon: 'images/extension-icon.png',
} as const;

/** The folder of a verb's task in the staged folder: an agent gets it and nothing beside it. */
export function stagedTask({ name }: VerbDefinition): string {
  return `tasks/${name}`;
}

/** What `vss-extension.json` says; its paths are those of the staged folder. */
export function extensionManifest(version: Version): object {
  return {
    manifestVersion: 1,
    id: EXTENSION_ID,
    publisher: PUBLISHER,
    name: PRODUCT_NAME,
    version: versionText(version),
    description: SERVICE.description,
    public: false,
    ...(version.major === 0 && { galleryFlags: ['Preview'] }),
    categories: ['Azure Pipelines'],
    tags: ['Configuration Manager', 'ConfigMgr', 'SCCM', 'MECM', 'Offline servicing', 'OS image'],
    targets: [{ id: 'Microsoft.VisualStudio.Services' }],
    icons: { default: STAGED.icon },
    repository: { type: 'git', uri: REPOSITORY_URL },
    links: {
      getstarted: { uri: `${REPOSITORY_URL}#readme` },
      learn: { uri: `${REPOSITORY_URL}/blob/v${versionText(version)}/docs/inputs.md` },
      support: { uri: `${REPOSITORY_URL}/issues` },
      license: { uri: `${REPOSITORY_URL}/blob/v${versionText(version)}/LICENSE` },
    },
    content: {
      details: { path: STAGED.overview },
      // Without an ending, its type cannot be guessed everywhere.
      license: { path: STAGED.license, contentType: 'text/plain' },
    },
    files: verbsOf('azure').map((verb) => ({ path: stagedTask(verb) })),
    contributions: verbsOf('azure').map((verb) => ({
      // That of service was there before there were others.
      id: verb.name === 'service' ? 'offline-servicing-task' : `${verb.name}-task`,
      type: 'ms.vss-distributed-task.task',
      targets: ['ms.vss-distributed-task.tasks'],
      properties: { name: stagedTask(verb) },
    })),
  };
}
