import type { SiteSize } from './bench-site.js';
import { bundleSizes } from './command.js';
import { below, findingTable } from './finding.js';
import { nameSize, type Section } from './run-sections.js';
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

/** How long the command takes until it has told of missing inputs, beside a Node that does nothing. */
export function startUpSection(measured: readonly StartUp[]): Section {
  const findings = measured.map(({ node, bareMilliseconds, commandMilliseconds }) =>
    below(`Start-up on ${node}, times bare Node`, commandMilliseconds / bareMilliseconds, 2),
  );
  return {
    title: 'Start-up to the first input error',
    paragraphs: [
      table(
        ['Medians, in milliseconds', 'node -e 0', 'the command', 'Ratio'],
        measured.map(({ node, bareMilliseconds, commandMilliseconds }) => [
          node,
          figure(bareMilliseconds, 1),
          figure(commandMilliseconds, 1),
          figure(commandMilliseconds / bareMilliseconds, 2),
        ]),
      ),
      findingTable(findings),
      table(
        ['Bundle', 'KB'],
        bundleSizes().map(([path, bytes]) => [path, figure(bytes / 1_000, 1)]),
      ),
    ],
    findings,
  };
}
