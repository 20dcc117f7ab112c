import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
const NOBODY = async (program) => {
    program.exit(97);
    return Promise.resolve();
};
export async function openStage() {
    const secret = randomBytes(16).toString('hex');
    const sockets = new Set();
    let starts = [];
    let player = NOBODY;
    const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.on('error', () => undefined);
        void serve(socket, secret, (program) => {
            starts.push(program);
            player(program).catch((error) => {
                program.complain(Buffer.from(String(error)));
                program.exit(96);
            });
        });
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string')
        throw new Error('The stage has no port.');
    return {
        port: address.port,
        secret,
        starts: () => starts,
        play: (next) => {
            starts = [];
            player = next;
        },
        close: async () => {
            const closed = new Promise((resolve) => server.close(() => resolve()));
            for (const socket of sockets)
                socket.destroy();
            await closed;
        },
    };
}
async function serve(socket, secret, onStart) {
    const gone = new AbortController();
    socket.on('close', () => gone.abort());
    const tell = (line) => {
        if (!socket.destroyed)
            socket.write(`${JSON.stringify(line)}\n`);
    };
    const pieces = [];
    let endInput = () => undefined;
    const input = new Promise((resolve) => (endInput = resolve));
    for await (const text of createInterface({ input: socket, crlfDelay: Infinity })) {
        const line = JSON.parse(text);
        if (line.executable !== undefined) {
            if (line.secret !== secret)
                return void socket.destroy();
            const { executable, args = [], environment = {}, folder = '' } = line;
            onStart({
                executable,
                args,
                environment,
                folder,
                input,
                gone: gone.signal,
                write: (output) => tell({ output: output.toString('base64') }),
                complain: (output) => tell({ complaint: output.toString('base64') }),
                exit: (exitCode) => tell({ exitCode }),
            });
        }
        if (line.input !== undefined)
            pieces.push(Buffer.from(line.input, 'base64'));
        if (line.inputEnded === true)
            endInput(Buffer.concat(pieces).toString('utf8'));
    }
}
//# sourceMappingURL=stage.js.map