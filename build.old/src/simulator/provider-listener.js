const LISTEN_AGAIN_MILLISECONDS = 50;
export async function listenAsProvider(server, wantedPort, clock) {
    const sockets = openSockets(server);
    const timers = new Set();
    let upAgainAt = Number.NEGATIVE_INFINITY;
    await listen(server, wantedPort);
    const { port } = server.address();
    const later = (milliseconds, act) => {
        const timer = clock.after(milliseconds, () => {
            timers.delete(timer);
            act();
        });
        timers.add(timer);
    };
    const closeAll = () => {
        for (const socket of sockets) {
            socket.destroy();
        }
    };
    const listenAgain = () => {
        listen(server, port).catch(() => {
            // Somebody else may have the port for a moment: a connection of another program that the system chose it for.
            later(LISTEN_AGAIN_MILLISECONDS, listenAgain);
        });
    };
    return {
        port,
        reset: (requestSocket) => {
            // A request knows the TLS on top of the connection; the RST is a matter of the connection below.
            const below = [...sockets].find((socket) => socket.remotePort === requestSocket.remotePort);
            below?.resetAndDestroy();
        },
        restart: (milliseconds) => {
            upAgainAt = clock.now() + milliseconds;
            server.close();
            closeAll();
            later(milliseconds / 2, listenAgain);
        },
        isStarting: () => clock.now() < upAgainAt,
        stop: async () => {
            for (const timer of timers) {
                timer.cancel();
            }
            const closed = new Promise((resolve) => {
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
function openSockets(server) {
    const sockets = new Set();
    server.on('connection', (socket) => {
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
async function listen(server, port) {
    await new Promise((resolve, reject) => {
        const failed = (error) => {
            reject(error);
        };
        server.once('error', failed);
        server.listen(port, '127.0.0.1', () => {
            server.off('error', failed);
            resolve();
        });
    });
}
//# sourceMappingURL=provider-listener.js.map