import { inputNamed } from '../../diagnosis/input-mention.js';
import type { ConnectionRequest } from '../../parameters/connection-request.js';
import { rowsWithRoom, shortenedTo } from '../../report/summary-limits.js';
import type { Shown } from '../../report/summary-text.js';
import type { SiteIdentification } from '../../site/site-server.js';
import type { UpdateGroup } from '../../site/update-group.js';
import { mergedWarnings, type Warning } from './warnings.js';

/** What the page of a run says beside its result. */
export interface SummaryFrame {
  /** Those that were told on the way. */
  readonly warnings: readonly Warning[];
  readonly connection: ConnectionRequest;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** What the updates were taken from, and where; undefined while nothing of it is known. */
export function sourceLine(
  groups: readonly UpdateGroup[],
  site: SiteIdentification | undefined,
  shown: Shown,
): string {
  const parts = [
    sourceOf(groups, shown),
    ...(site === undefined
      ? []
      : [
          `site ${[site.siteCode, site.siteName]
            .filter(isText)
            .map((text) => shown(text, shortenedTo(60)))
            .join(' – ')}`,
        ]),
  ];
  return `${parts.join(', ')}.`;
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function sourceOf(groups: readonly UpdateGroup[], shown: Shown): string {
  const named = groups.map(({ name, ciId }) => `**${shown(name, shortenedTo(100))}** (CI_ID ${ciId})`);
  if (named.length === 0) return `Updates of the input \`${inputNamed('updates')}\``;
  return `Update group${named.length === 1 ? '' : 's'} ${named.join(', ')}`;
}

/** One line for what is the same for several images. */
export function warningLines(warnings: readonly Warning[], lists: number, shown: Shown): readonly string[] {
  if (warnings.length === 0) return [];
  const lines = mergedWarnings(warnings).map(({ title, images, texts }) => {
    const count = images > 1 ? ` (${images} images)` : '';
    const [only, ...others] = texts.map((text) => shown(text, shortenedTo(500)));
    if (only === undefined || others.length === 0) return `- ⚠️ **${title}${count}.** ${only ?? ''}`;
    return [`- ⚠️ **${title}${count}**`, ...[only, ...others].map((text) => `  - ${text}`)].join('\n');
  });
  return [...rowsWithRoom(lines, lists), ''];
}

/** The last line: `configmgr-offline-servicing 1.2.3 · WMI on this machine · began 2026-11-11 04:00 UTC · took 1 min 3 s`. */
export function frameLine({ connection, version, startedAt, endedAt }: SummaryFrame, shown: Shown): string {
  const parts = [
    `configmgr-offline-servicing ${version}`,
    providerText(connection),
    `began ${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `took ${durationText(endedAt - startedAt)}`,
  ];
  return `<sub>${parts.map((part) => shown(part, shortenedTo(300))).join(' · ')}</sub>`;
}

/** Which provider was asked, and over which connection. */
export function providerText(connection: ConnectionRequest): string {
  switch (connection.kind) {
    case 'wmi':
      return `SMS Provider ${connection.smsProvider ?? 'on this machine'}, over WMI`;
    case 'admin-service':
      return `SMS Provider ${new URL(connection.address).host}, over the administration service`;
    case 'simulator':
      return 'simulated site';
  }
}

/** `45 s`, `1 min 3 s`, `2 h 5 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
