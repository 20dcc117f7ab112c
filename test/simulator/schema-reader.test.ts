import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { Ajv } from 'ajv';
import fc from 'fast-check';

import { CLEANUP_PROPERTY, describeDefaultSite, MOST_UPDATES } from '../../src/simulator/default-site.js';
import { SECURITY_UPDATES } from '../../src/simulator/default-updates.js';
import { parseSiteDescription } from '../../src/simulator/parse-site-description.js';
import { readValue } from '../../src/simulator/schema-reader.js';
import { SITE_SCHEMA } from '../../src/simulator/site-schema.js';
import { REPOSITORY } from '../../tools/repository.js';

const { definitions } = SITE_SCHEMA;
const CODE = 'XYZ';
const IMAGE = { packageId: 'XYZ00001', name: 'A', sourceSite: CODE };
const SITE = { code: CODE, serverName: 'a.example', providerName: 'b.example' };
const MOMENT = { month: 1, weekday: 0, week: 5, hour: 2 };

/** Every kind of field once. */
const FULL = {
  site: { ...SITE, daylight: { begins: MOMENT, ends: MOMENT } },
  otherSites: [{ code: 'ABC', serverName: 'c.example' }],
  distributionPoints: [{ name: 'd.example', siteCode: CODE }],
  images: [IMAGE, { ...IMAGE, packageId: 'XYZ00002', information: [{ index: null, osVersion: '10.0' }] }],
  updates: [{ ciId: 1, articleId: '5', title: 'T', locales: ['Locale:0'] }],
  groups: [{ ciId: 2, name: 'G', updates: [1] }],
  relations: [{ from: 1, to: 3 }],
  imageUpdates: [{ packageId: 'XYZ00001', ciId: 1, status: 3 }],
  schedules: [{ scheduleId: 1, schedule: '0001170000080000' }],
  access: { hidden: [{ class: 'SMS_Site', where: { SiteCode: 'XYZ', Type: 2 } }] },
  classes: [
    { class: 'SMS_Site', addProperties: [{ name: 'New', type: 'String' }], methodResults: { Go: 1 } },
  ],
  servicing: {
    component: { neverStarts: 'asleep', startDelay: 5 },
    images: [
      { packageId: 'XYZ00001', stopsAfter: { updates: 1, code: 5 }, distributionPoints: ['d.example'] },
    ],
    updates: [{ ciId: 1, outcome: 'fails', index: 1 }],
    distributionPoints: [
      { name: 'd', course: [{ after: 1, state: null }] },
      { name: 'e', course: 'fails' },
    ],
    earlierRuns: [{ scheduleId: 1, packageId: 'XYZ00001', status: 2 }],
    outages: [{ after: 1, time: 2 }],
  },
};

const STRANGE = [null, true, '', 'x', -1, 0, 1.5, 2 ** 40, 'XYZ00009', [], [5], {}, { name: 'x' }];

/** The same JSON with the value at one place, picked by a number, replaced, removed or joined by another field. */
function changed(
  json: unknown,
  at: number,
  change: (holder: Map<string, unknown>, name: string) => void,
): unknown {
  let left = at;
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const holder = new Map<string, unknown>(Object.entries(value));
    for (const [name, one] of [...holder]) {
      if (left-- === 0) change(holder, name);
      else holder.set(name, walk(one));
    }
    return Array.isArray(value) ? [...holder.values()] : Object.fromEntries(holder);
  };
  return walk(json);
}

const DOCUMENTS = fc
  .tuple(fc.nat(110), fc.constantFrom('replace', 'remove', 'add'), fc.constantFrom(...STRANGE))
  .map(([at, how, value]) =>
    changed(FULL, at, (holder, name) => {
      if (how === 'remove') holder.delete(name);
      else holder.set(how === 'add' ? 'another' : name, value);
    }),
  );

const accepts = (json: unknown): boolean => {
  try {
    parseSiteDescription(JSON.stringify(json));
    return true;
  } catch {
    return false;
  }
};

suite('the schema of a site description', () => {
  test('is read as a whole JSON Schema validator reads it, with the same defaults', () => {
    const ajv = new Ajv({ allErrors: true, useDefaults: true, allowUnionTypes: true });
    ajv.addVocabulary(['expected']);
    ajv.addFormat('class-name', true).addFormat('schedule-string', true);
    const validate = ajv.compile({ ...SITE_SCHEMA, $ref: '#/definitions/SiteDescription' });
    let refused = 0;
    fc.assert(
      fc.property(DOCUMENTS, (json) => {
        const problems: string[] = [];
        const read = readValue(definitions.SiteDescription, json, '$', {
          definitions,
          formats: {},
          problems,
        });
        const copy: unknown = structuredClone(json);
        assert.equal(validate(copy), problems.length === 0, problems.join('\n'));
        if (problems.length === 0) assert.deepEqual(read, copy);
        else refused++;
      }),
      { numRuns: 2000 },
    );
    assert.ok(refused > 500 && refused < 1900, String(refused));
  });

  test('accepts in an editor whatever the simulator accepts', () => {
    const text = readFileSync(join(REPOSITORY, 'schemas', 'site.schema.json'), 'utf8');
    const inEditor = new Ajv({ allowUnionTypes: true, strictRequired: false }).compile(
      JSON.parse(text) as object,
    );
    assert.equal(inEditor(FULL) && accepts({ $schema: 'site.schema.json', ...FULL }), true);
    assert.equal(inEditor({ extends: 'default', size: 300, ...FULL, site: { name: 'Mine' } }), true);
    assert.equal(inEditor({ extends: 'default', images: [{ name: 'Without its ID' }] }), false);
    assert.equal(inEditor({ ...FULL, seed: 5 }), false);
    fc.assert(fc.property(DOCUMENTS, (json) => inEditor(json) || !accepts(json)));
    assert.equal(inEditor(describeDefaultSite({ updates: 300 })), true);
  });

  test('has the numbers and defaults of the default site', () => {
    const { size, cleanupProperties } = definitions.DefaultSiteChoice.properties;
    assert.deepEqual([size.maximum, size.default], [MOST_UPDATES, 5000]);
    assert.deepEqual(cleanupProperties.default, [CLEANUP_PROPERTY]);
    assert.deepEqual(definitions.UpdateDescription.properties.categories.default, SECURITY_UPDATES);
  });
});
