import { PRODUCT_DESCRIPTION, PRODUCT_NAME, versionText } from './product.js';
export const PUBLISHER = 'configmgr-offline-servicing';
export const EXTENSION_ID = 'offline-servicing';
/** Paths inside the staged folder, which the staging fills. */
export const STAGED = {
    task: 'task',
    overview: 'overview.md',
    license: 'LICENSE',
    icon: 'images/extension-icon.png',
};
/** What `vss-extension.json` says; its paths are those of the staged folder. */
export function extensionManifest(version) {
    return {
        manifestVersion: 1,
        id: EXTENSION_ID,
        publisher: PUBLISHER,
        name: PRODUCT_NAME,
        version: versionText(version),
        description: PRODUCT_DESCRIPTION,
        public: false,
        ...(version.major === 0 && { galleryFlags: ['Preview'] }),
        categories: ['Azure Pipelines'],
        tags: ['Configuration Manager', 'ConfigMgr', 'SCCM', 'MECM', 'Offline servicing', 'OS image'],
        targets: [{ id: 'Microsoft.VisualStudio.Services' }],
        icons: { default: STAGED.icon },
        content: {
            details: { path: STAGED.overview },
            // Without an ending, its type cannot be guessed everywhere.
            license: { path: STAGED.license, contentType: 'text/plain' },
        },
        files: [{ path: STAGED.task }],
        contributions: [
            {
                id: 'offline-servicing-task',
                type: 'ms.vss-distributed-task.task',
                targets: ['ms.vss-distributed-task.tasks'],
                properties: { name: STAGED.task },
            },
        ],
    };
}
//# sourceMappingURL=extension-manifest.js.map