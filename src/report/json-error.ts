import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { JsonErrorCode, JsonId, JsonPackageId } from './json-values.js';

/** An error in a report. */
export interface JsonError extends Required<Omit<Diagnosis, 'because' | 'stack' | 'code'>> {
  readonly code: JsonErrorCode;
  /** The schedules that run, or might be left. */
  readonly schedules: readonly JsonLeftSchedule[];
  /** What the run failed with before its undo began; null for an error that stands for itself. */
  readonly because: JsonError | null;
}

export interface JsonLeftSchedule {
  readonly scheduleId: JsonId;
  readonly packageId: JsonPackageId;
}

export function jsonError(
  { code, what, cause, next, commands = [], because }: Diagnosis,
  left: readonly JsonLeftSchedule[],
): JsonError {
  return {
    code,
    what,
    cause,
    next,
    schedules: left.map(({ scheduleId, packageId }) => ({ scheduleId, packageId })),
    commands: commands.map(({ where, lines }) => ({ where, lines: [...lines] })),
    because: because === undefined ? null : jsonError(because, []),
  };
}
