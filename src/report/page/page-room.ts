import type { Html } from './html-text.js';

/** The whole page stays below a megabyte, whatever a site holds, so that people can mail it and open it at once. */
const ROOM_FOR_ROWS = 860_000;

/** Gives a table as many of its rows as fit, from its start. */
export type PageRoom = (rows: readonly Html[]) => readonly Html[];

/**
 * Shares the room among all tables of a page: small ones are whole, and large ones are cut at the same size, so that no
 * image pushes another one out.
 */
export function roomFor(tables: readonly (readonly Html[])[], bytes = ROOM_FOR_ROWS): PageRoom {
  const share = shareOf(tables.map(bytesOf), bytes);
  return (rows) => {
    let used = 0;
    const overflow = rows.findIndex((row) => (used += bytesOf([row])) > share);
    return overflow === -1 ? rows : rows.slice(0, overflow);
  };
}

/** The most that each may take so that all fit. */
function shareOf(sizes: readonly number[], bytes: number): number {
  let room = bytes;
  let waiting = sizes.length;
  for (const size of [...sizes].sort((one, other) => one - other)) {
    if (size * waiting > room) return Math.floor(room / waiting);
    room -= size;
    waiting--;
  }
  return bytes;
}

function bytesOf(rows: readonly Html[]): number {
  return rows.reduce((sum, { html }) => sum + Buffer.byteLength(html), 0);
}
