import type { NonEmpty } from '../../collections/non-empty.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { VERSION } from '../../diagnosis/version.js';
import { failureSummary } from '../../report/failure-summary.js';
import { NO_MASK } from '../../report/secret-mask.js';
import { shownWith } from '../../report/summary-text.js';
import type { HostKind, RunStart, RunView } from '../verb.js';
import type { FoundTool } from './find-tools.js';

export const PRODUCT = 'configmgr-offline-servicing';

const HOST_NAMES: Readonly<Record<HostKind, string>> = {
  github: 'GitHub Action',
  azure: 'Azure Pipelines task',
  'command-line': 'command',
};

/** What this is, and what it found on the machine. */
export interface About {
  readonly product: { readonly name: string; readonly version: string; readonly calledAs: HostKind };
  readonly system: { readonly platform: string; readonly architecture: string; readonly release: string };
  readonly node: FoundTool;
  readonly curl: FoundTool;
  readonly powerShell: FoundTool;
}

export function viewOfAbout(about: About): RunView {
  const rows = rowsOf(about);
  return {
    ending: 'done',
    errors: [],
    warnings: [],
    annotations: [],
    lines: rows.map(([what, found]) => `${what}: ${found}`),
    cancelledLine: undefined,
    outputs: (file) => ({ version: VERSION, report: file }),
    report: (file) => ({ reportVersion: 1, report: file, ...about }),
    title: 'About ConfigMgr offline servicing',
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
    page: undefined,
    lostResult,
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

/** The view of arguments that are wrong: nothing was looked for. */
export function viewOfWrongAbout(errors: NonEmpty<Diagnosis>, { host }: RunStart): RunView {
  return {
    ending: 'wrong-inputs',
    errors,
    warnings: [],
    annotations: [],
    lines: [],
    cancelledLine: undefined,
    outputs: (file) => ({ version: VERSION, report: file }),
    report: (file, late) => ({
      reportVersion: 1,
      report: file,
      product: { name: PRODUCT, version: VERSION, calledAs: host },
      errors: [...errors, ...late].map(({ code, what, cause, next }) => ({ code, what, cause, next })),
    }),
    title: 'About ConfigMgr offline servicing',
    summary: ({ mask, errors: late = [] }) => failureSummary([...errors, ...late], { ...(mask && { mask }) }),
    page: undefined,
    lostResult,
  };
}

function lostResult(what: string, cause: string): Diagnosis {
  return {
    code: 'OS404',
    what: `${what} Nothing was read or changed at a site.`,
    cause,
    next: 'Mend that, and run the step again.',
  };
}
