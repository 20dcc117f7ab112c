import { figure, table } from './table.js';

/** A measured value beside its target. A missed one is shown, and fails nothing: a report is no test. */
export interface Finding {
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly isMet: boolean;
}

export function atMost(what: string, measured: number, most: number): Finding {
  return { what, measured: figure(measured), target: `at most ${figure(most)}`, isMet: measured <= most };
}

export function exactly(what: string, measured: number, wanted: number): Finding {
  return { what, measured: figure(measured), target: figure(wanted), isMet: measured === wanted };
}

/** For quotients, which have to stay under their limit. */
export function below(what: string, measured: number, limit: number): Finding {
  const target = `below ${figure(limit, 2)}`;
  return { what, measured: figure(measured, 2), target, isMet: measured < limit };
}

export function findingTable(findings: readonly Finding[]): string {
  return table(
    ['', 'Measured', 'Target', 'Met'],
    findings.map(({ what, measured, target, isMet }) => [what, measured, target, isMet ? 'yes' : 'NO']),
  );
}

/** One sentence over all findings of the report. */
export function verdict(findings: readonly Finding[]): string {
  const missed = findings.filter(({ isMet }) => !isMet);
  return missed.length === 0
    ? `All ${findings.length} targets are met.`
    : `Targets missed: ${missed.length} of ${findings.length} (${missed.map(({ what }) => what).join('; ')}).`;
}
