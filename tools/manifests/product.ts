import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY } from '../repository.js';

/** What every home of the product calls it: 40 characters at most, for Azure Pipelines. */
export const PRODUCT_NAME = 'ConfigMgr offline servicing';
export const AUTHOR = 'The configmgr-offline-servicing authors';

/** Where the project lives, for links of the Marketplace. */
export const PROJECT_URL = 'https://github.com/configmgr-offline-servicing/configmgr-offline-servicing';

/** Where the bundle of each host is, from the root of the repository or of a task's folder. */
export const BUNDLE_FOLDERS = { github: 'dist/github', azure: 'dist/azure' } as const;

/** What a host starts for a verb: the bundle itself for service, and a launcher beside it for every other verb. */
export function entryOf(host: keyof typeof BUNDLE_FOLDERS, { name }: { readonly name: string }): string {
  return `${BUNDLE_FOLDERS[host]}/${name === 'service' ? 'index' : name}.mjs`;
}

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Throws for anything but three numbers: Azure Pipelines knows no version with a suffix. */
export function parseVersion(text: string): Version {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) {
    throw new TypeError(`The version of package.json is "${text}"; a task has three numbers, as in 1.2.3.`);
  }
  return { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

export function packageVersion(): Version {
  const parsed: unknown = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null || !('version' in parsed)) {
    throw new TypeError('package.json has no version.');
  }
  const { version } = parsed;
  if (typeof version !== 'string') throw new TypeError('The version of package.json is no text.');
  return parseVersion(version);
}

export function versionText({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`;
}
