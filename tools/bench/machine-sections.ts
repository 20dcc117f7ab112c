import { statSync } from 'node:fs';

import { nameSize, type SiteSize } from './bench-site.js';
import { bundleSizes } from './command.js';
import { below, findingTable } from './finding.js';
import type { Section } from './section.js';
import type { StartUp } from './start-up.js';
import { figure, mebibytes, table } from './table.js';

export interface PeakMemory {
  readonly size: SiteSize;
  readonly bytes: number;
}

/** How much memory the command took, in a process of its own. */
export function memorySection(bareBytes: number, runs: readonly PeakMemory[]): Section {
  return {
    title: 'Peak memory of the command (resident set)',
    paragraphs: [
      table(
        ['', 'MiB', 'over bare Node'],
        [
          ['node -e 0', mebibytes(bareBytes), ''],
          ...runs.map(({ size, bytes }) => [nameSize(size), mebibytes(bytes), mebibytes(bytes - bareBytes)]),
        ],
      ),
    ],
    findings: [],
  };
}

/** How long each bundle takes until it has told of missing inputs, beside a Node that does nothing. */
export function startUpSection(measured: readonly StartUp[]): Section {
  const sizes = bundleSizes();
  const findings = [
    ...measured.map(({ bundle, node, bareMilliseconds, bundleMilliseconds }) =>
      below(
        `${bundle.name} on ${node}, times bare Node`,
        bundleMilliseconds / bareMilliseconds,
        bundle.targetRatio,
      ),
    ),
    ...[...new Set(measured.map(({ bundle }) => bundle))].flatMap(({ name, path, targetKilobytes }) =>
      targetKilobytes === undefined
        ? []
        : [below(`${name}, KB`, statSync(path).size / 1_000, targetKilobytes)],
    ),
  ];
  return {
    title: 'Start-up to the first input error',
    paragraphs: [
      table(
        ['Medians, in milliseconds', 'Node.js', 'node -e 0', 'the bundle', 'Ratio'],
        measured.map(({ bundle, node, bareMilliseconds, bundleMilliseconds }) => [
          bundle.name,
          node,
          figure(bareMilliseconds, 1),
          figure(bundleMilliseconds, 1),
          figure(bundleMilliseconds / bareMilliseconds, 2),
        ]),
      ),
      findingTable(findings),
      table(
        ['Bundle', 'KB'],
        sizes.map(([path, bytes]) => [path, figure(bytes / 1_000, 1)]),
      ),
    ],
    findings,
  };
}
