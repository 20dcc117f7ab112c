/**
 * What `npm run test:fast` leaves out: a file is slow if its path below test/ begins with one of these. Every other file
 * is fast, a new one too. A run of the fast tests names its slowest files, so that one which belongs here is noticed.
 */
const SLOW = [
  // They start the bundles of dist/, or pack them.
  'contributing.test',
  'dist.test',
  'extension.test',
  'fenced-commands.test',
  'hosts/',
  'pictures.test',
  // They need programs that few machines have.
  'kerberos/',
  'wine/',
  // They try very many cases, or very large ones.
  'fuzz/',
  'provider/script-language',
  'report/job-summary',
  'servicing/fault-matrix',
  'servicing/outcomes-of-a-real-site',
  'servicing/pairs-of-inputs',
  'servicing/several-images-undone',
  'servicing/small-pages',
  'servicing/two-runs-at-once',
  'servicing/undo-in-doubt',
  // It runs the runner.
  'run-tests.test',
] as const;

export function isFast(file: string): boolean {
  return !SLOW.some((start) => file.startsWith(start));
}

export function slowWordsOfNoFile(files: readonly string[]): readonly string[] {
  return SLOW.filter((start) => !files.some((file) => file.startsWith(start)));
}

/** For the processes of the tests. They start no PowerShell then; one that needs it is skipped. */
export const environmentOfFastTests = { FAST_TESTS: '1' } as const;

export const IS_FAST = process.env['FAST_TESTS'] === environmentOfFastTests.FAST_TESTS;
