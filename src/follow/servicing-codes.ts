import { KNOWN_CODES } from './known-codes.js';

/** An error code of servicing, whatever form the column of the site or the line of the log had. */
export interface ServicingCode {
  /** Unsigned. Undefined for a number that is neither a Win32 error nor an HRESULT. */
  readonly hresult: number | undefined;
  /** The Win32 error inside the HRESULT, where it has one. */
  readonly win32: number | undefined;
  /** `ERROR_INVALID_NAME`; undefined for a code that is not known by a name. */
  readonly name: string | undefined;
  /** One sentence; for a code that is not known, it says so. */
  readonly words: string;
  /** What to do; undefined where nothing is known. */
  readonly advice: string | undefined;
  /** `0x8007007b (Win32 123, ERROR_INVALID_NAME): A file name, …`, without the advice. */
  readonly text: string;
}

const LARGEST_WIN32 = 0xffff;
const SMALLEST_HRESULT = 0x80000000;
const LARGEST_HRESULT = 0xffffffff;
const LEAST_SINT32 = -0x80000000;
/** The facility of Win32 errors, with the bit that says failure. */
const WIN32_HRESULT = 0x80070000;

/**
 * Reads a number of an error column. Columns hold Win32 numbers (123) and HRESULTs (0x8007007b), signed or not; both
 * become the same code. Undefined for 0, which says that nothing failed.
 */
export function servicingCode(column: number): ServicingCode | undefined {
  if (column === 0) return undefined;
  const hresult = hresultOf(column);
  if (hresult === undefined) {
    const words = `${column} is neither a Win32 error nor an HRESULT.`;
    const nothing = { win32: undefined, name: undefined, advice: undefined };
    return { hresult, ...nothing, words, text: words };
  }
  const win32 = win32Of(hresult);
  const found = KNOWN_CODES.get(hresult);
  const name = found?.name;
  const words = found?.words ?? 'This product does not know the code.';
  const inBrackets = [win32 === undefined ? [] : `Win32 ${win32}`, name ?? []].flat();
  const brackets = inBrackets.length === 0 ? '' : ` (${inBrackets.join(', ')})`;
  return {
    hresult,
    win32,
    name,
    words,
    advice: found?.advice,
    text: `${hexOf(hresult)}${brackets}: ${words}`,
  };
}

function hresultOf(column: number): number | undefined {
  if (!Number.isInteger(column)) return undefined;
  if (column >= 1 && column <= LARGEST_WIN32) return WIN32_HRESULT + column;
  if (column >= SMALLEST_HRESULT && column <= LARGEST_HRESULT) return column;
  return column < 0 && column >= LEAST_SINT32 ? column >>> 0 : undefined;
}

function win32Of(hresult: number): number | undefined {
  const rest = hresult - WIN32_HRESULT;
  return rest >= 0 && rest <= LARGEST_WIN32 ? rest : undefined;
}

function hexOf(hresult: number): string {
  return `0x${hresult.toString(16).padStart(8, '0')}`;
}
