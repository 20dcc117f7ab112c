import { availableParallelism, cpus } from 'node:os';

import { onSite, type SiteSize } from './bench-site.js';
import { runClassic } from './classic-algorithm.js';
import { measureFiles } from './file-cost.js';
import { verdict, type Finding } from './finding.js';
import { manyImagesSection, type ManyImagesRun } from './many-images-section.js';
import { memorySection, startUpSection, type PeakMemory } from './machine-sections.js';
import { peakMemoryOfBareNode, peakMemoryOfRun } from './peak-memory.js';
import { runProduct } from './product-run.js';
import { comparisonSection, growthSection, requestSection, type SizedRun } from './run-sections.js';
import type { Section } from './section.js';
import { measureStartUp } from './start-up.js';
import { measureWmi } from './wmi-run.js';
import { wmiSection } from './wmi-section.js';

/**
 * Measures the product against simulated sites and prints what it found, each part as soon as it is known. A report
 * and never a test: a missed target is shown, and the exit code stays 0.
 */
const MAIN: SiteSize = { updates: 50_000, group: 300 };
/** Enough for an average: each of them lists the whole site. */
const CLASSIC_UPDATES = 3;

/** Ten images at 200 ms take a minute and a half: the longest part of the report. */
const IMAGES = 10;
const LATENCIES = [20, 200];

const findings: Finding[] = [];
const begun = performance.now();
console.log('# Benchmark\n');
console.log(
  `Node ${process.version} on ${process.platform}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}. ` +
    'The site is simulated, on this machine: no network, no database, made-up objects. What is counted does not ' +
    'depend on that; bytes and above all seconds do.',
);

const main = await onSite(MAIN, async (site) => {
  const run = await runProduct(site);
  print(requestSection(site, run));
  print(comparisonSection(site, run, await runClassic(site, CLASSIC_UPDATES)));
  return { size: MAIN, run };
});

const smallSite = await runOn({ ...MAIN, updates: 1_000 });
const largeSite = await runOn({ ...MAIN, updates: 100_000 });
const smallGroup = await runOn({ ...MAIN, group: 50 });
const largeGroup = await runOn({ ...MAIN, group: 1_000 });
print(growthSection([smallSite, main, largeSite], [smallGroup, main, largeGroup]));

const many = await runForImages(MAIN, 0);
const withLatency: ManyImagesRun[] = [];
for (const latency of LATENCIES) withLatency.push(await runForImages(MAIN, latency));
print(
  manyImagesSection({
    byLatency: [many, ...withLatency],
    onOtherSite: await runForImages(smallSite.size, 0),
    oneImage: main.run,
    filesAlone: await measureFiles(IMAGES * (MAIN.group + 1)),
  }),
);

print(wmiSection(await measureWmi([MAIN, largeGroup.size])));

const peaks: PeakMemory[] = [];
for (const { size } of [smallSite, main, largeSite, largeGroup]) {
  peaks.push({ size, bytes: await onSite(size, peakMemoryOfRun) });
}
print(memorySection(await peakMemoryOfBareNode(), peaks));

print(startUpSection(measureStartUp()));

console.log(`\n${verdict(findings)} Measured in ${Math.round((performance.now() - begun) / 1_000)} seconds.`);

async function runOn(size: SiteSize): Promise<SizedRun> {
  return { size, run: await onSite(size, runProduct) };
}

async function runForImages(size: SiteSize, latencyMilliseconds: number): Promise<ManyImagesRun> {
  return onSite(size, async (site) => ({ site, run: await runProduct(site) }), {
    images: IMAGES,
    latencyMilliseconds,
  });
}

function print(section: Section): void {
  findings.push(...section.findings);
  console.log([`\n## ${section.title}`, ...section.paragraphs].join('\n\n'));
}
