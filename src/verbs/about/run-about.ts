import { release } from 'node:os';

import { VERSION } from '../../diagnosis/version.js';
import { failureSummary } from '../../report/failure-summary.js';
import { shownWith } from '../../report/summary-text.js';
import { NO_MASK } from '../../report/secret-mask.js';
import type { HostKind, RunStart, RunView } from '../verb.js';
import { findOwnCurl, findOwnPowerShell, type FoundTool } from './find-tools.js';

const HOST_NAMES: Readonly<Record<HostKind, string>> = {
  github: 'GitHub Action',
  azure: 'Azure Pipelines task',
  'command-line': 'command',
};

interface About {
  readonly product: { readonly name: string; readonly version: string; readonly calledAs: HostKind };
  readonly system: { readonly platform: string; readonly architecture: string; readonly release: string };
  readonly node: FoundTool;
  readonly curl: FoundTool;
  readonly powerShell: FoundTool;
}

/** Never throws: what is not found is told as that. */
export async function runAbout({ host, environment }: RunStart): Promise<RunView> {
  const [curl, powerShell] = await Promise.all([findOwnCurl(environment), findOwnPowerShell(environment)]);
  return viewOf({
    product: { name: 'configmgr-offline-servicing', version: VERSION, calledAs: host },
    system: { platform: process.platform, architecture: process.arch, release: release() },
    node: { path: process.execPath, version: process.version },
    curl,
    powerShell,
  });
}

function viewOf(about: About): RunView {
  const rows = rowsOf(about);
  return {
    ending: 'done',
    errors: [],
    warnings: [],
    lines: rows.map(([what, found]) => `${what}: ${found}`),
    cancelledLine: undefined,
    outputs: (file) => ({ version: VERSION, report: file }),
    report: (file) => ({ reportVersion: 1, report: file, ...about }),
    summary: ({ mask = NO_MASK, errors = [] }) => {
      const shown = shownWith(mask);
      const table = rows.map(([what, found]) => `| ${shown(what)} | ${shown(found)} |`);
      return [
        '## About ConfigMgr offline servicing',
        '',
        '| What | Found |',
        '| --- | --- |',
        ...table,
        '',
        ...(errors.length === 0 ? [] : [failureSummary(errors, { mask })]),
      ].join('\n');
    },
    lostResult: (what, cause) => ({
      code: 'OS404',
      what: `${what} Nothing was read or changed at a site.`,
      cause,
      next: 'Mend that, and run the step again.',
    }),
  };
}

function rowsOf({ product, system, node, curl, powerShell }: About): readonly (readonly [string, string])[] {
  return [
    ['Product', `${product.name} ${product.version}, called as ${HOST_NAMES[product.calledAs]}`],
    ['System', `${system.platform} ${system.architecture}, release ${system.release}`],
    ['Node.js', toolText(node)],
    ['curl', toolText(curl)],
    ['PowerShell', toolText(powerShell)],
  ];
}

function toolText({ path, version }: FoundTool): string {
  if (path === undefined) return 'not found';
  return `${version ?? 'version unknown'} (${path})`;
}
