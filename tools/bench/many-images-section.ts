import { ADMIN_SERVICE_LIMITS } from '../../src/hosts/open-connection.js';
import type { RequestRecord } from '../../src/simulator/index.js';
import { nameSize, type BenchSite } from './bench-site.js';
import { isRead, requestsOf, type Measured } from './cost.js';
import { atMost, exactly, findingTable } from './finding.js';
import type { ClientSide } from './product-run.js';
import type { Section } from './section.js';
import { figure, seconds, share, table } from './table.js';

/** A run for several images, and the site that it ran on. */
export interface ManyImagesRun {
  readonly site: Pick<BenchSite, 'size' | 'images' | 'indexes' | 'latencyMilliseconds'>;
  readonly run: Measured<ClientSide>;
}

export interface ManyImagesRuns {
  /** The same run at rising latency; the first has none. */
  readonly byLatency: readonly [ManyImagesRun, ...ManyImagesRun[]];
  /** The first once more, on a site of another size. */
  readonly onOtherSite: ManyImagesRun;
  /** One image with the same group. */
  readonly oneImage: Measured<ClientSide>;
  /** Milliseconds for making a file for each link, and nothing else. */
  readonly filesAlone: number;
}

const { parallel: PARALLEL } = ADMIN_SERVICE_LIMITS;

/** What grows with the images of a run, and how near the run comes to what the latency of the site allows. */
export function manyImagesSection({ byLatency, onOtherSite, oneImage, filesAlone }: ManyImagesRuns): Section {
  const [{ site, run }] = byLatency;
  const images = site.images.length;
  const updates = site.size.group;
  const links = images * (updates + 1);
  const others = onOtherSite.site.size;
  const findings = [
    exactly(
      `Processes for ${images} images, as for one`,
      run.result.processes.length,
      oneImage.result.processes.length,
    ),
    exactly('Write requests (m × (n + 4))', run.cost.writes, images * (updates + 4)),
    atMost(
      'Objects read (n × (1 + m × indexes) + 6 × m + 30)',
      run.cost.objects,
      updates * (1 + images * site.indexes) + 6 * images + 30,
    ),
    exactly(
      `Objects read on ${figure(site.size.updates)} updates, as on ${figure(others.updates)}`,
      run.cost.objects,
      onOtherSite.run.cost.objects,
    ),
    exactly(
      `Requests on ${figure(site.size.updates)} updates, as on ${figure(others.updates)}`,
      requestsOf(run.cost),
      requestsOf(onOtherSite.run.cost),
    ),
    ...byLatency.map(({ site: { latencyMilliseconds }, run: each }) =>
      exactly(`Requests refused or repeated at ${latencyMilliseconds} ms`, refusedOrRepeated(each), 0),
    ),
  ];
  return {
    title: `${images} images in one run: ${nameSize(site.size)}`,
    paragraphs: [
      `Over the administration service, m = ${images} images with n = ${figure(updates)} updates each: ${figure(links)} links. ` +
        'The latency is time that the simulated site lets pass before each answer.',
      findingTable(findings),
      table(
        [
          'Latency',
          'Reads',
          'Writes',
          'Objects read',
          'Bytes',
          'curl',
          'Seconds',
          'waited',
          'work of the site',
          'Links, least',
          'Links, measured',
          'Share',
        ],
        byLatency.map(({ site: { latencyMilliseconds }, run: each }) => {
          const { cost, result } = each;
          const wave = wavesOf(each).find(({ name }) => name === 'links');
          const least = wave === undefined ? Number.NaN : leastOf(wave, latencyMilliseconds);
          const took = wave === undefined ? Number.NaN : wave.milliseconds;
          return [
            `${latencyMilliseconds} ms`,
            figure(cost.reads),
            figure(cost.writes),
            figure(cost.objects),
            figure(cost.bytes),
            figure(result.processes.length),
            seconds(cost.milliseconds),
            seconds(result.waitedMilliseconds),
            seconds(cost.siteMilliseconds),
            seconds(least),
            seconds(took),
            share(least, took),
          ];
        }),
      ),
      `The least that the links can take is their number by ${PARALLEL}, which the connection sends at a time, times the ` +
        'latency; without latency it is the work of the site for them. What is over it does not grow with the latency: ' +
        'curl makes a file for each answer, and curl and the simulated site share the processors of this machine. ' +
        `For comparison: making ${figure(links)} files and nothing else took ${seconds(filesAlone)} seconds just now, ` +
        'which changes with what else the disk does.',
      'Where the seconds go, process by process; the least again beside what it took:',
      waveTable(byLatency),
    ],
    findings,
  };
}

function refusedOrRepeated({ requests, result }: Measured<ClientSide>): number {
  return requests.filter(({ status }) => status < 200 || status >= 300).length + result.repetitions;
}

/** The requests of one process. */
interface Wave {
  readonly name: string;
  readonly requests: readonly RequestRecord[];
  readonly milliseconds: number;
}

function wavesOf({ requests, result: { processes } }: Measured<ClientSide>): readonly Wave[] {
  return processes.map(({ begunAt, endedAt }) => {
    const own = requests.filter(({ at }) => at >= begunAt && at <= endedAt);
    return { name: nameOf(own), requests: own, milliseconds: endedAt - begunAt };
  });
}

/** After the requests that no other process of a run has. */
const NAMES: readonly (readonly [name: string, has: (request: RequestRecord) => boolean])[] = [
  ['starts, in order', ({ methodName }) => methodName !== undefined],
  [
    'links',
    ({ method, className }) => method === 'POST' && className === 'SMS_ImageServicingScheduledUpdate',
  ],
  ['drafts', ({ method, className }) => method === 'POST' && className === 'SMS_ImageServicingSchedule'],
  ['comparison', ({ className }) => className === 'SMS_ImageServicingScheduledUpdate'],
  ['names', ({ className }) => className === 'SMS_Identification'],
  [
    'images and group by key',
    ({ className, path }) => className === 'SMS_AuthorizationList' && path.endsWith(')'),
  ],
  ['updates', ({ className }) => className === 'SMS_SoftwareUpdate'],
];

function nameOf(requests: readonly RequestRecord[]): string {
  return NAMES.find(([, has]) => requests.some(has))?.[0] ?? 'others';
}

function leastOf({ name, requests }: Wave, latencyMilliseconds: number): number {
  if (latencyMilliseconds === 0)
    return requests.reduce((total, { workMilliseconds }) => total + workMilliseconds, 0);
  const rounds = name.endsWith('in order') ? requests.length : requests.length / PARALLEL;
  return Math.ceil(rounds) * latencyMilliseconds;
}

function waveTable(byLatency: ManyImagesRuns['byLatency']): string {
  const [{ run }] = byLatency;
  const columns = byLatency.map((each) => ({
    latency: each.site.latencyMilliseconds,
    waves: wavesOf(each.run),
  }));
  return table(
    ['Process', 'Reads', 'Writes', ...columns.flatMap(({ latency }) => [`${latency} ms: least`, 'took'])],
    wavesOf(run).map(({ name, requests }, at) => [
      name,
      figure(requests.filter(isRead).length),
      figure(requests.filter((request) => !isRead(request)).length),
      ...columns.flatMap(({ latency, waves }) => {
        const wave = waves[at];
        return wave === undefined
          ? ['', '']
          : [seconds(leastOf(wave, latency), 2), seconds(wave.milliseconds, 2)];
      }),
    ]),
  );
}
