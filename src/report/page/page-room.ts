import type { Html } from './html-text.js';

/** The whole page stays below a megabyte, whatever a site holds: what CI systems show, mail and open at once. */
const ROOM_FOR_ROWS = 860_000;

/** Gives each table of a page its share of the room. */
export interface PageRoom {
  /** As many of the rows as fit, at their start. */
  readonly take: (rows: readonly Html[]) => readonly Html[];
}

/** A table that needs less than its share leaves the rest to those after it. */
export function roomFor(tables: number, bytes = ROOM_FOR_ROWS): PageRoom {
  let room = bytes;
  let toCome = Math.max(1, tables);
  return {
    take(rows) {
      const share = Math.floor(room / Math.max(1, toCome--));
      let used = 0;
      const overflow = rows.findIndex(({ html }) => (used += Buffer.byteLength(html)) > share);
      const taken = overflow === -1 ? rows : rows.slice(0, overflow);
      room -= taken.reduce((sum, { html }) => sum + Buffer.byteLength(html), 0);
      return taken;
    },
  };
}
