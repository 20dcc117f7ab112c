import type { DistributionCourse } from '../follow/distribution.js';
import type { FollowedImage, FollowState } from '../follow/followed-image.js';
import { servicingCode } from '../follow/servicing-codes.js';
import { verdictText, type JudgedUpdate } from '../follow/update-results.js';

/** What came of one image that was followed. What is not known is null. */
export interface JsonFollowedImage {
  readonly packageId: string;
  readonly scheduleId: number;
  readonly state: FollowState;
  /** When the site began with it: ISO 8601, UTC. */
  readonly startedAt: string | null;
  /** CI_ID of the first update that could not be applied, as the site names it. */
  readonly failedUpdateId: number | null;
  readonly errorCode: JsonCode | null;
  /** How many different updates this run installed on one index at least. */
  readonly installedCiCount: number;
  /** How many different updates are neither installed nor not required on every index. */
  readonly failedCiCount: number;
  /** Every update on every index; empty where the results were not read. */
  readonly results: readonly JsonUpdateResult[];
  /** Null where it was not waited for. */
  readonly distribution: JsonDistribution | null;
}

export interface JsonCode {
  /** `0x8007007b`; null for a number that is neither a Win32 error nor an HRESULT. */
  readonly hresult: string | null;
  readonly win32: number | null;
  /** `ERROR_INVALID_NAME`; null for a code that is not known by a name. */
  readonly name: string | null;
  readonly words: string;
}

export interface JsonUpdateResult {
  readonly ciId: number;
  readonly index: number;
  readonly result: JudgedUpdate['verdict']['kind'];
  /** For people. */
  readonly text: string;
  readonly code: JsonCode | null;
}

export interface JsonDistribution {
  readonly state: DistributionCourse['phase'];
  /** The SourceVersion that is distributed. */
  readonly sourceVersion: number | null;
  readonly points: readonly JsonPoint[];
}

export interface JsonPoint {
  readonly name: string;
  readonly state: 'installed' | 'in-progress' | 'failed' | 'absent';
}

export function jsonFollowedImage(image: FollowedImage): JsonFollowedImage {
  const { startedAt, failedUpdateId, errorCode, results, distribution } = image;
  return {
    packageId: image.packageId,
    scheduleId: image.scheduleId,
    state: image.state,
    startedAt: startedAt === undefined ? null : new Date(startedAt).toISOString(),
    failedUpdateId: failedUpdateId ?? null,
    errorCode: errorCode === undefined ? null : jsonCode(servicingCode(errorCode)),
    installedCiCount: results.installed.length,
    failedCiCount: results.notSettled.length,
    results: image.updates.map(({ updateId, imageIndex, verdict }) => ({
      ciId: updateId,
      index: imageIndex,
      result: verdict.kind,
      text: verdictText(verdict),
      code: verdict.kind === 'failed' ? jsonCode(verdict.code) : null,
    })),
    distribution:
      distribution === undefined
        ? null
        : {
            state: distribution.phase,
            sourceVersion: distribution.version ?? null,
            points: distribution.points.map(({ server, status }) => ({ name: server, state: status })),
          },
  };
}

function jsonCode(code: ReturnType<typeof servicingCode>): JsonCode | null {
  if (code === undefined) return null;
  return {
    hresult: code.hresult === undefined ? null : `0x${code.hresult.toString(16).padStart(8, '0')}`,
    win32: code.win32 ?? null,
    name: code.name ?? null,
    words: code.words,
  };
}
