import { createServer } from 'node:https';
import { fasterClock, systemClock, type SimulatorClock } from './clock.js';
import type { Fault } from './faults.js';
import { loopbackCertificate } from './loopback-certificate.js';
import { loginCheck } from './login.js';
import type { Manner } from './manners.js';
import { listenAsProvider } from './provider-listener.js';
import type { RequestRecord } from './request-record.js';
import { LONGEST_HEAD, serveRequests } from './serve-requests.js';
import { ServicingComponent, type ComponentMode } from './servicing-component.js';
import { ServicingLog } from './servicing-log.js';
import type { Outage } from './servicing-description.js';
import type { SiteDescription } from './site-description.js';
import { fillSite } from './site-objects.js';
import { SiteState } from './site-state.js';

export { systemClock, type SimulatorClock } from './clock.js';
export type { RequestRecord } from './request-record.js';

export interface SimulatorOptions {
  /** From `describeDefaultSite` or `parseSiteDescription`. */
  readonly description: SiteDescription;
  /** Accepted as `Authorization: Bearer <token>` on the token route. */
  readonly token: string;
  /** Decides about the token of `Authorization: Negotiate` on the other route. Default: no token is good. */
  readonly trustNegotiate?: (token: Buffer) => boolean;
  /** Default 0: any free one. */
  readonly port?: number;
  readonly clock?: SimulatorClock;
  /** Time before each answer. Default 0. */
  readonly latencyMilliseconds?: number;
  /** How long queries do not find an object that was just created. Default 2,000. */
  readonly invisibleMilliseconds?: number;
  /** Most objects of one answer. Default: no limit. */
  readonly pageSize?: number;
  /** Default false: a page is then cut in silence. */
  readonly pagesCarryNextLink?: boolean;
  /** A filter with more comparisons is a 404. Default: no limit but that of the request line. */
  readonly longestFilterTerms?: number;
  /** How the service differs from the recorded one. Default: not at all. */
  readonly manners?: readonly Manner[];
  /** How long the component works on one image, and the content takes to the distribution points. Default 1,000. */
  readonly servicingMilliseconds?: number;
  readonly component?: ComponentMode;
  /** How many times as fast as `clock` the time of the servicing and of the site's own dates goes. Default 1. */
  readonly speed?: number;
  /** The file of OfflineServicingMgr.log, and the size at which it rolls over. Default: the log is only in memory. */
  readonly servicingLog?: { readonly file: string; readonly rollOverBytes?: number | undefined };
  readonly faults?: readonly Fault[];
  /**
   * Called before a request is answered, with the number that it has: what happens at the site in the middle of a run.
   * It may change the site, or look at it.
   */
  readonly beforeRequest?: (request: RequestRecord, state: SiteState) => void;
  /** Made-up classes in `$metadata`, which has thousands on a real site. Default 0. */
  readonly extraClasses?: number;
}

export interface RunningSimulator {
  /** `https://127.0.0.1:<port>/AdminService`: takes `Authorization: Negotiate` alone. */
  readonly baseUrl: string;
  /** `https://127.0.0.1:<port>/AdminService_TokenAuth`: takes the bearer token. */
  readonly tokenBaseUrl: string;
  readonly port: number;
  readonly certificatePem: string;
  readonly state: SiteState;
  /** With the clock, for another way into the same site. */
  readonly component: ServicingComponent;
  readonly clock: SimulatorClock;
  /** The lines of OfflineServicingMgr.log so far. */
  readonly servicingLog: readonly string[];
  readonly manners: readonly Manner[];
  readonly requests: readonly RequestRecord[];
  /** False while the provider restarts, and after the end. */
  isListening(): boolean;
  /** Nobody reaches the provider now, or http.sys answers 503 in its place. */
  isAway(): boolean;
  /** Takes the provider away for a time, as an outage of the description does. */
  goAway(milliseconds: number, kind: Outage['kind']): void;
  /** Ends all connections; what is still delayed does not happen any more. */
  stop(): Promise<void>;
}

/** Serves a simulated site on 127.0.0.1 until it is stopped. */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const clock = options.clock ?? systemClock;
  const { description } = options;
  const state = new SiteState({
    site: description.site,
    access: description.access,
    classes: description.classes,
    clock,
    invisibleMilliseconds: options.invisibleMilliseconds ?? 2000,
  });
  fillSite(state, description, clock.now());
  // Latency, faults and new objects keep their real times: they belong to the service, not to the servicing.
  const siteClock = options.speed === undefined ? clock : fasterClock(clock, options.speed);
  const log = new ServicingLog({ site: description.site, clock: siteClock, ...options.servicingLog });
  const component = new ServicingComponent({
    state,
    description,
    clock: siteClock,
    log,
    mode: options.component ?? 'between-writes',
    servicingMilliseconds: options.servicingMilliseconds ?? 1000,
  });
  const certificate = await loopbackCertificate();
  const server = createServer({
    cert: certificate.certificatePem,
    key: certificate.privateKeyPem,
    minVersion: 'TLSv1.2',
    // Node must not refuse first what http.sys would.
    maxHeaderSize: 4 * LONGEST_HEAD,
  });
  const listener = await listenAsProvider(server, options.port ?? 0, clock);
  const { port } = listener;
  const origin = `https://127.0.0.1:${port}`;
  const serving = serveRequests({
    service: {
      state,
      component,
      clock,
      origin,
      pageSize: options.pageSize,
      pagesCarryNextLink: options.pagesCarryNextLink ?? false,
      longestFilterTerms: options.longestFilterTerms,
      manners: options.manners ?? [],
      extraClasses: options.extraClasses ?? 0,
    },
    login: loginCheck(options),
    faults: options.faults ?? [],
    latencyMilliseconds: options.latencyMilliseconds ?? 0,
    listener,
    beforeRequest: options.beforeRequest,
  });
  server.on('request', serving.listener);
  const timers = (description.servicing?.outages ?? []).map(({ after, time, kind }) =>
    siteClock.after(after, () => {
      listener.goAway(time / (options.speed ?? 1), kind);
    }),
  );

  return {
    baseUrl: `${origin}/AdminService`,
    tokenBaseUrl: `${origin}/AdminService_TokenAuth`,
    port,
    certificatePem: certificate.certificatePem,
    state,
    component,
    clock,
    servicingLog: log.lines,
    manners: options.manners ?? [],
    requests: serving.requests,
    isListening: () => server.listening,
    isAway: () => !server.listening || listener.isStarting(),
    goAway: (milliseconds, kind) => {
      listener.goAway(milliseconds, kind);
    },
    stop: async () => {
      for (const timer of timers) timer.cancel();
      component.stop();
      serving.stop();
      await listener.stop();
    },
  };
}
