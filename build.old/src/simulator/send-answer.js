/** An answer with more objects is written piece by piece, without a length in its head. */
const MOST_ROWS_AT_ONCE = 500;
/** Writes an answer; a client that goes away ends it early. */
export async function sendAnswer(response, answer) {
    if (answer.rows <= MOST_ROWS_AT_ONCE) {
        const { body, workMilliseconds } = whole(answer);
        response.writeHead(answer.status, headersOf(answer, body.length));
        response.end(body);
        return { bytes: body.length, workMilliseconds };
    }
    response.writeHead(answer.status, headersOf(answer, undefined));
    let bytes = 0;
    let workMilliseconds = 0;
    let begin = performance.now();
    for (const piece of answer.body) {
        const encoded = Buffer.from(piece, 'utf8');
        workMilliseconds += performance.now() - begin;
        if (response.destroyed) {
            break;
        }
        bytes += encoded.length;
        if (!response.write(encoded)) {
            await drained(response);
        }
        begin = performance.now();
    }
    response.end();
    return { bytes, workMilliseconds };
}
/** Announces the whole answer, writes half of its body and ends the connection. */
export function sendHalf(response, answer) {
    const { body, workMilliseconds } = whole(answer);
    const half = body.subarray(0, body.length >> 1);
    response.writeHead(answer.status, headersOf(answer, body.length));
    response.flushHeaders();
    response.write(half, () => {
        // `end`, and not `destroy`: what is written has to arrive before the connection is gone.
        response.socket?.end();
    });
    return { bytes: half.length, workMilliseconds };
}
const DRIPS = 20;
/** Announces the whole answer and writes its body in small pieces, the last one at the end of a time. */
export async function sendSlowly(response, answer, wait, milliseconds) {
    const { body, workMilliseconds } = whole(answer);
    response.writeHead(answer.status, headersOf(answer, body.length));
    response.flushHeaders();
    const size = Math.ceil(body.length / DRIPS);
    let bytes = 0;
    for (let drip = 1; drip <= DRIPS && !response.destroyed; drip += 1) {
        await wait(milliseconds / DRIPS);
        const piece = body.subarray(bytes, bytes + size);
        response.write(piece);
        bytes += piece.length;
    }
    response.end();
    return { bytes, workMilliseconds };
}
function whole(answer) {
    const begin = performance.now();
    const body = Buffer.from([...answer.body].join(''), 'utf8');
    return { body, workMilliseconds: performance.now() - begin };
}
function headersOf(answer, length) {
    return {
        ...answer.headers,
        ...(answer.contentType === undefined ? {} : { 'Content-Type': answer.contentType }),
        // A 204 must not announce a length.
        ...(length === undefined || answer.status === 204 ? {} : { 'Content-Length': length }),
    };
}
async function drained(response) {
    if (response.destroyed) {
        return;
    }
    await new Promise((resolve) => {
        const done = () => {
            response.off('drain', done);
            response.off('close', done);
            resolve();
        };
        response.on('drain', done);
        response.on('close', done);
    });
}
//# sourceMappingURL=send-answer.js.map