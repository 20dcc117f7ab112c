/** How a stream shows lines. A pipe has neither a width nor colours. */
export interface Layout {
  readonly isTerminal: boolean;
  /** Undefined: lines are not wrapped. */
  readonly columns: number | undefined;
  readonly hasColour: boolean;
}

interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Read for each line, because a window changes its size. */
export function layoutOf({ isTTY = false, columns }: Screen, environment: NodeJS.ProcessEnv): Layout {
  const isTerminal = isTTY;
  const width = columns === undefined || columns < NARROWEST ? 80 : columns;
  return {
    isTerminal,
    columns: isTerminal ? width : undefined,
    hasColour: wantsColour(environment, isTerminal),
  };
}

/** A terminal without a size tells 0. */
const NARROWEST = 20;

/** https://no-color.org and https://force-color.org; NO_COLOR wins, because it is the wish of a person. */
function wantsColour({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

/** A line that was neutralised before, wrapped and coloured. */
export function laidOut(line: string, { columns, hasColour }: Layout): string {
  const text = columns === undefined ? line : wrappedTo(columns, line);
  return hasColour ? coloured(text) : text;
}

/** A command stands on a line of its own, deep in; it is copied whole, so it is not wrapped. */
const COMMAND = /^ {4}\S/;

/** Between words; what has no blank, such as an address, stays whole so that it can be copied. */
function wrappedTo(columns: number, line: string): string {
  if (line.length <= columns || COMMAND.test(line)) return line;
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(' ')) {
    const isEmpty = current.trim() === '';
    if (!isEmpty && widthOf(current) + 1 + widthOf(word) > columns) {
      lines.push(current);
      current = `${indent}  ${word}`;
    } else current += isEmpty ? word : ` ${word}`;
  }
  return [...lines, current].join('\n');
}

/** Signs of East Asia and pictures take two columns. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += WIDE.test(sign) ? 2 : 1;
  return width;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

const COLOURS: readonly (readonly [start: RegExp, code: number])[] = [
  [/^Error [A-Z]{2}\d{3}:|^Failed \([A-Z]{2}\d{3}\)/, 31],
  [/^Warning:|^SIMULATED:|^Cancell(?:ed|ing)\b/, 33],
  [/^Notice:/, 36],
  [/^Result:/, 32],
  [/^Debug:/, 2],
];

/** Colours the word at the beginning that already says it, so that nothing is told by colour only. */
function coloured(text: string): string {
  const found = COLOURS.find(([start]) => start.test(text));
  return found === undefined ? text : text.replace(found[0], (word) => `\u001b[${found[1]}m${word}\u001b[0m`);
}

const MOST_DETAILS = 10;

/** On a terminal a long list would push away what was asked for. */
export function foldedDetails(
  details: readonly string[],
  { isTerminal }: Layout,
  isVerbose: boolean,
): readonly string[] {
  const hidden = details.length - MOST_DETAILS;
  // The line that says so takes the place of one.
  if (!isTerminal || isVerbose || hidden < 2) return details;
  return [...details.slice(0, MOST_DETAILS), `… ${hidden} more (--verbose)`];
}

/** What fits on one line, for a line that is written over. */
export function cutTo(columns: number, text: string): string {
  if (widthOf(text) <= columns) return text;
  let cut = '';
  let width = 1;
  for (const sign of text) {
    width += widthOf(sign);
    if (width > columns) break;
    cut += sign;
  }
  return `${cut}…`;
}
