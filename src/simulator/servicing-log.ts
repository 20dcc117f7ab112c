import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import type { SimulatorClock } from './clock.js';
import { offsetAt } from './site-clock.js';
import type { OwnSite } from './site-description.js';

const COMPONENT = 'SMS_OFFLINE_SERVICING_MANAGER';

/** What stands in each line that no public recording has. */
export const MADE_UP = ' [simulated]';

export interface ServicingLogOptions {
  readonly site: OwnSite;
  readonly clock: SimulatorClock;
  /** Default: the log is only in memory. */
  readonly file?: string | undefined;
  /** A file that gets larger is renamed, to a name that ends in `.lo_`. Default 2 MiB. */
  readonly rollOverBytes?: number | undefined;
}

/** A thread of SMS_EXECUTIVE. */
export type ThreadId = number;

/**
 * OfflineServicingMgr.log in the form that it has on disk: docs/configmgr.md, "The end of a run, and its log". The stamps of one thread never go back; those of two
 * threads can be in another order than the lines, as recorded.
 */
export class ServicingLog {
  readonly lines: string[] = [];
  readonly #options: ServicingLogOptions;
  readonly #lastStamp = new Map<ThreadId, number>();

  constructor(options: ServicingLogOptions) {
    this.#options = options;
  }

  /** A line in recorded words. */
  recorded(thread: ThreadId, text: string, laterMilliseconds = 0): void {
    this.#write(thread, text, laterMilliseconds);
  }

  /** A line in words that nobody has recorded. */
  madeUp(thread: ThreadId, text: string, laterMilliseconds = 0): void {
    this.#write(thread, `${text}${MADE_UP}`, laterMilliseconds);
  }

  #write(thread: ThreadId, text: string, laterMilliseconds: number): void {
    const { site, clock, file } = this.#options;
    const at = Math.max(
      Math.floor(clock.now()) + laterMilliseconds,
      this.#lastStamp.get(thread) ?? Number.NEGATIVE_INFINITY,
    );
    this.#lastStamp.set(thread, at);
    // A name with a line break would make a line without the mark.
    const line = `${text.replaceAll(/[\r\n]+/gu, ' ')} $$<${COMPONENT}><${stamp(at, site)}><thread=${threadText(thread)}>`;
    this.lines.push(line);
    if (file !== undefined) appendLine(file, line, this.#options.rollOverBytes ?? 2 * 1024 * 1024);
  }
}

const two = (value: number): string => String(value).padStart(2, '0');
const hex = (value: number): string => value.toString(16).toUpperCase();

/** `7652 (0x1DE4)`. */
const threadText = (thread: ThreadId): string => `${thread} (0x${hex(thread)})`;

/** `0x1DE4 (7652)`, as a line names another thread. */
export const otherThreadText = (thread: ThreadId): string => `0x${hex(thread)} (${thread})`;

/** The site server's own time, and the minutes that are added to it to get UTC. */
function stamp(instant: number, site: OwnSite): string {
  const offset = offsetAt(instant, site);
  const local = new Date(instant + offset * 60_000);
  const date = `${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}-${local.getUTCFullYear()}`;
  return `${date} ${local.toISOString().slice(11, 23)}${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

function appendLine(file: string, line: string, rollOverBytes: number): void {
  try {
    rollOver(file, Buffer.byteLength(line) + 2, rollOverBytes);
    appendFileSync(file, `${line}\r\n`);
  } catch {
    // The log is a side effect: a full disk must not end the site in the middle of a request.
  }
}

function rollOver(file: string, moreBytes: number, rollOverBytes: number): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size + moreBytes <= rollOverBytes) return;
  const old = oldName(file);
  rmSync(old, { force: true });
  renameSync(file, old);
}

/** `OfflineServicingMgr.lo_` for `OfflineServicingMgr.log`. */
export const oldName = (file: string): string =>
  /\.log$/iu.test(file) ? `${file.slice(0, -1)}_` : `${file}.lo_`;
