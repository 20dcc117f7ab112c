import { readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { runChild, type ChildEnd } from '../child-process.js';
import { debugLine, type Debug } from '../debug-line.js';
import {
  curlConfiguration,
  readRedirectReport,
  readTransferReport,
  type CurlSettings,
  type CurlTransfer,
  type TransferReport,
} from './curl-configuration.js';
import type { HttpAnswer, HttpRequest } from './http-exchange.js';

export interface Curl {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Private: takes the bodies of answers. */
  readonly folder: string;
  readonly settings: CurlSettings;
  /** Undefined where nobody looks into the run. */
  readonly debug?: Debug | undefined;
}

/** Room for curl's own start and end beside its transfers. */
const PROCESS_SECONDS = 15;
/** A single answer may take its whole limit; hundreds in a row that take it are a site that hangs. */
const SECONDS_A_ROUND = 15;

/** So many answers of the full size may be held at a time; all that is expected are far smaller. */
const MOST_LARGE_ANSWERS = 3;

/** Runs one curl for all requests and returns an answer for each, in their order. Never throws for what a site does. */
export async function runCurl(
  curl: Curl,
  requests: readonly HttpRequest[],
  order: 'unordered' | 'in-order',
  cancelled: AbortSignal,
): Promise<readonly HttpAnswer[]> {
  const { settings } = curl;
  const transfers = requests.map((request, index) => ({
    request,
    answerFile: join(curl.folder, `answer-${index}`),
  }));
  const reports = new Map<number, TransferReport>();
  const redirects = new Map<number, string>();
  const rounds = Math.ceil(requests.length / (order === 'in-order' ? 1 : settings.parallel));
  const growth = watchGrowth(transfers, settings.answerBytes);
  let tooLarge: number | undefined;

  const end = await runChild({
    executable: curl.executable,
    // Without -q as the very first argument a .curlrc would be read.
    args: ['-q', '--config', '-'],
    environment: curl.environment,
    folder: curl.folder,
    input: curlConfiguration(transfers, order, settings),
    onLine: (line) => {
      const report = readTransferReport(line);
      if (report !== undefined) reports.set(report.index, report);
      const redirect = readRedirectReport(line);
      if (redirect !== undefined) redirects.set(redirect.index, redirect.location);
    },
    // Two short lines for each transfer.
    outputBytes: 4 * 1024 * 1024,
    deadlineMilliseconds: (settings.answerSeconds + rounds * SECONDS_A_ROUND + PROCESS_SECONDS) * 1_000,
    cancelled,
    // curl before 8.4 enforces max-filesize only where the answer announces its length.
    watch: () => {
      tooLarge ??= growth.overLimit(reports);
      return tooLarge === undefined ? undefined : 'an answer grew over the limit';
    },
  });

  // A sequence ends at its first failure. A curl that ended without one was ended: what it had sent is not known.
  const hasFailure = [...reports.values()].some(({ curlCode }) => curlCode !== CURL.ok);
  const stoppedAtFailure = order === 'in-order' && end.ended === 'by-itself' && hasFailure;
  if (curl.debug !== undefined) tellTransfers(curl.debug, transfers, reports);
  let roomLeft = settings.answerBytes * MOST_LARGE_ANSWERS;
  try {
    return transfers.map(({ answerFile }, index) => {
      const report = reports.get(index);
      if (report === undefined) {
        return stoppedAtFailure ? { kind: 'not-attempted' } : withoutReport(end, index === tooLarge);
      }
      const room = Math.min(settings.answerBytes, roomLeft);
      roomLeft -= sizeOf(answerFile);
      return answerOf(report, answerFile, room, redirects.get(index));
    });
  } finally {
    await Promise.all(transfers.map(async ({ answerFile }) => rm(answerFile, { force: true })));
  }
}

/** The body of a request holds no secret: the login is a header. */
function tellTransfers(
  debug: Debug,
  transfers: readonly CurlTransfer[],
  reports: ReadonlyMap<number, TransferReport>,
): void {
  for (const [index, { request, answerFile }] of transfers.entries()) {
    const asked = [request.method, request.url, request.body].filter((part) => part !== undefined).join(' ');
    const report = reports.get(index);
    if (report === undefined) {
      debug(`${asked}: not sent, or no response`);
      continue;
    }
    const outcome = report.status === 0 ? `no response (${report.words})` : `${report.status}`;
    debug(debugLine(asked, outcome, sizeOf(answerFile), report.milliseconds));
  }
}

/** Looks, again and again, for an answer over the limit among files that curl writes. */
function watchGrowth(
  transfers: readonly CurlTransfer[],
  answerBytes: number,
): { overLimit(reports: ReadonlyMap<number, TransferReport>): number | undefined } {
  const unfinished = new Map(transfers.map(({ answerFile }, index) => [index, answerFile]));
  let finishedBytes = 0;
  return {
    overLimit: (reports) => {
      // What is over is looked at once. curl tells of it late, many transfers at a time: so the others all count as running.
      for (const [index, answerFile] of unfinished) {
        if (!reports.has(index)) continue;
        unfinished.delete(index);
        finishedBytes += sizeOf(answerFile);
        if (finishedBytes > answerBytes * MOST_LARGE_ANSWERS) return index;
      }
      let together = finishedBytes;
      for (const [index, answerFile] of unfinished) {
        const bytes = sizeOf(answerFile);
        together += bytes;
        if (bytes > answerBytes || together > answerBytes * MOST_LARGE_ANSWERS) return index;
      }
      return undefined;
    },
  };
}

function answerOf(
  report: TransferReport,
  answerFile: string,
  mostBytes: number,
  redirectsTo: string | undefined,
): HttpAnswer {
  const { curlCode, status, sentBytes, words } = report;
  const arrivedWhole = curlCode === CURL.ok || curlCode === CURL.httpError;
  if (!arrivedWhole || status === 0) {
    const because =
      curlCode === CURL.fileTooLarge ? 'too-large' : curlCode === CURL.timeout ? 'deadline' : 'transfer';
    return { kind: 'no-answer', sent: sentBytes > 0, curlCode, words, because };
  }
  if (sizeOf(answerFile) > mostBytes) {
    return {
      kind: 'no-answer',
      sent: true,
      curlCode,
      words: 'the answer is over the limit',
      because: 'too-large',
    };
  }
  return { kind: 'answered', status, body: readText(answerFile), redirectsTo };
}

/** curl said nothing of this transfer: it was ended, or never came to it. It may have been sent. */
function withoutReport(end: ChildEnd, isTooLarge: boolean): HttpAnswer {
  switch (end.ended) {
    case 'never-started':
      return { kind: 'no-answer', sent: false, curlCode: undefined, words: end.stderr, because: 'curl' };
    case 'by-itself': {
      // With such a code curl read its command line or configuration and gave up before any transfer.
      const sent = end.exitCode !== CURL.failedInit && end.exitCode !== CURL.notBuiltIn;
      return {
        kind: 'no-answer',
        sent,
        curlCode: end.exitCode ?? undefined,
        words: end.stderr,
        because: 'curl',
      };
    }
    case 'killed': {
      const because =
        isTooLarge || end.why === 'output' ? 'too-large' : end.why === 'cancelled' ? 'cancelled' : 'deadline';
      return { kind: 'no-answer', sent: true, curlCode: undefined, words: end.stderr, because };
    }
  }
}

/** The exit codes of curl that this product acts on. */
export const CURL = {
  ok: 0,
  failedInit: 2,
  notBuiltIn: 4,
  noSuchHost: 6,
  cannotConnect: 7,
  httpError: 22,
  timeout: 28,
  tlsHandshake: 35,
  untrustedCertificate: 60,
  fileTooLarge: 63,
  badCaFile: 77,
} as const;

// Without promises: thousands of small files take ten times as long with them.
function sizeOf(path: string): number {
  try {
    // Not there: curl makes the file with the first byte of a body.
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
