import { isCancelled, chainOf, type Diagnosis, type DiagnosisCommands } from '../diagnosis/diagnosis.js';
import { titleOf, troubleshootingUrl } from '../diagnosis/troubleshooting-page.js';
import { cutAtItem } from './cut-text.js';
import { NO_MASK, type SecretMask } from './secret-mask.js';
import { rowsWithRoom, withinLimit } from './summary-limits.js';
import { shownWith, type Shown } from './summary-text.js';

export interface SummaryOptions {
  /** Goes over every text of the run. */
  readonly mask?: SecretMask;
  /** What went wrong after the run itself had succeeded. */
  readonly errors?: readonly Diagnosis[];
}

/** For a run that failed: the whole diagnosis, because nobody should have to look for it in a log. */
export function failureSummary(
  errors: readonly Diagnosis[],
  { mask = NO_MASK }: Pick<SummaryOptions, 'mask'> = {},
): string {
  return withinLimit([headlineOfFailure(errors), '', ...errorSections(errors, shownWith(mask))]);
}

export function headlineOfFailure(errors: readonly Diagnosis[]): string {
  return isCancelled(errors) ? '## ⏹️ Offline servicing cancelled' : '## ❌ Offline servicing failed';
}

/** A section for each error, as far as there is room. */
export function errorSections(errors: readonly Diagnosis[], shown: Shown): readonly string[] {
  return rowsWithRoom(
    errors.map((error) => errorSection(error, shown)),
    1,
  );
}

/** No text of an error is that long but one that lists thousands of updates. */
const LONGEST_TEXT = 8_000;

function errorSection({ code, what, cause, next, because, commands = [] }: Diagnosis, shown: Shown): string {
  const cut = (text: string): string => shown(text, (whole) => cutAtItem(whole, LONGEST_TEXT));
  return [
    `### ${titleOf(code)}`,
    '',
    `**What failed:** ${cut(what)}`,
    '',
    ...(cause === '' ? [] : [`**Probable cause:** ${cut(cause)}`, '']),
    `**What to do:** ${cut(next)}`,
    '',
    ...chainOf(because).flatMap((each) => [
      `**Because of:** [${titleOf(each.code)}](${troubleshootingUrl(each.code)})${what.includes(each.what) ? '' : `: ${cut(each.what)}`}`,
      '',
    ]),
    `[Troubleshooting: ${code}](${troubleshootingUrl(code)})`,
    '',
    ...commands.flatMap((each) => commandBlock(each, shown)),
  ].join('\n');
}

/** A block, so that the lines can be copied as they are. Tildes, because a line may hold any number of backticks. */
function commandBlock({ where, lines: commands }: DiagnosisCommands, shown: Shown): readonly string[] {
  const inOneLine = commands.map((command) => cutAtItem(shown.inCode(command), LONGEST_TEXT));
  const longestRun = Math.max(
    0,
    ...inOneLine.flatMap((line) => line.match(/~+/g) ?? []).map(({ length }) => length),
  );
  const fence = '~'.repeat(Math.max(3, longestRun + 1));
  return [`${shown(where)}:`, '', fence, ...inOneLine, fence, ''];
}
