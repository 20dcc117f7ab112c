import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A process that this one started. Times are milliseconds since 1970, as the simulated site notes its requests. */
export interface WatchedChild {
  readonly begunAt: number;
  readonly endedAt: number;
}

export interface ChildWatch {
  /** Whatever was started since the watch began and has ended, in the order of the starts. */
  ended(): readonly WatchedChild[];
  stop(): void;
}

/** Node tells of each child on this channel before it is started. */
export function watchChildren(): ChildWatch {
  const children: { readonly begunAt: number; endedAt?: number }[] = [];
  const note = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('process' in message)) return;
    if (!(message.process instanceof ChildProcess)) return;
    const child: { readonly begunAt: number; endedAt?: number } = { begunAt: Date.now() };
    children.push(child);
    message.process.once('exit', () => {
      child.endedAt = Date.now();
    });
  };
  subscribe('child_process', note);
  return {
    ended: () =>
      children.flatMap(({ begunAt, endedAt }) => (endedAt === undefined ? [] : [{ begunAt, endedAt }])),
    stop: () => {
      unsubscribe('child_process', note);
    },
  };
}
