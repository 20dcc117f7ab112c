import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../repository.js';
/** What every home of the product calls it: 40 characters at most, for Azure Pipelines. */
export const PRODUCT_NAME = 'ConfigMgr offline servicing';
/** GitHub's Marketplace takes 125 characters at most. */
export const PRODUCT_DESCRIPTION = 'Applies the updates of a software update group to an OS image of Microsoft Configuration Manager, offline.';
export const AUTHOR = 'The configmgr-offline-servicing authors';
/** Where the bundles of the hosts are; both manifests name them from the folder that they are in. */
export const GITHUB_BUNDLE = 'dist/github/index.mjs';
export const AZURE_BUNDLE = 'dist/azure/index.mjs';
/** Throws for anything but three numbers: Azure Pipelines knows no version with a suffix. */
export function parseVersion(text) {
    const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? [];
    if (major === undefined || minor === undefined || patch === undefined) {
        throw new TypeError(`The version of package.json is "${text}"; a task has three numbers, as in 1.2.3.`);
    }
    return { major: Number(major), minor: Number(minor), patch: Number(patch) };
}
export function packageVersion() {
    const parsed = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('version' in parsed)) {
        throw new TypeError('package.json has no version.');
    }
    const { version } = parsed;
    if (typeof version !== 'string')
        throw new TypeError('The version of package.json is no text.');
    return parseVersion(version);
}
export function versionText({ major, minor, patch }) {
    return `${major}.${minor}.${patch}`;
}
//# sourceMappingURL=product.js.map