import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { describeDefaultSite } from '../../src/simulator/default-site.js';
import { ORDINARY_SERVICING } from '../../src/simulator/servicing-description.js';
import { parseSiteDescription, SiteDescriptionError } from '../../src/simulator/parse-site-description.js';

const SITE = { code: 'XYZ', serverName: 'a.example', providerName: 'b.example' };

const problems = (json: unknown): readonly string[] => {
  try {
    parseSiteDescription(typeof json === 'string' ? json : JSON.stringify(json));
  } catch (error) {
    assert.ok(error instanceof SiteDescriptionError);
    assert.ok(error.problems.every((problem) => error.message.includes(problem)));
    return error.problems;
  }
  assert.fail('it was taken');
};

suite('the description of a site', () => {
  test('needs a site; everything else may be left out', () => {
    const site = parseSiteDescription(JSON.stringify({ site: SITE }));
    assert.equal(site.site.code, 'XYZ');
    assert.equal(site.site.utcOffsetMinutes, 0);
    assert.deepEqual([site.images, site.updates, site.groups, site.access.hidden], [[], [], [], []]);
  });

  test('extends a default site whose relations are turned round, and whose cleanup has other names', () => {
    const options = { supersedence: 'from-older', cleanupProperties: ['CleanUp', 'ResetBase'] } as const;
    assert.deepEqual(
      parseSiteDescription(JSON.stringify({ extends: 'default', size: 300, ...options })),
      describeDefaultSite({ updates: 300, ...options }),
    );
    assert.match(
      problems({ extends: 'default', supersedence: 'both' }).join(),
      /"from-newer", "from-older"/u,
    );
    assert.match(problems({ extends: 'default', cleanupProperties: ['a b'] }).join(), /a property name/u);
  });

  test('all that is wrong with it is told at once, with place and what is allowed', () => {
    const found = problems({
      site: { ...SITE, code: 'LABS', utcOffsetMinutes: '60', extra: 1 },
      images: [
        { packageId: 'LAB00001', name: 'A', sourceSite: 'LAB' },
        { packageId: 'lab1', name: 5, sourceSite: 'LAB', kind: 'boot', actionInProgress: 4 },
      ],
      updates: [{ ciId: -1, articleId: 'KB5', title: 'x', posted: 'today', expired: 'no' }],
      groups: {},
      schedules: [{ scheduleId: 1, schedule: 'soon' }],
      access: {
        hidden: [{ class: 'SMS_Nothing', where: { CI_ID: true } }],
        denied: [{ class: 'SMS_Site', operations: ['see'] }],
      },
    });
    for (const expected of [
      '$.site.code: "LABS" is not allowed here; it must be three letters or digits.',
      '$.site.utcOffsetMinutes: "60" is not allowed here; it must be a whole number from -840 to 840.',
      '$.site: there is no field "extra"; allowed are code, name,',
      '$.images[1].packageId: "lab1"',
      '$.images[1].name: 5 is not allowed here; it must be a text.',
      '$.images[1].kind: "boot" is not allowed here; it must be one of "image", "upgrade-package".',
      '$.images[1].actionInProgress: 4',
      '$.updates[0].ciId: -1',
      '$.updates[0].articleId: "KB5" is not allowed here; it must be an article number without KB.',
      '$.updates[0].posted: "today"',
      '$.updates[0].expired: "no" is not allowed here; it must be true or false.',
      '$.groups: {} is not allowed here; it must be a list.',
      '$.schedules[0].schedule: "soon" is not allowed here; it must be a schedule interval string',
      '$.access.hidden[0].class: "SMS_Nothing" is not allowed here; it must be one of "SMS_ImageServicingSchedule"',
      '$.access.hidden[0].where.CI_ID: true',
      '$.access.denied[0].operations[0]: "see"',
    ]) {
      assert.ok(
        found.some((problem) => problem.startsWith(expected)),
        `${expected}\n${found.join('\n')}`,
      );
    }
    assert.equal(found.length, 16);
  });

  test('what is missing, doubled or no JSON at all is told', () => {
    assert.deepEqual(problems({ images: [{}] }), [
      '$: the field "site" is missing.',
      '$.images[0]: the field "packageId" is missing.',
      '$.images[0]: the field "name" is missing.',
      '$.images[0]: the field "sourceSite" is missing.',
    ]);
    const image = { packageId: 'XYZ00001', name: 'A', sourceSite: 'XYZ' };
    assert.deepEqual(problems({ site: SITE, images: [image, image] }), [
      '$.images[1]: the ID XYZ00001 is there already; IDs are unique.',
    ]);
    assert.match(problems('{')[0] ?? '', /^it is not JSON/u);
    assert.match(problems('[]')[0] ?? '', /^\$: \[\] is not allowed here; it must be an object/u);
  });

  test('can begin with the default site and change or add to it', () => {
    const base = describeDefaultSite({ seed: 7, updates: 300 });
    const [first] = base.updates;
    assert.ok(first !== undefined);
    const site = parseSiteDescription(
      JSON.stringify({
        extends: 'default',
        seed: 7,
        size: 300,
        site: { name: 'Mine' },
        updates: [
          { ciId: first.ciId, contentProvisioned: false },
          { ciId: 5, articleId: '1', title: 'New' },
        ],
        images: [{ packageId: 'LAB00010', actionInProgress: 1 }],
        relations: [{ from: 5, to: first.ciId }],
        access: { denied: [{ class: 'sms_cirelation' }] },
      }),
    );
    assert.deepEqual(site.site, { ...base.site, name: 'Mine' });
    assert.equal(site.updates.length, 301);
    assert.deepEqual(site.updates[0], { ...first, contentProvisioned: false });
    assert.equal(site.updates.at(-1)?.title, 'New');
    assert.deepEqual(site.images[0], { ...base.images[0], actionInProgress: 1 });
    assert.equal(site.images.length, base.images.length);
    assert.deepEqual(site.relations, [...base.relations, { from: 5, to: first.ciId, type: 6 }]);
    assert.deepEqual(site.groups, base.groups);
    assert.deepEqual(site.access.denied, [
      { class: 'SMS_CIRelation', operations: ['read', 'create', 'update', 'delete', 'invoke'] },
    ]);
    assert.deepEqual(parseSiteDescription('{"extends":"default"}'), describeDefaultSite());
    assert.ok(
      parseSiteDescription('{"extends":"default","groupOf":3}').groups.some(
        (one) => one.updates.length === 3,
      ),
    );
  });

  test('adds to the servicing of the default site', () => {
    const known = describeDefaultSite().servicing ?? assert.fail();
    const servicing = {
      component: { startDelay: 5 },
      distributionPoints: [{ name: 'dp01.lab.example', course: 'fails' }],
    };
    const read = parseSiteDescription(JSON.stringify({ extends: 'default', servicing })).servicing;
    assert.deepEqual(read?.component, { ...known.component, startDelay: 5 });
    assert.deepEqual(read.updates, known.updates);
    assert.deepEqual(
      read.distributionPoints.map(({ name, course }) => [name, course]),
      [
        ['dp02.lab.example', 'retries'],
        ['dp01.lab.example', 'fails'],
      ],
    );
    assert.deepEqual(parseSiteDescription(JSON.stringify({ site: SITE })).servicing, ORDINARY_SERVICING);
  });

  test('tells what is wrong with the servicing', () => {
    const found = problems({
      site: SITE,
      servicing: {
        component: { rowOrder: ['state', 'state', 'updates', 'version', 'history'], neverStarts: true },
        images: [{ packageId: 'LAB1', stopsAfter: 3 }],
        updates: [{ ciId: 1, outcome: 'explodes' }, {}],
        distributionPoints: [{ name: 'dp', course: [{ after: 1, state: 9 }] }],
        outages: [{ after: -1, time: 1 }],
        earlierRuns: [{ scheduleId: 1, packageId: 'LAB00001', status: 4 }],
        extra: 1,
      },
    });
    for (const expected of [
      '$.servicing.component.rowOrder: it must have each of updates, version, progress, history, state once.',
      '$.servicing.component.neverStarts: true is not allowed here; it must be one of "no", "asleep"',
      '$.servicing.images[0].packageId: "LAB1"',
      '$.servicing.images[0].stopsAfter: 3 is not allowed here; it must be an object with the fields updates, code, or null',
      '$.servicing.updates[0].outcome: "explodes"',
      '$.servicing.updates[1]: the field "ciId" is missing.',
      '$.servicing.distributionPoints[0].course[0].state: 9 is not allowed here',
      '$.servicing.outages[0].after: -1',
      '$.servicing.earlierRuns[0].status: 4',
      '$.servicing: there is no field "extra"',
    ]) {
      assert.ok(
        found.some((problem) => problem.startsWith(expected)),
        `${expected}\n${found.join('\n')}`,
      );
    }
    assert.match(problems({ extends: 'default', servicing: 5 }).join(), /^\$\.servicing: 5/u);
  });

  test('an extension that is wrong is told too', () => {
    assert.match(problems({ extends: 'other' })[0] ?? '', /^\$\.extends: "other".*one of "default"/u);
    assert.match(problems({ extends: 'default', seed: 'x' })[0] ?? '', /^\$\.seed: "x"/u);
    assert.match(problems({ extends: 'default', size: 1_000_000 })[0] ?? '', /^\$\.size: 1000000.*100000/u);
    assert.match(problems({ extends: 'default', updates: [{ title: 'x' }] })[0] ?? '', /"ciId" is missing/u);
    assert.match(problems({ extends: 'default', images: 5 })[0] ?? '', /^\$\.images: 5/u);
    assert.match(problems({ site: SITE, seed: 1 })[0] ?? '', /no field "seed"/u);
  });
});
