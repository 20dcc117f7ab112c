import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Finds a program by an absolute path, or by a name in the folders of the PATH. Relative folders are skipped, and the
 * current folder is never searched: a workspace must not be able to put a program of its own in the way.
 */
export function findOnPath(
  named: string,
  environment: NodeJS.ProcessEnv,
  endings: readonly string[] = [''],
): string | undefined {
  const paths = isAbsolute(named)
    ? [named]
    : absoluteFolders(environment).map((folder) => join(folder, named));
  return paths.flatMap((path) => endings.map((ending) => path + ending)).find(isExecutableFile);
}

/** Finds a program of Windows itself, whatever the PATH says. */
export function findInSystem32(
  environment: NodeJS.ProcessEnv,
  ...path: readonly string[]
): string | undefined {
  const file = join(system32(environment), ...path);
  return isExecutableFile(file) ? file : undefined;
}

export function system32(environment: NodeJS.ProcessEnv): string {
  return join(environment['SystemRoot'] ?? 'C:\\Windows', 'System32');
}

function absoluteFolders(environment: NodeJS.ProcessEnv): readonly string[] {
  const path = environment['PATH'] ?? environment['Path'] ?? '';
  return path.split(delimiter).filter((folder) => isAbsolute(folder));
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
