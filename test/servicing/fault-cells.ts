import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import type { ComponentMode, Fault, RequestRecord, SiteDescription } from '../../src/simulator/index.js';
import { siteUnderTest, type Connection, type SiteUnderTest } from '../site-under-test.js';
import type { WmiFault } from '../simulated-wmi/simulated-wmi.js';
import { runOnce } from './site-afterwards.js';
import { assertEachWholeOrNothing, type SiteAfterwards, type Wanted } from './whole-or-nothing.js';

/** Which requests of a run: the n-th of this method and class, so that the number does not depend on chance. */
export interface Target {
  readonly method: string;
  readonly class: string;
  readonly request: number;
}

/** What is to be disturbed. */
export interface Disturbed {
  readonly connection: Connection;
  readonly description: SiteDescription;
  readonly request: Partial<ServicingRequest>;
  readonly wanted: Wanted;
  readonly component: ComponentMode;
  /** The run is refused its last step, so that it undoes. */
  readonly isUndone: boolean;
}

/** A fault without the request that it meets. */
export interface FaultForm {
  readonly name: string;
  readonly at: (target: Target) => WmiFault;
}

/** How long the client waits for an answer. */
const ANSWER_SECONDS = 2;

type PlainKind = Exclude<WmiFault['kind'], 'delay' | 'slow' | 'restart'>;

const plainly = (...kinds: readonly PlainKind[]): readonly FaultForm[] =>
  // The type of a fault is a choice of objects, each with some of the kinds.
  kinds.map((kind) => ({ name: kind, at: (target) => ({ ...target, kind }) as WmiFault }));

const timed = (name: string, kind: 'delay' | 'slow' | 'restart', milliseconds: number): FaultForm => ({
  name,
  at: (target) => ({ ...target, kind, milliseconds }),
});

const SHORT_DELAY = timed('short delay', 'delay', 200);
/** The effect comes after the client has given up. */
const LONG_DELAY = timed('long delay', 'delay', ANSWER_SECONDS * 1_000 + 100);

export const FAULTS_OF_HTTP: readonly FaultForm[] = [
  ...plainly('refuse', 'not-found', 'deny-401', 'error-500', 'html-200', 'html-502', 'redirect', 'oversize'),
  ...plainly('cut', 'reset', 'lose', 'truncate', 'invalid-json', 'wrong-types'),
  SHORT_DELAY,
  LONG_DELAY,
  timed('slow', 'slow', 200),
  timed('short restart', 'restart', 20),
  timed('long restart', 'restart', 600),
];

export const FAULTS_OF_WMI: readonly FaultForm[] = [
  ...plainly('refuse', 'not-found', 'deny-401', 'error-500', 'cut', 'lose', 'truncate'),
  ...plainly('provider-not-loaded', 'timed-out', 'die'),
  SHORT_DELAY,
];

/** In the order in which a run comes to them. */
export const OPERATION_KINDS = [
  'query',
  'get',
  'create schedule',
  'create link',
  'update',
  'invoke',
  'describe',
  'delete',
] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

function kindOf({ method, className, methodName, path, query }: RequestRecord): OperationKind {
  if (methodName !== undefined) return 'invoke';
  if (className === '$metadata') return 'describe';
  if (method === 'POST')
    return className === 'SMS_ImageServicingSchedule' ? 'create schedule' : 'create link';
  if (method === 'PUT') return 'update';
  if (method === 'DELETE') return 'delete';
  // Of HTTP a key is in the path; of WMI only a query has a text.
  return path.includes('(') || (query === '' && !path.includes('/')) ? 'get' : 'query';
}

const REFUSED_WAKE: Fault = {
  kind: 'refuse',
  every: true,
  class: 'SMS_ImagePackage.RunOfflineServicingManager',
};

/** Starts a site for one run, and ends it as soon as `use` has ended. */
async function withSite<Value>(
  { connection, description, component, isUndone }: Disturbed,
  faults: readonly WmiFault[],
  use: (site: SiteUnderTest) => Promise<Value>,
): Promise<Value> {
  const ends: (() => unknown)[] = [];
  const all = [...faults, ...(isUndone ? [REFUSED_WAKE] : [])];
  const site = await siteUnderTest(
    {
      after: (end) => {
        if (typeof end === 'function') ends.push(end as () => unknown);
      },
    },
    {
      connection,
      simulator: {
        description,
        component,
        invisibleMilliseconds: 60,
        servicingMilliseconds: 20,
        faults: connection === 'wmi' ? [] : (all as readonly Fault[]),
      },
      wmi: { faults: connection === 'wmi' ? all : [] },
      settings: { answerSeconds: ANSWER_SECONDS, answerBytes: 2 * 1024 * 1024 },
      // The first look sees everything, so that the number of requests does not depend on chance.
      patience: { firstLookMilliseconds: 100 },
    },
  );
  try {
    return await use(site);
  } finally {
    for (const end of ends) await end();
  }
}

/** Every request of the run when nothing but what makes it undo disturbs it; of one that undoes, those from then on. */
export async function targetsOf(disturbed: Disturbed): Promise<readonly Target[]> {
  return withSite(disturbed, [], async (site) => {
    await assertEachWholeOrNothing(site, await runOnce(site, disturbed.request), disturbed.wanted);
    const { requests } = site.simulator;
    const seen = new Map<string, number>();
    const all = requests.map(({ method, className = '', methodName }): Target => {
      const name = methodName === undefined ? className : `${className}.${methodName}`;
      const request = (seen.get(`${method} ${name}`) ?? 0) + 1;
      seen.set(`${method} ${name}`, request);
      return { method, class: name, request };
    });
    if (!disturbed.isUndone) return all;
    return all.slice(requests.findIndex(({ methodName }) => methodName !== undefined) + 1);
  });
}

/** Where one run ended of which one request was disturbed. */
export interface Cell {
  readonly fault: string;
  /** Undefined where the run did not come to that request. */
  readonly kind: OperationKind | undefined;
  readonly ended: SiteAfterwards;
}

export async function disturb(disturbed: Disturbed, form: FaultForm, target: Target): Promise<Cell> {
  const fault = form.at(target);
  return withSite(disturbed, [fault], async (site) => {
    const ended = await runOnce(site, disturbed.request);
    try {
      const afterwards = await assertEachWholeOrNothing(site, ended, disturbed.wanted);
      const met = metBy(site, target);
      return { fault: form.name, kind: met && kindOf(met), ended: afterwards };
    } catch (error) {
      const { component, isUndone } = disturbed;
      throw new Error(JSON.stringify({ fault, component, isUndone }), { cause: error });
    }
  });
}

function metBy({ simulator }: SiteUnderTest, target: Target): RequestRecord | undefined {
  return simulator.requests.filter(
    ({ method, className = '', methodName }) =>
      method === target.method &&
      (methodName === undefined ? className : `${className}.${methodName}`) === target.class,
  )[target.request - 1];
}

/** Does so much at once: a run mostly waits, and too many of them would wait for each other. */
export async function atOnce<Item, Value>(
  most: number,
  items: readonly Item[],
  act: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const results: Value[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: most }, async () => {
      for (let place = next++; place < items.length; place = next++) {
        const item = items[place];
        if (item !== undefined) results.push(await act(item));
      }
    }),
  );
  return results;
}

/** Counts of `whole / nothing / told`, by kind of operation and fault, as a table of Markdown. */
export function tableOf(cells: readonly Cell[], faults: readonly FaultForm[]): string {
  const kinds = OPERATION_KINDS.filter((kind) => cells.some((cell) => cell.kind === kind));
  const count = (fault: string, kind: OperationKind, ended: SiteAfterwards): number =>
    cells.filter((cell) => cell.fault === fault && cell.kind === kind && cell.ended === ended).length;
  const rows = faults.map(({ name }) => [
    name,
    ...kinds.map((kind) =>
      (['whole', 'nothing', 'told'] as const).map((ended) => count(name, kind, ended)).join(' / '),
    ),
  ]);
  const line = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`;
  return [line(['Fault', ...kinds]), line(['---', ...kinds.map(() => '---')]), ...rows.map(line)].join('\n');
}

/** How many runs met each fault at each kind of operation, in a table of the above; reads of both kinds together. */
export function countsIn(table: string): ReadonlyMap<string, number> {
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.includes('---'))
    .map((line) => line.split('|').map((part) => part.trim()));
  const [header = [], ...faults] = rows;
  const counts = new Map<string, number>();
  for (const row of faults) {
    for (const [place, kind] of header.entries()) {
      const sum = (row[place] ?? '').split('/').reduce((all, each) => all + Number(each), 0);
      if (place < 2 || kind === '') continue;
      const name = `${row[1] ?? ''}: ${kind === 'query' || kind === 'get' ? 'read' : kind}`;
      counts.set(name, (counts.get(name) ?? 0) + sum);
    }
  }
  return counts;
}
