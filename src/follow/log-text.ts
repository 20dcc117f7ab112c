/** How the bytes of a log become text. */
export type LogEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** By the mark at the beginning of a file; without one by the zeros that Latin text has in UTF-16. */
export function encodingOf(head: Uint8Array): LogEncoding {
  const [first, second, , fourth] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first !== 0 && second === 0 && fourth === 0 ? 'utf-16le' : 'utf-8';
}

/** Lines that are complete, and how many bytes they are. */
export interface CompleteLines {
  readonly lines: readonly string[];
  readonly length: number;
}

/**
 * The lines that end in these bytes. `isWhole`: nothing more will be written, so that the last line counts without its
 * end as well.
 */
export function completeLines(bytes: Uint8Array, encoding: LogEncoding, isWhole: boolean): CompleteLines {
  const length = isWhole ? bytes.length : endOfLastLine(bytes, encoding);
  const text = decoded(bytes.subarray(0, length), encoding);
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  return { lines, length };
}

const NEW_LINE = 0x0a;

/** Where the byte after the last line end is; 0 where no line ends. */
export function endOfLastLine(bytes: Uint8Array, encoding: LogEncoding): number {
  if (encoding === 'utf-8') return bytes.lastIndexOf(NEW_LINE) + 1;
  const low = encoding === 'utf-16le' ? 0 : 1;
  const whole = bytes.length - (bytes.length % 2);
  for (let at = whole - 2; at >= 0; at -= 2) {
    if (bytes[at + low] === NEW_LINE && bytes[at + 1 - low] === 0) return at + 2;
  }
  return 0;
}

/** A text that is no UTF-8 is one of the code page of Western Europe: at worst, some letters are others. */
function decoded(bytes: Uint8Array, encoding: LogEncoding): string {
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
