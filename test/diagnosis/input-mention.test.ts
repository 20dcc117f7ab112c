import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import {
  besideMentions,
  inputNamed,
  inputSetTo,
  inYaml,
  MENTIONED_INPUTS,
  spelledFor,
  type InputSpelling,
} from '../../src/diagnosis/input-mention.js';
import { spellInput } from '../../src/hosts/command-line/arguments.js';
import { camelName } from '../../src/parameters/input-definition.js';
import { verbsOf } from '../../src/verbs/verbs.js';
import { SERVICE } from '../../src/verbs/service/service.js';
import { markdownText } from '../../src/report/markdown-text.js';
import { REPOSITORY } from '../../tools/repository.js';

const INPUTS = verbsOf().flatMap(({ inputs }) => inputs);

const COMMAND: InputSpelling = { spell: spellInput(SERVICE), writtenIn: 'arguments' };
const GITHUB: InputSpelling = { spell: (name) => name, writtenIn: 'yaml' };
const AZURE: InputSpelling = { spell: camelName, writtenIn: 'yaml' };

suite('a text that names an input', () => {
  const text = `Correct ${inputNamed('update-group')}, or set ${inputSetTo('unusable-updates', 'skip')}.${inYaml(` Put it in quotes: ${inputSetTo('image', "'00100012'")}.`)}`;

  test('is told in the spelling of each host', () => {
    assert.equal(spelledFor(COMMAND, text), 'Correct --update-group, or set --unusable-updates skip.');
    assert.equal(
      spelledFor(GITHUB, text),
      "Correct update-group, or set unusable-updates: skip. Put it in quotes: image: '00100012'.",
    );
    assert.equal(
      spelledFor(AZURE, text),
      "Correct updateGroup, or set unusableUpdates: skip. Put it in quotes: image: '00100012'.",
    );
  });

  test('keeps its inputs whole where the rest is escaped', () => {
    assert.equal(
      spelledFor(AZURE, markdownText(`*${inputNamed('site-server')}*`)),
      `${markdownText('*')}siteServer${markdownText('*')}`,
    );
    assert.equal(
      besideMentions('plain', (part) => part.toUpperCase()),
      'PLAIN',
    );
  });

  test('leaves a text of the site as it is', () => {
    for (const other of ['update-group', '\ufdd0no-input\ufdd3', '\ufdd0', '\ufdd3\ufdd1', 'two  blanks '])
      assert.equal(spelledFor(COMMAND, other), other);
  });

  test('names inputs that there are', () => {
    const names = INPUTS.map(({ name }): string => name);
    for (const name of MENTIONED_INPUTS) assert.ok(names.includes(name), name);
  });
});

/** Rooms that do not know the host: there a name in a text would be in the spelling of GitHub. */
const ROOMS = ['diagnosis', 'provider', 'site', 'plan', 'write', 'undo', 'report', 'verbs'];

suite('texts below the hosts', () => {
  // A name with a hyphen is one of an input and nothing else.
  const hyphened = INPUTS.map(({ name }) => name).filter((name) => name.includes('-'));
  const unmarked = new RegExp(
    `(?<![\\w./'-])(?:${hyphened.join('|')})(?![\\w.'-])|\\binput (?:image|updates|start|token)\\b|\\b(?:authentication|connection): [a-z]`,
  );

  test('name inputs by marks only', () => {
    const files = ROOMS.flatMap((room) =>
      readdirSync(join(REPOSITORY, 'src', room), { recursive: true, encoding: 'utf8' })
        // Readers of inputs know the host, and ask for inputs by their names.
        .filter((name) => name.endsWith('.ts') && !/(?:^|[\\/])read-[^\\/]*$/.test(name))
        .map((name) => join('src', room, name)),
    );
    const found = files.flatMap((file) =>
      readFileSync(join(REPOSITORY, file), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(?:\/?\*|\/\/|import )/.test(line) && /['"`]/.test(line))
        .filter((line) => unmarked.test(line.replace(/readonly \w+:.*/, '')))
        .map((line) => `${file}: ${line.trim()}`),
    );
    assert.deepEqual(found, [], 'Write inputNamed() or inputSetTo() (src/diagnosis/input-mention.ts).');
  });
});
