/** How much somebody wants to hear of it. `debug` is shown only where the host's own debug output is switched on. */
export type EventLevel = 'debug' | 'info' | 'notice' | 'warning';

/** What happens on the way of a run, for people. The texts can hold words of the site: a host neutralises them. */
export interface RunEvent {
  readonly level: EventLevel;
  readonly line: string;
  /** What folds away below the line where the host can fold. */
  readonly details: readonly string[];
  /** What a host puts above a warning that it shows beside the log; a few words, nothing of the site. */
  readonly title?: string;
}

/** An event of one line. */
export function event(level: EventLevel, line: string): RunEvent {
  return { level, line, details: [] };
}
