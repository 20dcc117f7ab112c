import { answerRequest, nameTarget, parseUrl, refuseUrl, unauthorized, } from './admin-service.js';
import { serverPage, unavailable } from './answer.js';
import { answerInstead, damagedAnswer } from './fault-answers.js';
import { faultPicker } from './faults.js';
import { authorizationKind } from './login.js';
import { sendAnswer, sendHalf, sendSlowly } from './send-answer.js';
/** http.sys allows so many bytes for the request line and the headers together. */
export const LONGEST_HEAD = 16_384;
/** The way of a request: its fault, the wait, the login, the service, the answer. */
export function serveRequests(options) {
    const { clock } = options.service;
    const requests = [];
    const timers = new Set();
    const pickFault = faultPicker(options.faults);
    const after = (milliseconds, act) => {
        if (milliseconds <= 0) {
            act();
            return;
        }
        const timer = clock.after(milliseconds, () => {
            timers.delete(timer);
            act();
        });
        timers.add(timer);
    };
    const handle = (request, response, body) => {
        const url = parseUrl(request.url ?? '');
        const target = { method: request.method ?? '', ...nameTarget(url) };
        const fault = pickFault(target);
        const record = {
            number: requests.length + 1,
            at: clock.now(),
            method: target.method,
            path: url.path,
            query: url.query,
            className: target.className,
            methodName: target.methodName,
            body,
            authorization: authorizationKind(request.headers.authorization),
            fault: fault?.kind,
            status: 0,
            rows: 0,
            bytes: 0,
            outcome: 'pending',
            workMilliseconds: 0,
        };
        requests.push(record);
        if (endsConnection(options.listener, request, record, fault)) {
            return;
        }
        after(options.latencyMilliseconds + (fault?.kind === 'delay' ? fault.milliseconds : 0), () => {
            options.beforeRequest?.(record, options.service.state);
            const begin = performance.now();
            const answer = damagedAnswer(answerAsked(options, request, body, target.className, fault), fault);
            record.status = answer.status;
            record.rows = answer.rows;
            record.workMilliseconds = performance.now() - begin;
            const finish = (outcome, sent) => {
                record.outcome = outcome;
                record.bytes = sent.bytes;
                record.workMilliseconds += sent.workMilliseconds;
            };
            const answered = (sent) => {
                finish('answered', sent);
            };
            if (answer.isCut === true) {
                record.outcome = 'cut';
                request.socket.destroy();
            }
            else if (fault?.kind === 'lose') {
                record.outcome = 'lost';
                request.socket.destroy();
            }
            else if (fault?.kind === 'truncate') {
                finish('truncated', sendHalf(response, answer));
            }
            else if (fault?.kind === 'slow') {
                void sendSlowly(response, answer, waitWith(after), fault.milliseconds).then(answered);
            }
            else {
                void sendAnswer(response, answer).then(answered);
            }
        });
    };
    return {
        requests,
        listener: (request, response) => {
            const pieces = [];
            request.on('data', (piece) => pieces.push(piece));
            request.on('end', () => {
                handle(request, response, Buffer.concat(pieces).toString('utf8'));
            });
            // A client that goes away is no error of the server.
            request.on('error', () => undefined);
            response.on('error', () => undefined);
        },
        stop: () => {
            for (const timer of timers) {
                timer.cancel();
            }
        },
    };
}
const waitWith = (after) => async (milliseconds) => new Promise((resolve) => {
    after(milliseconds, resolve);
});
/** The faults after which nothing of a request happens, and no byte of an answer comes. */
function endsConnection(listener, request, record, fault) {
    if (fault?.kind === 'cut') {
        record.outcome = 'cut';
        request.socket.destroy();
    }
    else if (fault?.kind === 'reset') {
        record.outcome = 'reset';
        listener.reset(request.socket);
    }
    else if (fault?.kind === 'restart') {
        record.outcome = 'cut';
        listener.restart(fault.milliseconds);
    }
    else {
        return false;
    }
    return true;
}
function answerAsked(options, request, body, className, fault) {
    const url = request.url ?? '';
    const down = options.listener.isStarting() ? unavailable() : undefined;
    const refused = down ?? refuseHead(request) ?? refuseUrl(url) ?? answerInstead(fault, className);
    if (refused !== undefined) {
        return refused;
    }
    const offered = options.login(request.headers.authorization, parseUrl(url).route);
    if (offered !== undefined) {
        return unauthorized(offered);
    }
    return answerRequest(options.service, {
        method: request.method ?? '',
        url,
        contentType: request.headers['content-type'],
        body: body === '' ? undefined : body,
    });
}
function refuseHead(request) {
    const line = `${request.method ?? ''} ${request.url ?? ''} HTTP/1.1\r\n`;
    // A name and its value have a colon, a blank and a line end around them: two bytes for each text.
    const headers = request.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text, 'latin1') + 2, 2);
    return line.length + headers > LONGEST_HEAD
        ? serverPage(400, 'Bad Request - Request Too Long', 'The size of the request headers is too long.')
        : undefined;
}
//# sourceMappingURL=serve-requests.js.map