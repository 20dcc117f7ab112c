import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** For this account alone; a file that is there already keeps its own mode. */
const PRIVATE = 0o600;

/**
 * A name for a new file in the temporary folder of the pipeline's agent, which the agent empties itself. Undefined where
 * there is none: never in the workspace, from which a later step may publish everything.
 */
export function newReportPath(environment: NodeJS.ProcessEnv): string | undefined {
  const folders = [environment['RUNNER_TEMP'], environment['AGENT_TEMPDIRECTORY']];
  const folder = folders.find((each) => each !== undefined && isAbsolute(each));
  return folder === undefined
    ? undefined
    : join(folder, `offline-servicing-report-${randomBytes(6).toString('hex')}.json`);
}

/** Throws where the file is there already, or cannot be written. */
export function writeNewReport(path: string, text: string): void {
  writeFileSync(path, text, { mode: PRIVATE, flag: 'wx' });
}

/**
 * Empties the file, or makes it, so that nobody takes an old report for the one of this run. Throws where that is not
 * possible, which is better known before a run than after it.
 */
export function emptyReport(path: string): void {
  closeSync(openSync(path, 'w', PRIVATE));
}

/** The page for people lies beside the report, under the same name. */
export function pagePathOf(reportPath: string): string {
  return `${reportPath.replace(/\.json$/i, '')}.html`;
}

/** Throws where the file cannot be written. */
export function writeReport(path: string, text: string): void {
  writeFileSync(path, text, { mode: PRIVATE });
}
