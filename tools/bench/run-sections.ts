import type { RequestRecord } from '../../src/simulator/index.js';
import { nameSize, type BenchSite, type SiteSize } from './bench-site.js';
import type { ClassicCost } from './classic-algorithm.js';
import { bytesIn, isRead, objectsIn, requestsOf, type Cost, type Measured } from './cost.js';
import { atMost, exactly, findingTable } from './finding.js';
import type { ClientSide } from './product-run.js';
import type { Section } from './section.js';
import { figure, ratio, seconds, table } from './table.js';

/** Asked about in filters that list updates, fifty at a time; the number of all other reads is fixed. */
const READ_IN_CHUNKS = ['SMS_SoftwareUpdate', 'SMS_ImageUpdateStatus'] as const;
const CHUNK = 50;

export function requestSection(site: BenchSite, run: Measured<ClientSide>): Section {
  const { group } = site.size;
  const { result, cost, requests } = run;
  const reads = requests.filter(isRead);
  const chunked = READ_IN_CHUNKS.map((name) => reads.filter(({ className }) => className === name));
  const others = cost.reads - chunked.flat().length;
  const statusRowsRead = objectsIn(reads.filter(({ className }) => className === 'SMS_ImageUpdateStatus'));
  const refused = requests.filter(({ status }) => status < 200 || status >= 300).length;
  const findings = [
    atMost('Read requests, all but those in chunks', others, 12),
    ...READ_IN_CHUNKS.map((name, at) =>
      atMost(`Read requests for ${name}, in chunks`, chunked[at]?.length ?? 0, Math.ceil(group / CHUNK)),
    ),
    exactly('Write requests (n + 4)', cost.writes, group + 4),
    atMost('Objects read (n × (1 + indexes) + 30)', cost.objects, group * (1 + site.indexes) + 30),
    atMost('curl processes', result.processes.length, 7),
    exactly('Requests refused or repeated', refused + result.repetitions, 0),
  ];
  return {
    title: `Requests: ${nameSize(site.size)}`,
    paragraphs: [
      `The image has ${site.indexes} indexes, and the site holds ${figure(site.statusRows)} status rows for it. ` +
        `Of these the run read ${figure(statusRowsRead)}: it asks only for those that say installed.`,
      findingTable(findings),
      `Bytes of all answers: ${figure(cost.bytes)}. Seconds: ${seconds(cost.milliseconds)}, of them ` +
        `${seconds(result.waitedMilliseconds)} waited on purpose until new links can be visible, and ` +
        `${seconds(cost.siteMilliseconds)} work of the simulated site.`,
      'The requests, in the order in which each kind came first:',
      requestTable(requests),
    ],
    findings,
  };
}

function requestTable(requests: readonly RequestRecord[]): string {
  const kinds = new Map<string, RequestRecord[]>();
  for (const request of requests) {
    const kind = kindOf(request);
    kinds.set(kind, [...(kinds.get(kind) ?? []), request]);
  }
  return table(
    ['Kind', 'Requests', 'Objects read', 'Bytes'],
    [...kinds].map(([kind, of]) => [kind, figure(of.length), figure(objectsIn(of)), figure(bytesIn(of))]),
  );
}

function kindOf({ method, path, className = path, methodName }: RequestRecord): string {
  if (methodName !== undefined) return `${method} ${className}.${methodName}`;
  return `${method} ${className}${path.endsWith(')') ? '(key)' : ''}`;
}

/** The product and the classic algorithm on one and the same site. */
export function comparisonSection(
  { size }: BenchSite,
  run: Measured<ClientSide>,
  classic: ClassicCost,
): Section {
  const product = run.cost;
  const whole = classic.forGroupOf(size.group);
  return {
    title: `The classic algorithm beside it: ${nameSize(size)}`,
    paragraphs: [
      `The classic algorithm was run for ${classic.measuredUpdates} of the ${size.group} updates; the column for all ` +
        'of them is extrapolated: what it does once, and for each update what it took on the average.',
      table(
        [
          '',
          'Product, measured',
          `Classic, ${classic.measuredUpdates} measured`,
          `Classic, ${size.group} extrapolated`,
          'Product : classic',
        ],
        COMPARED.map(([name, valueOf, write]) => [
          name,
          write(valueOf(product)),
          write(valueOf(classic.measured)),
          write(valueOf(whole)),
          ratio(valueOf(product), valueOf(whole)),
        ]),
      ),
      "The classic algorithm shares the process of the simulated site and waits for nothing; the product's seconds " +
        'hold its processes and its wait for new links.',
    ],
    findings: [],
  };
}

type Compared = readonly [name: string, valueOf: (cost: Cost) => number, write: (value: number) => string];

const COMPARED: readonly Compared[] = [
  ['Requests', requestsOf, figure],
  ['Objects read', ({ objects }) => objects, figure],
  ['Bytes of answers', ({ bytes }) => bytes, figure],
  ['Seconds', ({ milliseconds }) => milliseconds, seconds],
  ['of them work of the site', ({ siteMilliseconds }) => siteMilliseconds, seconds],
];

export interface SizedRun {
  readonly size: SiteSize;
  readonly run: Measured<ClientSide>;
}

/** What grows with the site, and what with the group. */
export function growthSection(acrossSites: readonly SizedRun[], acrossGroups: readonly SizedRun[]): Section {
  const [smallest, largest] = [acrossSites[0], acrossSites.at(-1)];
  const findings =
    smallest === undefined || largest === undefined
      ? []
      : [
          exactly(
            `Requests on ${figure(largest.size.updates)} updates, as on ${figure(smallest.size.updates)}`,
            requestsOf(largest.run.cost),
            requestsOf(smallest.run.cost),
          ),
          exactly(
            `Objects read on ${figure(largest.size.updates)} updates, as on ${figure(smallest.size.updates)}`,
            largest.run.cost.objects,
            smallest.run.cost.objects,
          ),
        ];
  return {
    title: 'Growth: with the group, not with the site',
    paragraphs: [
      'The same group on sites of different size:',
      growthTable(acrossSites),
      'Groups of different size on the same site:',
      growthTable(acrossGroups),
      findingTable(findings),
    ],
    findings,
  };
}

function growthTable(runs: readonly SizedRun[]): string {
  return table(
    [
      'Site',
      'Group',
      'Reads',
      'Writes',
      'Objects read',
      'Bytes',
      'curl',
      'Seconds',
      'of them waited',
      'work of the site',
      'Requests per update',
    ],
    runs.map(({ size, run: { cost, result } }) => [
      figure(size.updates),
      figure(size.group),
      figure(cost.reads),
      figure(cost.writes),
      figure(cost.objects),
      figure(cost.bytes),
      figure(result.processes.length),
      seconds(cost.milliseconds),
      seconds(result.waitedMilliseconds),
      seconds(cost.siteMilliseconds),
      figure(requestsOf(cost) / size.group, 2),
    ]),
  );
}
