import assert from 'node:assert/strict';
import { suite, test as nodeTest, type TestContext } from 'node:test';

import { spelledFor } from '../../src/diagnosis/input-mention.js';
import { warningsOf } from '../../src/verbs/service/warnings.js';
import type { RunResult } from '../../src/verbs/service/run-result.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import type { CiId } from '../../src/site/identifiers.js';
import { parseSiteDescription, type SiteDescription } from '../../src/simulator/index.js';
import { CONNECTIONS, siteUnderTest, type Connection, type SiteUnderTest } from '../site-under-test.js';
import { withStatuses } from './several-images.js';
import { runOnce, writesOf } from './site-afterwards.js';

const IMAGE = 'LAB00001';
const TOOL = 1;
const [JANUARY, FEBRUARY, MARCH, APRIL, MAY] = [11, 12, 13, 14, 15] as const;
const NOT_SERVICEABLE = { offlineServiceable: false };

const posted = (month: number): string => `2026-0${month}-13T18:00:00Z`;
const cumulative = (ciId: number, more: object = {}): object => ({
  ciId,
  articleId: `50000${ciId}`,
  title: `2026-0${ciId - 10} Cumulative Update for Windows Server 2022`,
  posted: posted(ciId - 10),
  superseded: ciId !== MAY,
  ...more,
});

/** Each month supersedes the one before, and no other: what is superseded by May shows along the whole chain alone. */
function site(group: readonly number[], turned: boolean, changes: ReadonlyMap<number, object> = new Map()) {
  const relations = [
    [FEBRUARY, JANUARY],
    [MARCH, FEBRUARY],
    [APRIL, MARCH],
    [MAY, APRIL],
  ] as const;
  return parseSiteDescription(
    JSON.stringify({
      site: { code: 'LAB', serverName: 'cm01.lab.example', providerName: 'cm01.lab.example' },
      images: [
        {
          packageId: IMAGE,
          name: 'Windows Server 2022',
          osVersion: '10.0.20348.587',
          sourceSite: 'LAB',
          indexes: ['Standard', 'Datacenter'],
        },
      ],
      updates: [
        {
          ciId: TOOL,
          articleId: '890830',
          title: 'Windows Malicious Software Removal Tool',
          ...NOT_SERVICEABLE,
        },
        ...[JANUARY, FEBRUARY, MARCH, APRIL, MAY].map((ciId) => cumulative(ciId, changes.get(ciId))),
      ],
      relations: relations.map(([newer, older]) => ({
        from: turned ? older : newer,
        to: turned ? newer : older,
      })),
      groups: [{ ciId: 100, name: 'Monthly', updates: group }],
    }),
  );
}

async function run(site: SiteUnderTest, more: Partial<ServicingRequest> = {}): Promise<RunResult> {
  const ended = await runOnce(site, { images: [IMAGE], updateGroups: ['Monthly'], ...more });
  assert.ok(ended.result, JSON.stringify(ended.error));
  return ended.result;
}

/** The component services what was scheduled. */
async function serviced({ simulator: { state } }: SiteUnderTest): Promise<void> {
  const deadline = Date.now() + 20_000;
  const isAtWork = (): boolean =>
    state.objects('SMS_ImageServicingSchedule').some(({ State }) => State !== 3 && State !== 4);
  while (isAtWork()) {
    assert.ok(Date.now() < deadline, 'the component did not come to an end');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function fates({ images }: RunResult): Readonly<Record<number, string>> {
  const selection = images[0]?.selection;
  assert.ok(selection);
  return Object.fromEntries([
    ...selection.used.map(({ ciId }) => [ciId, 'used'] as const),
    ...selection.leftOut.map(({ ciId, reason }) => [
      ciId,
      'by' in reason ? `${reason.why} ${reason.by.ciId}` : reason.why,
    ]),
  ]) as Record<number, string>;
}

const installed = (description: SiteDescription, ...ciIds: readonly number[]): SiteDescription =>
  withStatuses(
    description,
    IMAGE,
    ciIds.flatMap((ciId) => [
      [ciId, 1, 2],
      [ciId, 2, 2],
    ]),
  );

for (const { connection, skip } of CONNECTIONS) {
  const test = (name: string, body: (t: TestContext, connection: Connection) => Promise<void>): void => {
    nodeTest(name, { skip }, async (t) => body(t, connection));
  };

  suite(`a run that is repeated each month, over ${connection}`, () => {
    test('schedules once, and then has nothing to do', async (t) => {
      const at = await siteUnderTest(t, {
        connection,
        simulator: {
          description: site([TOOL, JANUARY, FEBRUARY, MARCH, APRIL, MAY], false),
          servicingMilliseconds: 5,
        },
      });
      const states: string[] = [];
      for (let month = 0; month < 4; month++) {
        const result = await run(at);
        states.push(result.state);
        await serviced(at);
        assert.deepEqual(fates(result), {
          [TOOL]: 'not-serviceable-offline',
          ...Object.fromEntries(
            [JANUARY, FEBRUARY, MARCH, APRIL].map((ciId) => [
              ciId,
              `${month === 0 ? 'superseded' : 'superseded-by-installed'} ${MAY}`,
            ]),
          ),
          [MAY]: month === 0 ? 'used' : 'already-installed',
        });
        const warnings = warningsOf(result);
        if (month > 0)
          assert.match(
            warnings[0]?.text ?? '',
            /1 update cannot be used: KB890830, CI_ID 1 \(not serviceable/,
          );
        assert.equal(warnings.length, month === 0 ? 0 : 1);
      }
      assert.deepEqual(states, ['scheduled', 'nothing-to-do', 'nothing-to-do', 'nothing-to-do']);
      const runs = at.simulator.state.objects('SMS_ImageServicingSchedule');
      assert.deepEqual(
        runs.map(({ State }) => State),
        [3],
      );
    });

    test('has nothing to do where the image has a newer update that nobody asks for any more', async (t) => {
      for (const turned of [false, true]) {
        const description = installed(site([JANUARY, FEBRUARY], turned), MAY);
        const at = await siteUnderTest(t, { connection, simulator: { description } });
        const result = await run(at);
        assert.deepEqual(fates(result), {
          [JANUARY]: `superseded-by-installed ${MAY}`,
          [FEBRUARY]: `superseded-by-installed ${MAY}`,
        });
        assert.equal(result.state, 'nothing-to-do');
        assert.equal(writesOf(at), 0);
        assert.deepEqual(warningsOf(result), []);
      }
    });

    test('leaves out of an article what is for other machines, and a feature update', async (t) => {
      const article = { articleId: '5030000', superseded: false };
      const description = withStatuses(
        site(
          [],
          false,
          new Map<number, object>([
            [JANUARY, article],
            [FEBRUARY, article],
            [
              MARCH,
              { ...article, categories: ['UpdateClassification:3689bdc8-b205-4af4-8d4a-a63924c5e9d5'] },
            ],
          ]),
        ),
        IMAGE,
        [1, 2].flatMap((index) => [
          [JANUARY, index, 3],
          [FEBRUARY, index, 1],
        ]),
      );
      const at = await siteUnderTest(t, { connection, simulator: { description } });
      const request: Partial<ServicingRequest> = {
        updateGroups: [],
        updates: [{ kind: 'article', article: '5030000' }],
      };
      assert.deepEqual(fates(await run(at, request)), {
        [JANUARY]: 'used',
        [FEBRUARY]: `not-required-sibling ${JANUARY}`,
        [MARCH]: 'feature-update',
      });
    });

    test('leaves out what is excluded, and uses the older update in its place', async (t) => {
      const description = site([MARCH, APRIL, MAY], false);
      const at = await siteUnderTest(t, { connection, simulator: { description } });
      const result = await run(at, {
        excludeUpdates: [
          { kind: 'article', article: '5000015' },
          { kind: 'ci-id', ciId: 4_711 as CiId },
          { kind: 'article', article: '5000011' },
        ],
      });
      assert.deepEqual(fates(result), {
        [MARCH]: `superseded ${APRIL}`,
        [APRIL]: 'used',
        [MAY]: 'excluded',
      });
      assert.deepEqual(
        at.progress.flatMap((step) => (step.kind === 'exclusion-without-effect' ? [step.excluded] : [])),
        ['CI_ID 4711', 'KB5000011'],
      );
    });
  });
}

suite('what a run asks of the chain of a superseded update', () => {
  const reads = ({ simulator }: SiteUnderTest, ...classes: readonly string[]): number =>
    simulator.requests.filter(({ className }) => classes.includes(className ?? '')).length;

  nodeTest('is nothing where no update is called superseded', async (t) => {
    const at = await siteUnderTest(t, { simulator: { description: site([MAY], false) } });
    await run(at);
    assert.equal(reads(at, 'SMS_CIRelation'), 0);
    assert.equal(reads(at, 'SMS_SoftwareUpdate', 'SMS_ImageUpdateStatus'), 2);
  });

  nodeTest('is the relations alone where the newest one is used, or installed and asked for', async (t) => {
    const group = [JANUARY, FEBRUARY, MARCH, APRIL, MAY];
    for (const description of [site(group, false), installed(site(group, false), MAY)]) {
      const at = await siteUnderTest(t, { simulator: { description } });
      await run(at);
      assert.equal(reads(at, 'SMS_CIRelation'), 2);
      assert.equal(reads(at, 'SMS_SoftwareUpdate', 'SMS_ImageUpdateStatus'), 2);
    }
  });

  nodeTest('ends after one step where the image has no other update', async (t) => {
    const at = await siteUnderTest(t, { simulator: { description: site([JANUARY], false) } });
    assert.deepEqual(fates(await run(at)), { [JANUARY]: 'used' });
    assert.equal(reads(at, 'SMS_CIRelation'), 4);
    assert.equal(reads(at, 'SMS_SoftwareUpdate', 'SMS_ImageUpdateStatus'), 4);
  });

  nodeTest('has an end also where the chain has none', async (t) => {
    const many = Array.from({ length: 3_000 }, (_, place) => ({
      ...site([], false).updates[1],
      ciId: 1_000 + place,
      posted: new Date(Date.UTC(2001, 0, 1 + place)).toISOString().replace('.000', ''),
      superseded: true,
    }));
    const base = installed(site([1_000], false), MAY);
    const description = {
      ...base,
      updates: [...base.updates, ...(many as SiteDescription['updates'])],
      relations: many.slice(1).map(({ ciId }) => ({ from: ciId, to: ciId - 1, type: 6 })),
    };
    const at = await siteUnderTest(t, { simulator: { description } });
    assert.deepEqual(fates(await run(at)), { 1000: 'used' });
    assert.ok(reads(at, 'SMS_CIRelation', 'SMS_SoftwareUpdate', 'SMS_ImageUpdateStatus') < 120);
  });

  nodeTest('leads over two and a half years to the update that the image has', async (t) => {
    const months = Array.from({ length: 30 }, (_, place) => ({
      ...site([], false).updates[1],
      ciId: 1_000 + place,
      posted: new Date(Date.UTC(2023, 6 + place, 11)).toISOString().replace('.000', ''),
      superseded: place < 29,
    })) as SiteDescription['updates'];
    const base = installed(site([1_000], false), 1_029);
    const description = {
      ...base,
      updates: months,
      relations: months.slice(1).map(({ ciId }) => ({ from: ciId, to: ciId - 1, type: 6 })),
    };
    const at = await siteUnderTest(t, { simulator: { description } });
    assert.deepEqual(fates(await run(at)), { 1000: 'superseded-by-installed 1029' });
  });

  nodeTest('is nothing where superseded updates are wanted, and no installed one then counts', async (t) => {
    const description = installed(site([JANUARY], false), MAY);
    const wanted = await siteUnderTest(t, { simulator: { description } });
    assert.deepEqual(fates(await run(wanted, { supersededUpdates: 'include' })), { [JANUARY]: 'used' });
    assert.equal(reads(wanted, 'SMS_CIRelation'), 0);
    const again = await siteUnderTest(t, { simulator: { description } });
    assert.deepEqual(fates(await run(again, { alreadyInstalled: 'include' })), { [JANUARY]: 'used' });
  });
});

suite('updates that the site holds as not required for the image', () => {
  const description = withStatuses(site([JANUARY, MARCH, MAY], false), IMAGE, [
    [JANUARY, 1, 1],
    [JANUARY, 2, 1],
    [MARCH, 1, 1],
    [MARCH, 2, 1],
    [MAY, 1, 1],
    [MAY, 2, 3],
  ]);

  nodeTest('are used, with a warning that names the input in the spelling of the host', async (t) => {
    const at = await siteUnderTest(t, { simulator: { description } });
    const result = await run(at);
    assert.deepEqual(fates(result), { [JANUARY]: 'used', [MARCH]: 'used', [MAY]: 'used' });
    const host = { spell: (name: string) => `<${name}>`, writtenIn: 'yaml' } as const;
    assert.deepEqual(
      warningsOf(result).map(({ text }) => spelledFor(host, text)),
      [
        `2 of the 3 updates for image "Windows Server 2022" (${IMAGE}) are not required there, as the site last saw it. If they are for other products, use <not-required-updates>: skip.`,
      ],
    );
  });

  nodeTest('are skipped where that is wanted', async (t) => {
    const at = await siteUnderTest(t, { simulator: { description } });
    const result = await run(at, { notRequiredUpdates: 'skip' });
    assert.deepEqual(fates(result), {
      [JANUARY]: 'not-required',
      [MARCH]: 'not-required',
      [MAY]: 'used',
    });
    assert.deepEqual(warningsOf(result), []);
  });
});
