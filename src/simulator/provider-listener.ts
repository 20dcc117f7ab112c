import type { Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { SimulatorClock } from './clock.js';

/** The port of the SMS Provider: its connections, and how it goes away and comes back. */
export interface ProviderListener {
  readonly port: number;
  /** Ends the connection under a request with TCP's RST. */
  reset(requestSocket: Socket): void;
  /** Ends every connection and takes none for half of the time; for the rest `isStarting`. */
  restart(milliseconds: number): void;
  /**
   * Nobody reaches the provider for a time: connections are refused, or http.sys takes them and answers 503. Of two
   * times that overlap, each lasts to its own end.
   */
  goAway(milliseconds: number, kind: 'no-connection' | '503'): void;
  /** Connections are taken, but there is no service behind them yet. */
  isStarting(): boolean;
  stop(): Promise<void>;
}

const LISTEN_AGAIN_MILLISECONDS = 50;

export async function listenAsProvider(
  server: Server,
  wantedPort: number,
  clock: SimulatorClock,
): Promise<ProviderListener> {
  const sockets = openSockets(server);
  const timers = new Set<{ cancel(): void }>();
  let upAgainAt = Number.NEGATIVE_INFINITY;
  await listen(server, wantedPort);
  const { port } = server.address() as AddressInfo;

  const later = (milliseconds: number, act: () => void): void => {
    const timer = clock.after(milliseconds, () => {
      timers.delete(timer);
      act();
    });
    timers.add(timer);
  };
  /** While it is later than now, connections are refused. */
  let refusesUntil = Number.NEGATIVE_INFINITY;
  const closeAll = (): void => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  const listenAgain = (): void => {
    if (server.listening) return;
    if (clock.now() < refusesUntil) {
      later(refusesUntil - clock.now(), listenAgain);
      return;
    }
    listen(server, port).catch(() => {
      // Somebody else may have the port for a moment: a connection of another program that the system chose it for.
      later(LISTEN_AGAIN_MILLISECONDS, listenAgain);
    });
  };

  const refuse = (milliseconds: number): void => {
    refusesUntil = Math.max(refusesUntil, clock.now() + milliseconds);
    server.close();
    closeAll();
    later(milliseconds, listenAgain);
  };

  return {
    port,
    reset: (requestSocket) => {
      // A request knows the TLS on top of the connection; the RST is a matter of the connection below.
      const below = [...sockets].find((socket) => socket.remotePort === requestSocket.remotePort);
      below?.resetAndDestroy();
    },
    restart: (milliseconds) => {
      upAgainAt = Math.max(upAgainAt, clock.now() + milliseconds);
      refuse(milliseconds / 2);
    },
    goAway: (milliseconds, kind) => {
      if (kind === '503') upAgainAt = Math.max(upAgainAt, clock.now() + milliseconds);
      else refuse(milliseconds);
    },
    isStarting: () => clock.now() < upAgainAt,
    stop: async () => {
      for (const timer of timers) {
        timer.cancel();
      }
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      closeAll();
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

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: Error): void => {
      reject(error);
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve();
    });
  });
}
