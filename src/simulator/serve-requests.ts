import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  answerRequest,
  nameTarget,
  parseUrl,
  refuseUrl,
  unauthorized,
  type ServiceOptions,
} from './admin-service.js';
import { serverPage, unavailable, type Answer } from './answer.js';
import { answerInstead, damagedAnswer } from './fault-answers.js';
import { faultPicker, type Fault } from './faults.js';
import { authorizationKind, type LoginCheck } from './login.js';
import type { ProviderListener } from './provider-listener.js';
import type { MutableRecord, RequestRecord } from './request-record.js';
import { sendAnswer, sendHalf, sendSlowly, type Sent } from './send-answer.js';
import type { SiteState } from './site-state.js';

export interface ServeOptions {
  readonly service: ServiceOptions;
  readonly login: LoginCheck;
  readonly faults: readonly Fault[];
  readonly latencyMilliseconds: number;
  readonly listener: ProviderListener;
  /** Called before a request is answered: what happens at the site meanwhile. */
  readonly beforeRequest: ((request: RequestRecord, state: SiteState) => void) | undefined;
}

export interface RequestServer {
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  readonly requests: readonly RequestRecord[];
  /** What is still delayed does not happen any more. */
  stop(): void;
}

/** http.sys allows so many bytes for the request line and the headers together. */
export const LONGEST_HEAD = 16_384;

/** The way of a request: its fault, the wait, the login, the service, the answer. */
export function serveRequests(options: ServeOptions): RequestServer {
  const { clock } = options.service;
  const requests: MutableRecord[] = [];
  const timers = new Set<{ cancel(): void }>();
  const pickFault = faultPicker(options.faults);

  const after: After = (milliseconds, act) => {
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

  const handle = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const url = parseUrl(request.url ?? '');
    const target = { method: request.method ?? '', ...nameTarget(url) };
    const fault = pickFault(target);
    const record: MutableRecord = {
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
      const finish = (outcome: RequestRecord['outcome'], sent: Sent): void => {
        record.outcome = outcome;
        record.bytes = sent.bytes;
        record.workMilliseconds += sent.workMilliseconds;
      };
      const answered = (sent: Sent): void => {
        finish('answered', sent);
      };
      if (answer.isCut === true) {
        record.outcome = 'cut';
        request.socket.destroy();
      } else if (fault?.kind === 'lose') {
        record.outcome = 'lost';
        request.socket.destroy();
      } else if (fault?.kind === 'truncate') {
        finish('truncated', sendHalf(response, answer));
      } else if (fault?.kind === 'slow') {
        void sendSlowly(response, answer, waitWith(after), fault.milliseconds).then(answered);
      } else {
        void sendAnswer(response, answer).then(answered);
      }
    });
  };

  return {
    requests,
    listener: (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
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

type After = (milliseconds: number, act: () => void) => void;

const waitWith =
  (after: After) =>
  async (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      after(milliseconds, resolve);
    });

/** The faults after which nothing of a request happens, and no byte of an answer comes. */
function endsConnection(
  listener: ProviderListener,
  request: IncomingMessage,
  record: MutableRecord,
  fault: Fault | undefined,
): boolean {
  if (fault?.kind === 'cut') {
    record.outcome = 'cut';
    request.socket.destroy();
  } else if (fault?.kind === 'reset') {
    record.outcome = 'reset';
    listener.reset(request.socket);
  } else if (fault?.kind === 'restart') {
    record.outcome = 'cut';
    listener.restart(fault.milliseconds);
  } else {
    return false;
  }
  return true;
}

function answerAsked(
  options: ServeOptions,
  request: IncomingMessage,
  body: string,
  className: string | undefined,
  fault: Fault | undefined,
): Answer {
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

function refuseHead(request: IncomingMessage): Answer | undefined {
  const line = `${request.method ?? ''} ${request.url ?? ''} HTTP/1.1\r\n`;
  // A name and its value have a colon, a blank and a line end around them: two bytes for each text.
  const headers = request.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text, 'latin1') + 2, 2);
  return line.length + headers > LONGEST_HEAD
    ? serverPage(400, 'Bad Request - Request Too Long', 'The size of the request headers is too long.')
    : undefined;
}
