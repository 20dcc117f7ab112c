import type { RequestRecord } from '../../src/simulator/index.js';

/** What a piece of work cost, as the site saw it. */
export interface Cost {
  readonly reads: number;
  readonly writes: number;
  /** Objects in the answers to reads. */
  readonly objects: number;
  /** Of the bodies of all answers. */
  readonly bytes: number;
  readonly milliseconds: number;
  /** How much of that the simulated site itself worked: a real one would take another time. */
  readonly siteMilliseconds: number;
}

export interface Measured<Result> {
  readonly result: Result;
  readonly cost: Cost;
}

/** Does the work, with nothing else going on at the site. `all`: the requests that the site notes. */
export async function measure<Result>(
  all: readonly RequestRecord[],
  work: () => Promise<Result>,
): Promise<Measured<Result>> {
  const earlier = all.length;
  const begun = performance.now();
  const result = await work();
  const milliseconds = performance.now() - begun;
  const requests = all.slice(earlier);
  return { result, cost: costOf(requests, milliseconds) };
}

function isRead(request: RequestRecord): boolean {
  return request.method === 'GET';
}

export function requestsOf({ reads, writes }: Cost): number {
  return reads + writes;
}

/** The cost of one piece of work and `times` that of another. */
export function combined(one: Cost, other: Cost, times = 1): Cost {
  return {
    reads: one.reads + times * other.reads,
    writes: one.writes + times * other.writes,
    objects: one.objects + times * other.objects,
    bytes: one.bytes + times * other.bytes,
    milliseconds: one.milliseconds + times * other.milliseconds,
    siteMilliseconds: one.siteMilliseconds + times * other.siteMilliseconds,
  };
}

function costOf(requests: readonly RequestRecord[], milliseconds: number): Cost {
  const reads = requests.filter(isRead).length;
  return {
    reads,
    writes: requests.length - reads,
    objects: sum(requests.filter(isRead).map(({ rows }) => rows)),
    bytes: sum(requests.map(({ bytes }) => bytes)),
    milliseconds,
    siteMilliseconds: sum(requests.map(({ workMilliseconds }) => workMilliseconds)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
