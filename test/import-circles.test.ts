import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { test } from 'node:test';

import { REPOSITORY } from '../tools/repository.js';

const SOURCES = join(REPOSITORY, 'src');

/** What each file of src/ imports of src/, types and modules that are loaded later included. */
function importsOfSources(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'));
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(SOURCES, file), 'utf8');
      const found = [...text.matchAll(/(?:from|import\()\s*(?:\/\*.*?\*\/\s*)?'(\.[^']+)\.js'/g)];
      return [file, found.map(([, path = '']) => `${posix.join(dirname(file), path)}.ts`)] as const;
    }),
  );
}

/** Each circle once, as the way around it. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const way: string[] = [];
  const circles = new Set<string>();
  const visit = (file: string): void => {
    if (way.includes(file)) circles.add([...way.slice(way.indexOf(file)), file].join(' → '));
    if (way.includes(file) || done.has(file)) return;
    way.push(file);
    for (const next of imports.get(file) ?? []) visit(next);
    way.pop();
    done.add(file);
  };
  for (const file of imports.keys()) visit(file);
  return [...circles];
}

test('no file of the sources imports itself by a detour, not even for a type', () => {
  const imports = importsOfSources();
  assert.ok(imports.size > 200, 'the sources were not found');
  assert.deepEqual(circlesIn(imports), []);
});

test('a circle is found', () => {
  const imports = new Map([
    ['a.ts', ['b.ts']],
    ['b.ts', ['c.ts']],
    ['c.ts', ['a.ts']],
  ]);
  assert.deepEqual(circlesIn(imports), ['a.ts → b.ts → c.ts → a.ts']);
});
