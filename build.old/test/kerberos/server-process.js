import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';
/** Runs a server in the foreground until the returned function is called, or the test is over. */
export async function startServer(context, server) {
    const child = spawn(server.executable, [...server.args], {
        env: { ...server.environment },
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(server.user === undefined ? {} : { uid: server.user, gid: server.user }),
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text) => (said += text));
    const life = { hasEnded: false };
    const ended = new Promise((resolve) => {
        const end = () => {
            life.hasEnded = true;
            resolve();
        };
        child.once('error', (error) => {
            said += error.message;
            end();
        });
        child.once('close', end);
    });
    const endWithThisProcess = () => {
        child.kill('SIGKILL');
    };
    process.once('exit', endWithThisProcess);
    const stop = async () => {
        child.kill('SIGTERM');
        await ended;
        process.off('exit', endWithThisProcess);
    };
    context.after(stop);
    while (!(await takesConnections(server.port))) {
        if (life.hasEnded)
            throw new Error(`${server.executable} ended: ${said}${server.log()}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return stop;
}
async function takesConnections(port) {
    return new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1');
        socket.once('connect', () => {
            socket.destroy();
            resolve(true);
        });
        socket.once('error', () => {
            resolve(false);
        });
    });
}
/**
 * One that is free at this moment, for a server that cannot choose for itself. Below those that systems give to whoever
 * asks for any, so that no other test is given it in the meantime.
 */
export async function freePort() {
    const port = randomInt(15_000, 32_000);
    const server = createServer();
    const isFree = await new Promise((resolve) => {
        server.once('error', () => {
            resolve(false);
        });
        server.listen(port, '127.0.0.1', () => {
            server.close(() => {
                resolve(true);
            });
        });
    });
    return isFree ? port : freePort();
}
//# sourceMappingURL=server-process.js.map