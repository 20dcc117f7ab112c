import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';

import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import type { SiteAccess } from '../../src/plan/site-access.js';
import type { SimulatorOptions } from '../../src/simulator/index.js';
import type { RunResult } from '../../src/verbs/service/run-result.js';
import { siteUnderTest, type Connection, type SiteUnderTest } from '../site-under-test.js';
import { SITE_WITH_TWO_GROUPS } from './several-images.js';
import { errorOf, NOTHING, remainsOf, runWith, writesOf, type Ended } from './site-afterwards.js';

/** What differs from the ordinary site, connection and run. */
export interface World extends Partial<SimulatorOptions> {
  readonly connection?: Connection;
  /** A clock or a patience of the run's own. */
  readonly access?: Partial<SiteAccess>;
  /** Changes the site after its start and before the run. */
  readonly change?: (site: SiteUnderTest) => void;
}

interface Serviced {
  readonly site: SiteUnderTest;
  readonly ended: Ended;
}

interface Succeeded {
  readonly site: SiteUnderTest;
  readonly result: RunResult;
}

interface Failed {
  readonly site: SiteUnderTest;
  /** The first of the problems. */
  readonly error: Diagnosis;
  readonly problems: readonly Diagnosis[];
}

/**
 * One run of `service` against a site of its own, which is SITE_WITH_TWO_GROUPS unless the world has another
 * description. The request is REQUEST with these fields changed.
 */
export async function serviced(
  t: TestContext,
  request: Partial<ServicingRequest> = {},
  { connection = 'admin-service', access, change, ...simulator }: World = {},
): Promise<Serviced> {
  const site = await siteUnderTest(t, {
    connection,
    simulator: { description: SITE_WITH_TWO_GROUPS, ...simulator },
  });
  change?.(site);
  return { site, ended: await runWith({ ...site.access(), ...access }, request) };
}

/** The same, of a run that has to end with a result. */
export async function succeeded(...run: Parameters<typeof serviced>): Promise<Succeeded> {
  const { site, ended } = await serviced(...run);
  assert.ok(ended.result, JSON.stringify(ended.error));
  return { site, result: ended.result };
}

/** The same, of a run that has to fail. */
export async function failed(...run: Parameters<typeof serviced>): Promise<Failed> {
  const { site, ended } = await serviced(...run);
  return { site, error: errorOf(ended), problems: ended.result === undefined ? ended.diagnoses : [] };
}

/** The same, of a run that has to fail and leave nothing at the site. */
export async function undone(...run: Parameters<typeof serviced>): Promise<Failed> {
  const end = await failed(...run);
  assert.deepEqual(remainsOf(end.site.simulator), NOTHING);
  return end;
}

/** The same, of a run that has to fail before it writes anything. */
export async function refused(...run: Parameters<typeof serviced>): Promise<Failed> {
  const end = await undone(...run);
  assert.equal(writesOf(end.site), 0);
  return end;
}
