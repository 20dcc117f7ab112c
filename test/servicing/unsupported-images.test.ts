import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import { eventsOf } from '../../src/verbs/service/log-lines.js';
import { isWarning } from '../../src/verbs/service/warnings.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import type { SiteDescription } from '../../src/simulator/index.js';
import { asInYaml } from '../as-in-yaml.js';
import { CONNECTIONS, siteUnderTest, type Connection, type SiteUnderTest } from '../site-under-test.js';
import {
  remainsOf,
  NOTHING,
  runOnce,
  SITE_WITH_SMALL_GROUP,
  SMALL_GROUP_UPDATES,
  writesOf,
  type Ended,
} from './site-afterwards.js';

type Image = SiteDescription['images'][number];

const SERVER = '10.0.20348.587';
const TWO_INDEXES = ['Standard', 'Datacenter'];

/** The site with other facts about "Windows 7 Enterprise", which the request of the tests names. */
function siteWith(changes: Partial<Image>, others: readonly Partial<Image>[] = []): SiteDescription {
  const [first, ...rest] = SITE_WITH_SMALL_GROUP.images;
  assert.ok(first);
  return {
    ...SITE_WITH_SMALL_GROUP,
    images: [
      { ...first, ...changes },
      ...others.map((other, place) => ({ ...first, sourcePath: `\\\\other\\${place}.wim`, ...other })),
      ...rest,
    ],
  };
}

/** A site with an image for each case, by its name. */
function siteOf(cases: readonly (readonly [string, Partial<Image>, ...unknown[]])[]): SiteDescription {
  const images = cases.map(([name, changes], place) => ({ packageId: idOf(place), name, ...changes }));
  return siteWith({}, images);
}

function idOf(place: number): string {
  return `LAB00A${String(place).padStart(2, '0')}`;
}

function asking(cases: readonly (readonly [string, ...unknown[]])[]): Partial<ServicingRequest> {
  const [first = '', ...others] = cases.map(([name]) => name);
  return { images: [first, ...others] };
}

/** Nothing but the view, or nothing but the list of indexes, tells a version. */
const withoutPackageVersion = { osVersion: '' };

interface RunOfTest {
  readonly site: SiteUnderTest;
  readonly ended: Ended;
  readonly warnings: readonly string[];
}

async function runAt(
  t: TestContext,
  connection: Connection,
  description: SiteDescription,
  request: Partial<ServicingRequest> = {},
): Promise<RunOfTest> {
  const site = await siteUnderTest(t, { connection, simulator: { description, component: 'off' } });
  const ended = await runOnce(site, request);
  const warnings = site.progress.filter(isWarning).flatMap((step) => eventsOf(step).map(({ line }) => line));
  return { site, ended, warnings };
}

function refusals(ended: Ended): readonly string[] {
  return ended.error === undefined ? [] : ended.diagnoses.map(({ code }) => code);
}

for (const { connection, skip } of CONNECTIONS) {
  suite(`an image that the vendor no longer supports, over ${connection}`, { skip }, () => {
    const refused: readonly (readonly [string, Partial<Image>, RegExp])[] = [
      ['Windows 11 22H2', { osVersion: '10.0.22621.1' }, /10\.0\.22621\.1 \(index 1\)\.$/],
      ['Windows 11 23H2', { osVersion: '10.0.22631.2428' }, /10\.0\.22631\.2428 \(index 1\)\.$/],
      ['Windows Server 2025, or Windows 11 24H2', { osVersion: '10.0.26100.1742' }, /10\.0\.26100\.1742/],
      ['Windows 11 25H2', { osVersion: '10.0.26200.6584' }, /10\.0\.26200\.6584/],
      ['a version with blanks', { osVersion: ' 10.0.22631.2428 ' }, /is 10\.0\.22631\.2428 /],
      ['a build by itself', { osVersion: '26100' }, /is 26100 \(index 1\)\.$/],
      [
        'one index of two, in the view and in the list',
        { osVersion: SERVER, indexes: TWO_INDEXES, indexVersions: [SERVER, '10.0.26100.1'] },
        /is 10\.0\.26100\.1 \(index 2\)\.$/,
      ],
      [
        'one index of two, in the view alone',
        {
          osVersion: SERVER,
          indexes: TWO_INDEXES,
          information: [
            { index: 1, osVersion: SERVER },
            { index: 2, osVersion: '10.0.26100.1' },
          ],
        },
        /is 10\.0\.26100\.1 \(index 2\)\.$/,
      ],
      [
        'the second index of a file for which the view has one row',
        {
          osVersion: SERVER,
          indexes: TWO_INDEXES,
          indexVersions: [SERVER, '10.0.26100.1'],
          information: [{ index: 1, osVersion: SERVER }],
        },
        /is 10\.0\.26100\.1 \(index 2\)\.$/,
      ],
      [
        'a row whose index cannot be used',
        {
          osVersion: SERVER,
          information: [
            { index: 0, osVersion: '10.0.26100.1' },
            { index: 1, osVersion: SERVER },
          ],
        },
        /is 10\.0\.26100\.1\.$/,
      ],
      [
        'a row without an index',
        { ...withoutPackageVersion, information: [{ index: null, osVersion: '', imageOsVersion: '26100' }] },
        /is 26100 \(index 1\)\.$/,
      ],
      [
        'an index that the list lacks',
        { osVersion: SERVER, information: [{ index: 7, osVersion: '10.0.26100.1' }] },
        /is 10\.0\.26100\.1 \(index 7\)\.$/,
      ],
      [
        'a package whose indexes say otherwise',
        {
          osVersion: '10.0.26100.1',
          indexVersions: [SERVER],
          information: [{ index: 1, osVersion: SERVER }],
        },
        /is 10\.0\.26100\.1\.$/,
      ],
      [
        'ImageOSVersion of a row whose OSVersion is older',
        {
          osVersion: SERVER,
          information: [{ index: 1, osVersion: SERVER, imageOsVersion: '10.0.26100.1' }],
        },
        /is 10\.0\.26100\.1 \(index 1\)\.$/,
      ],
      ['no row of the view at all', { osVersion: '10.0.26100.1', information: [] }, /is 10\.0\.26100\.1 /],
    ];
    // All in one run: each is refused for a reason of its own, and all reasons are told.
    test('is refused before anything is written, wherever its version is found', async (t) => {
      const { site, ended, warnings } = await runAt(t, connection, siteOf(refused), asking(refused));
      assert.deepEqual(refusals(ended), Array<string>(refused.length).fill('OS219'), JSON.stringify(ended));
      const diagnoses = ended.error === undefined ? [] : ended.diagnoses;
      for (const [place, [what, , told]] of refused.entries()) {
        assert.match(diagnoses[place]?.what ?? '', told);
        assert.equal(diagnoses[place]?.what.includes(`image "${what}" (${idOf(place)})`), true, what);
      }
      assert.equal(writesOf(site), 0);
      assert.deepEqual(remainsOf(site.simulator), NOTHING);
      assert.deepEqual(warnings, []);
    });

    test('is refused by a dry run as well', async (t) => {
      const { ended } = await runAt(t, connection, siteWith({ osVersion: '10.0.26100.1742' }), {
        dryRun: true,
      });
      assert.deepEqual(refusals(ended), ['OS219']);
    });

    test('is refused as an upgrade package too, with the way to a newer one', async (t) => {
      const description = siteWith({ osVersion: '10.0.26100.1742', kind: 'upgrade-package' });
      const { ended } = await runAt(t, connection, description);
      assert.deepEqual(refusals(ended), ['OS219']);
      assert.match(
        asInYaml(ended.error?.next ?? ''),
        /Microsoft 365 admin center.*as an OS upgrade package.*unsupported-images: service/,
      );
    });

    test('is told with every other image and every other problem', async (t) => {
      const description = siteWith({ osVersion: '10.0.22631.1' }, [
        { packageId: 'LAB00031', name: 'Other', osVersion: '10.0.26100.1', actionInProgress: 1 },
        { packageId: 'LAB00032', name: 'Serviceable' },
      ]);
      const { ended } = await runAt(t, connection, description, {
        images: ['Windows 7 Enterprise', 'Other', 'Serviceable'],
        updateGroups: ['Small', 'Empty'],
      });
      assert.deepEqual(refusals(ended).toSorted(), ['OS206', 'OS215', 'OS219', 'OS219']);
    });

    test('is serviced with a warning where that is asked for', async (t) => {
      const description = siteWith({ osVersion: '10.0.26100.1742' });
      const { ended, warnings } = await runAt(t, connection, description, { unsupportedImages: 'service' });
      assert.deepEqual(ended.result?.appliedCiIds, SMALL_GROUP_UPDATES);
      assert.equal(warnings.length, 1);
      assert.match(
        warnings[0] ?? '',
        /no longer supports.*"Windows 7 Enterprise" \(LAB00010\).*10\.0\.26100\.1742 \(index 1\)/,
      );
    });
  });

  suite(`an image that the vendor may support, over ${connection}`, { skip }, () => {
    test('is serviced without a word', async (t) => {
      const versions = ['6.1.7601.17514', '10.0.14393.0', '10.0.19044.1288', SERVER, '10.0.22000.1', '22620'];
      const cases = versions.map((osVersion) => [`Image ${osVersion}`, { osVersion }] as const);
      const { ended, warnings } = await runAt(t, connection, siteOf(cases), {
        ...asking(cases),
        dryRun: true,
      });
      assert.equal(ended.result?.images.length, versions.length, JSON.stringify(ended.error));
      assert.deepEqual(warnings, []);
    });

    for (const policy of ['fail', 'service'] as const) {
      test(`is serviced with a warning for build 25398, with unsupported-images ${policy}`, async (t) => {
        const { ended, warnings } = await runAt(t, connection, siteWith({ osVersion: '10.0.25398.1' }), {
          unsupportedImages: policy,
        });
        assert.deepEqual(ended.result?.appliedCiIds, SMALL_GROUP_UPDATES);
        assert.equal(warnings.length, 1);
        assert.match(
          warnings[0] ?? '',
          /not known whether.*10\.0\.25398\.1 \(index 1\), Windows Server version 23H2/,
        );
      });
    }

    const unread: readonly (readonly [string, Partial<Image>, RegExp])[] = [
      ['nothing', { osVersion: '' }, /index 1, can't be read/],
      ['only 0', { osVersion: '0' }, /index 1, can't be read/],
      ['a text', { osVersion: 'Windows' }, /index 1, can't be read/],
      [
        'nothing for one index of two',
        { osVersion: SERVER, indexes: TWO_INDEXES, indexVersions: [SERVER, ''] },
        /index 2, can't be read/,
      ],
      [
        'one row for two indexes',
        {
          osVersion: SERVER,
          indexes: TWO_INDEXES,
          indexVersions: ['', ''],
          information: [{ index: 1, osVersion: SERVER }],
        },
        /index 2, can't be read/,
      ],
    ];
    test('is serviced with a warning where the site does not tell the version of every index', async (t) => {
      const { ended, warnings } = await runAt(t, connection, siteOf(unread), {
        ...asking(unread),
        dryRun: true,
      });
      assert.equal(ended.result?.images.length, unread.length, JSON.stringify(ended.error));
      assert.equal(warnings.length, unread.length, warnings.join('\n'));
      for (const [place, [, , told]] of unread.entries()) {
        assert.match(warnings[place] ?? '', told);
        assert.equal(warnings[place]?.includes(`(${idOf(place)})`), true);
      }
    });

    test('is serviced with a warning where its indexes cannot be read', async (t) => {
      const site = await siteUnderTest(t, { connection, simulator: { description: siteWith({}) } });
      site.simulator.state.change(
        'SMS_ImagePackage',
        { PackageID: 'LAB00010' },
        { ImageProperty: 'no list' },
      );
      assert.deepEqual((await runOnce(site)).result?.appliedCiIds, SMALL_GROUP_UPDATES);
      const [doubt, ...others] = site.progress.filter(isWarning).flatMap(eventsOf);
      assert.match(
        doubt?.line ?? '',
        /^The indexes of image "Windows 7 Enterprise" \(LAB00010\) can't be read/,
      );
      assert.deepEqual(others, []);
    });

    test('is read at a site without the view and without the property of the package', async (t) => {
      const description = siteWith({ osVersion: '10.0.26100.1742' });
      const without = {
        absent: false,
        addProperties: [],
        removeProperties: [],
        removeMethods: [],
        removeParameters: [],
      };
      const { ended } = await runAt(t, connection, {
        ...description,
        access: { hidden: [], denied: [{ class: 'SMS_ImageInformation', operations: ['read'] }] },
        classes: [
          ...description.classes,
          { ...without, class: 'SMS_ImagePackage', removeProperties: ['ImageOSVersion'] },
        ],
      });
      assert.deepEqual(refusals(ended), ['OS219'], JSON.stringify(ended));
    });
  });
}
