import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { parse } from 'yaml';

import { REPOSITORY } from '../tools/repository.js';

interface Form {
  readonly name?: string;
  readonly description?: string;
  readonly body: readonly {
    readonly type: string;
    readonly id?: string;
    readonly validations?: { readonly required?: boolean };
  }[];
}

const FOLDER = join(REPOSITORY, '.github', 'ISSUE_TEMPLATE');
const formOf = (name: string): Form => parse(readFileSync(join(FOLDER, name), 'utf8')) as Form;
const FORMS = readdirSync(FOLDER).filter((name) => name !== 'config.yml');

suite('the forms for issues', () => {
  for (const name of FORMS) {
    test(`${name} has what GitHub needs of a form`, () => {
      const { name: title, description, body } = formOf(name);
      assert.ok(title !== undefined && description !== undefined);
      const fields = body.filter(({ type }) => type !== 'markdown').map(({ id = '' }) => id);
      assert.ok(fields.length > 0 && fields.every((id) => /^[\w-]+$/.test(id)));
      assert.equal(new Set(fields).size, fields.length);
    });
  }

  test('a problem needs the debug log and the output of about', () => {
    const needed = formOf('problem.yml').body.filter(({ validations }) => validations?.required === true);
    const ids = needed.map(({ id }) => id);
    assert.ok(ids.includes('log') && ids.includes('about'), ids.join());
  });

  test('a vulnerability has another way', () => {
    assert.match(readFileSync(join(FOLDER, 'config.yml'), 'utf8'), /\/security\/policy/);
  });
});
