import { availableParallelism, cpus } from 'node:os';
import { nameSize, onSite } from './bench-site.js';
import { runClassic } from './classic-algorithm.js';
import { requestsOf } from './cost.js';
import { runProduct } from './product-run.js';
import { bundleSizes, measureStartUp } from './start-up.js';
import { figure, ratio, seconds, table } from './table.js';
/**
 * Prints what people ask about cost: beside the classic way, for several images, to start, and in size. What must hold
 * of the number of requests is a test (test/servicing/cost-of-a-run.test.ts); seconds and bytes are only reported.
 */
const MAIN = { updates: 50_000, group: 300 };
/** Enough for an average: the classic way lists the whole site for each of them. */
const CLASSIC_UPDATES = 3;
const SEVERAL_IMAGES = 10;
const LATENCIES = [0, 20, 200];
const COMPARED = [
    ['Requests', requestsOf, figure],
    ['Objects read', ({ objects }) => objects, figure],
    ['Bytes of responses', ({ bytes }) => bytes, figure],
    ['Seconds', ({ milliseconds }) => milliseconds, seconds],
    ['of them work of the site', ({ siteMilliseconds }) => siteMilliseconds, seconds],
];
const begun = performance.now();
print('Benchmark', `Node ${process.version} on ${process.platform}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}. ` +
    'The site is simulated on this machine: no network, no database. Counts do not depend on that; bytes and seconds do.');
await onSite(MAIN, async (site) => {
    const run = await runProduct(site);
    const classic = await runClassic(site, CLASSIC_UPDATES);
    const whole = classic.forGroupOf(MAIN.group);
    print(`Beside the classic way: ${nameSize(MAIN)}`, `The classic way was run for ${CLASSIC_UPDATES} updates; its column is extrapolated from their average. It shares the ` +
        "process of the simulated site and waits for nothing. The product's seconds include its processes and its wait for new links.", table(['', 'Product', 'Classic', 'Product : classic'], COMPARED.map(([name, valueOf, write]) => [
        name,
        write(valueOf(run.cost)),
        write(valueOf(whole)),
        ratio(valueOf(run.cost), valueOf(whole)),
    ])));
});
const runs = [];
for (const latencyMilliseconds of LATENCIES) {
    for (const images of [1, SEVERAL_IMAGES]) {
        runs.push([latencyMilliseconds, images, await onSite(MAIN, runProduct, { images, latencyMilliseconds })]);
    }
}
print(`Several images: ${nameSize(MAIN)}`, 'The latency is time that the simulated site lets pass before each response.', table(['Latency, ms', 'Images', 'Reads', 'Writes', 'Objects read', 'Bytes', 'Processes', 'Seconds', 'waited'], runs.map(([latency, images, { cost, result }]) => [
    figure(latency),
    figure(images),
    figure(cost.reads),
    figure(cost.writes),
    figure(cost.objects),
    figure(cost.bytes),
    figure(result.processes),
    seconds(cost.milliseconds),
    seconds(result.waitedMilliseconds),
])));
print('Start-up to the first input error', 'Medians, in milliseconds, beside a Node.js that does nothing.', table(['', 'Node.js', 'node -e 0', 'Bundle', 'Ratio'], measureStartUp().map(({ bundle, node, bareMilliseconds, bundleMilliseconds }) => [
    bundle,
    node,
    figure(bareMilliseconds, 1),
    figure(bundleMilliseconds, 1),
    figure(bundleMilliseconds / bareMilliseconds, 2),
])));
print('Size of the bundles', table(['', 'KB'], bundleSizes().map(([name, bytes]) => [name, figure(bytes / 1_000, 1)])));
console.log(`Measured in ${seconds(performance.now() - begun, 0)} seconds.`);
function print(title, ...paragraphs) {
    console.log([`## ${title}`, ...paragraphs, ''].join('\n\n'));
}
//# sourceMappingURL=report.js.map