import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { systemClock, type SimulatorClock } from './clock.js';
import type { Fault } from './faults.js';
import { loopbackCertificate } from './loopback-certificate.js';
import type { RequestRecord } from './request-record.js';
import { LONGEST_HEAD, serveRequests } from './serve-requests.js';
import { ServicingComponent, type ComponentMode } from './servicing-component.js';
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
  /** How long the component works on one image, and the content takes to the distribution points. Default 1,000. */
  readonly servicingMilliseconds?: number;
  readonly component?: ComponentMode;
  readonly faults?: readonly Fault[];
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
  readonly requests: readonly RequestRecord[];
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
  const component = new ServicingComponent({
    state,
    description,
    clock,
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
  const sockets = openSockets(server);
  const port = await listen(server, options.port ?? 0);
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
      extraClasses: options.extraClasses ?? 0,
    },
    login: options,
    faults: options.faults ?? [],
    latencyMilliseconds: options.latencyMilliseconds ?? 0,
  });
  server.on('request', serving.listener);

  return {
    baseUrl: `${origin}/AdminService`,
    tokenBaseUrl: `${origin}/AdminService_TokenAuth`,
    port,
    certificatePem: certificate.certificatePem,
    state,
    component,
    clock,
    requests: serving.requests,
    stop: async () => {
      component.stop();
      serving.stop();
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}

/** The connections of a server as they are at any moment, to end them with it. */
function openSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
  });
  // A client that does not trust the certificate is the client's matter.
  server.on('tlsClientError', () => undefined);
  return sockets;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}
