import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import type { SiteCode } from '../../src/site/identifiers.js';
import type { SiteDescription } from '../../src/simulator/index.js';
import { CONNECTIONS, SMALL_SITE, type SiteUnderTest } from '../site-under-test.js';
import { refused, succeeded, type World } from './serviced.js';
import {
  FIRST,
  remainsOf,
  SECOND,
  SITE_WITH_SMALL_GROUP,
  SMALL_GROUP_UPDATES,
  withUpdates,
  writesOf,
} from './site-afterwards.js';

for (const { connection, skip } of CONNECTIONS) {
  const over = (description: SiteDescription): World => ({ connection, description });

  suite(`what is refused before anything is written, over ${connection}`, { skip }, () => {
    test('the provider of another site', async (t) => {
      const { error } = await refused(t, { siteCode: 'XYZ' as SiteCode }, over(SITE_WITH_SMALL_GROUP));
      assert.equal(error.code, 'OS201');
      assert.match(error.what, /serves site LAB; asked for is site XYZ/);
    });

    test('an empty group', async (t) => {
      const empty = SMALL_SITE.groups.find(({ updates }) => updates.length === 0);
      assert.ok(empty);
      const request = { updateGroups: [String(empty.ciId)] };
      assert.equal((await refused(t, request, over(SITE_WITH_SMALL_GROUP))).error.code, 'OS206');
    });

    test('content that is not downloaded, named with its article', async (t) => {
      const { error } = await refused(t, {}, over(withUpdates({ contentProvisioned: false }, [FIRST])));
      assert.equal(error.code, 'OS207');
      assert.match(error.what, new RegExp(`KB\\d+, CI_ID ${FIRST} \\(content not downloaded\\)`));
    });

    test('an update that the site does not show', async (t) => {
      const gone = {
        ...SITE_WITH_SMALL_GROUP,
        updates: SITE_WITH_SMALL_GROUP.updates.filter(({ ciId }) => ciId !== FIRST),
      };
      const { error } = await refused(t, {}, over(gone));
      assert.match(error.what, new RegExp(`CI_ID ${FIRST} \\(not readable\\)`));
    });

    test('license terms that are not accepted, which an administrator can mend', async (t) => {
      const { error } = await refused(
        t,
        {},
        over(withUpdates({ eulaExists: true, eulaAccepted: false }, [FIRST])),
      );
      assert.equal(error.code, 'OS207');
      assert.match(error.what, new RegExp(`CI_ID ${FIRST} \\(license terms not accepted\\)`));
    });

    test('a CI_ID that a schedule cannot hold', async (t) => {
      const groups = [
        { ciId: 17_000_002, name: 'Large', description: '', updates: [3_000_000_000], deployed: false },
      ];
      const { error } = await refused(t, { updateGroups: ['Large'] }, over({ ...SMALL_SITE, groups }));
      assert.equal(error.code, 'OS209');
      assert.match(error.what, /3000000000/);
    });

    test('a class that the account may not read', async (t) => {
      const denied = [{ class: 'SMS_SoftwareUpdate', operations: ['read' as const] }];
      const description = { ...SITE_WITH_SMALL_GROUP, access: { hidden: [], denied } };
      const { error } = await refused(t, {}, over(description));
      assert.equal(error.code, 'OS305');
      assert.match(error.what, /SMS_SoftwareUpdate.*access denied/i);
    });

    test('a site server whose name is not fully qualified', async (t) => {
      const site = { ...SMALL_SITE.site, serverName: 'CM01' };
      const { error } = await refused(t, {}, over({ ...SITE_WITH_SMALL_GROUP, site }));
      assert.equal(error.code, 'OS211');
      assert.match(error.what, /"CM01", which is not fully qualified/);
    });

    test('a site server that nobody tells', async (t) => {
      const images = SMALL_SITE.images.map((image) =>
        image.packageId === 'LAB00010' ? { ...image, sourceSite: 'ZZZ' } : image,
      );
      const { error } = await refused(t, {}, over({ ...SITE_WITH_SMALL_GROUP, images }));
      assert.equal(error.code, 'OS211');
      assert.match(error.next, /site-server/);
    });
  });

  suite(`what is left out, over ${connection}`, { skip }, () => {
    async function leftOut(
      t: TestContext,
      description: SiteDescription,
      request: Parameters<typeof succeeded>[1] = {},
    ): Promise<{ readonly state: string; readonly why: readonly unknown[]; readonly site: SiteUnderTest }> {
      const { site, result } = await succeeded(t, request, over(description));
      const selection = result.images[0]?.selection;
      const linked = result.state === 'nothing-to-do' ? 0 : remainsOf(site.simulator).updates;
      assert.equal(selection?.used.length, linked);
      const why = selection.leftOut.map(({ ciId, reason }) => [ciId, reason.why]);
      return { state: result.state, why, site };
    }
    const installedOn = (indexes: readonly number[], ids: readonly number[]): SiteDescription => ({
      ...SITE_WITH_SMALL_GROUP,
      images: SMALL_SITE.images.map((image) =>
        image.packageId === 'LAB00010' ? { ...image, indexes: ['One', 'Two'] } : image,
      ),
      imageUpdates: ids.flatMap((ciId) =>
        indexes.map((index) => ({
          packageId: 'LAB00010',
          index,
          ciId,
          status: index === 2 ? 5 : 2,
          installationStatus: 0,
          appliedDate: '2024-01-01T00:00:00Z',
        })),
      ),
    });

    test('expired updates, and those that cannot be serviced offline', async (t) => {
      assert.deepEqual((await leftOut(t, withUpdates({ expired: true }, [FIRST]))).why, [[FIRST, 'expired']]);
      assert.deepEqual((await leftOut(t, withUpdates({ offlineServiceable: false }, [SECOND]))).why, [
        [SECOND, 'not-serviceable-offline'],
      ]);
    });

    test('what cannot be used, when it shall be skipped', async (t) => {
      const { why } = await leftOut(t, withUpdates({ contentProvisioned: false }, [FIRST, SECOND]), {
        unusableUpdates: 'skip',
      });
      assert.deepEqual(why, [
        [FIRST, 'content-not-downloaded'],
        [SECOND, 'content-not-downloaded'],
      ]);
    });

    test('what every index of the image has, unless it shall be included', async (t) => {
      assert.deepEqual((await leftOut(t, installedOn([1, 2], [FIRST]))).why, [[FIRST, 'already-installed']]);
      assert.deepEqual((await leftOut(t, installedOn([1], [FIRST]))).why, []);
      assert.deepEqual(
        (await leftOut(t, installedOn([1, 2], [FIRST]), { alreadyInstalled: 'include' })).why,
        [],
      );
    });

    test('everything, because it cannot be used: nothing to do, and nothing written', async (t) => {
      const impossible = withUpdates({ offlineServiceable: false }, SMALL_GROUP_UPDATES);
      const { state, why, site } = await leftOut(t, impossible);
      assert.equal(state, 'nothing-to-do');
      assert.equal(why.length, SMALL_GROUP_UPDATES.length);
      assert.equal(writesOf(site), 0);
      const missing = withUpdates({ contentProvisioned: false }, SMALL_GROUP_UPDATES);
      assert.equal((await leftOut(t, missing, { unusableUpdates: 'skip' })).state, 'nothing-to-do');
    });

    test('what can never be serviced, each with a reason of its own', async (t) => {
      const [first, second, third, fourth] = SMALL_GROUP_UPDATES;
      const changes = new Map<number | undefined, Partial<SiteDescription['updates'][number]>>([
        [first, { categories: ['Product:x', 'UpdateClassification:3689bdc8-b205-4af4-8d4a-a63924c5e9d5'] }],
        [second, { metadataOnly: true }],
        [third, { hidden: true }],
        [fourth, { enabled: false }],
      ]);
      const updates = SITE_WITH_SMALL_GROUP.updates.map((update) => ({
        ...update,
        ...changes.get(update.ciId),
      }));
      const { state, why } = await leftOut(t, { ...SITE_WITH_SMALL_GROUP, updates });
      assert.equal(state, 'nothing-to-do');
      assert.deepEqual(why, [
        [first, 'feature-update'],
        [second, 'metadata-only'],
        [third, 'hidden'],
        [fourth, 'disabled'],
      ]);
    });

    test('nothing for license terms that are accepted, or that do not exist', async (t) => {
      assert.deepEqual((await leftOut(t, withUpdates({ eulaExists: true }, [FIRST]))).why, []);
      assert.deepEqual((await leftOut(t, withUpdates({ eulaAccepted: false }, [SECOND]))).why, []);
    });

    test('everything: nothing to do, and nothing written', async (t) => {
      const { state, site } = await leftOut(t, installedOn([1, 2], SMALL_GROUP_UPDATES));
      assert.equal(state, 'nothing-to-do');
      assert.equal(writesOf(site), 0);
      assert.equal(
        (await leftOut(t, withUpdates({ expired: true }, SMALL_GROUP_UPDATES))).state,
        'nothing-to-do',
      );
    });
  });
}
