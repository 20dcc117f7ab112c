import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  answerRequest,
  nameTarget,
  parseUrl,
  refuseUrl,
  unauthorized,
  type ServiceOptions,
} from './admin-service.js';
import { errorAnswer, serverPage, type Answer } from './answer.js';
import { faultPicker, type Fault, type FaultKind } from './faults.js';
import { authorizationKind, isLoggedIn, type LoginOptions } from './login.js';
import { ACCESS_DENIED } from './odata-error.js';
import type { MutableRecord, RequestRecord } from './request-record.js';
import { sendAnswer, sendHalf, type Sent } from './send-answer.js';

export interface ServeOptions {
  readonly service: ServiceOptions;
  readonly login: LoginOptions;
  readonly faults: readonly Fault[];
  readonly latencyMilliseconds: number;
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

  const after = (milliseconds: number, act: () => void): void => {
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
    if (fault?.kind === 'cut') {
      record.outcome = 'cut';
      request.socket.destroy();
      return;
    }
    after(options.latencyMilliseconds + (fault?.kind === 'delay' ? fault.milliseconds : 0), () => {
      const begin = performance.now();
      const answer = answerAsked(options, request, body, fault?.kind);
      record.status = answer.status;
      record.rows = answer.rows;
      record.workMilliseconds = performance.now() - begin;
      if (fault?.kind === 'lose') {
        record.outcome = 'lost';
        request.socket.destroy();
        return;
      }
      const finish = (outcome: RequestRecord['outcome'], sent: Sent): void => {
        record.outcome = outcome;
        record.bytes = sent.bytes;
        record.workMilliseconds += sent.workMilliseconds;
      };
      if (fault?.kind === 'truncate') {
        finish('truncated', sendHalf(response, answer));
        return;
      }
      void sendAnswer(response, answer).then((sent) => {
        finish('answered', sent);
      });
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

function answerAsked(
  options: ServeOptions,
  request: IncomingMessage,
  body: string,
  fault: FaultKind | undefined,
): Answer {
  const url = request.url ?? '';
  const refused = refuseHead(request) ?? refuseUrl(url) ?? injected(fault);
  if (refused !== undefined) {
    return refused;
  }
  if (!isLoggedIn(request.headers.authorization, parseUrl(url).route, options.login)) {
    return unauthorized();
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

function injected(fault: FaultKind | undefined): Answer | undefined {
  switch (fault) {
    case 'refuse':
      return errorAnswer(404, ACCESS_DENIED);
    case 'deny-401':
      return unauthorized();
    case 'error-500':
      return errorAnswer(500, 'An error has occurred.');
    case 'delay':
    case 'cut':
    case 'lose':
    case 'truncate':
    case undefined:
      return undefined;
  }
}
