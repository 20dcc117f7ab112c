import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describeServicing } from '../../src/simulator/parse-servicing-description.js';
import type { SimulatorOptions } from '../../src/simulator/simulated-site.js';
import { serve, type Row, type Site } from './site-client.js';
import { FAR_TOKEN, NOW_TOKEN, SMALL, smallSite } from './small-site.js';

export const SCHEDULE = 'SMS_ImageServicingSchedule';
export const MINUTE = 60_000;

/** An image takes 100 minutes, so that a part of its time is so many minutes. */
export const IMAGE_MINUTES = 100;

interface What {
  readonly images?: readonly string[];
  readonly updates?: readonly number[];
  readonly updateDP?: boolean;
  readonly continueOnError?: boolean;
}

/** Serves the small site with a servicing that goes as described. */
export async function siteWith(
  context: TestContext,
  servicing: unknown = {},
  options: Partial<SimulatorOptions> = {},
  more: Readonly<Record<string, unknown>> = {},
): Promise<Site> {
  return serve(context, {
    description: smallSite({ servicing: describeServicing(servicing), ...more }),
    servicingMilliseconds: IMAGE_MINUTES * MINUTE,
    ...options,
  });
}

/** Writes a draft as the product does, and starts it. */
export async function start(site: Site, what: What = {}): Promise<number> {
  const draft = { Schedule: FAR_TOKEN, Action: 0 };
  const { images = [SMALL.otherImage], updates = [101, 102] } = what;
  const id = await site.schedule(draft, images, updates);
  await put(site, id, {
    Schedule: NOW_TOKEN,
    Action: 1,
    UpdateDP: what.updateDP ?? false,
    ContinueOnError: what.continueOnError ?? false,
  });
  return id;
}

export async function put(site: Site, ScheduleID: number, body: object): Promise<void> {
  const reply = await site.ask('PUT', `/wmi/${SCHEDULE}(${ScheduleID})`, { body: { ScheduleID, ...body } });
  assert.equal(reply.status, 204, reply.text);
}

export const cancel = async (site: Site, id: number): Promise<void> =>
  put(site, id, { Schedule: NOW_TOKEN, Action: 2 });

/** What the site holds, without asking it over the network. */
const objects = (site: Site, name: string, where: Row = {}): Row[] =>
  site.running.state
    .objects(name)
    .filter((row) => Object.entries(where).every(([key, value]) => row[key] === value));

export const stateOf = (site: Site, id: number): unknown =>
  objects(site, SCHEDULE, { ScheduleID: id })[0]?.['State'];

/** Status, failed update and code of the progress row, as long as there is one. */
export const progressOf = (site: Site, id: number): unknown[] =>
  objects(site, 'SMS_ImageServicingProgress', { ScheduleID: id }).map((row) => [
    row['Status'],
    row['FailedUpdateID'],
    row['Win32ErrorCode'],
  ]);

export const historyOf = (site: Site, id: number): unknown[] =>
  objects(site, 'SMS_ImageUpdateHistory', { ScheduleID: id }).map((row) => row['Status']);

/** Index, update, status and code of each row of an image. */
export const updatesOf = (site: Site, image: string = SMALL.otherImage): unknown[] =>
  objects(site, 'SMS_ImageUpdateStatus', { ImagePackageID: image }).map((row) => [
    row['ImageIndex'],
    row['UpdateID'],
    row['UpdateStatus'],
    row['UpdateInstallationStatus'],
  ]);

export const versionOf = (site: Site, image: string = SMALL.otherImage): unknown =>
  objects(site, 'SMS_ImagePackage', { PackageID: image })[0]?.['SourceVersion'];

/** The version and the state that each distribution point shows. */
export const pointsOf = (site: Site, image: string = SMALL.otherImage): unknown[] =>
  objects(site, 'SMS_PackageStatusDistPointsSummarizer', { PackageID: image }).map((row) => [
    row['SourceVersion'],
    row['State'],
  ]);

/** Targeted, success, in progress, errors, version. */
export const countsOf = (site: Site, image: string = SMALL.otherImage): unknown[] => {
  const [row] = objects(site, 'SMS_ObjectContentExtraInfo', { PackageID: image });
  return ['Targeted', 'NumberSuccess', 'NumberInProgress', 'NumberErrors', 'SourceVersion'].map(
    (name) => row?.[name],
  );
};

/** ID and strings of each status message. */
export const messagesOf = (site: Site): unknown[] =>
  objects(site, 'SMS_StatusMessage').map((message) => [
    message['MessageID'],
    ...objects(site, 'SMS_StatMsgInsStrings', { RecordID: message['RecordID'] }).map(
      (row) => row['InsStrValue'],
    ),
  ]);

/** Minute and name of each step, with its index and its update. */
export const stepsOf = (site: Site): string[] => {
  const [first] = site.running.state.servicingSteps;
  return site.running.state.servicingSteps.map(({ at, phase, index, ciId }) =>
    [(at - (first?.at ?? 0)) / MINUTE, phase, ...[index, ciId].filter((one) => one !== 0)].join(' '),
  );
};
