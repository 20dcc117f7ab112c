import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { DistributionCourse } from '../../follow/distribution.js';
import type { FollowedImage } from '../../follow/followed-image.js';
import type { FollowSettings } from '../../follow/follow-settings.js';
import { verdictText, type JudgedUpdate } from '../../follow/update-results.js';
import type { KnownImage } from '../../plan/known.js';
import type { Progress } from '../../plan/progress.js';
import type { ServicingRequest } from '../../plan/servicing-request.js';
import type { LeftOutUpdate } from '../../plan/update-selection.js';
import type {
  PageDiagnosis,
  PageDistribution,
  PageImage,
  PageModel,
  PageSetting,
  PageSite,
  PageSkippedUpdate,
  PageState,
  PageUpdate,
} from '../../report/page/page-model.js';
import { highestVersion } from '../../site/os-version.js';
import { allVersionsOf } from '../../site/image-versions.js';
import type { SiteIdentification } from '../../site/site-server.js';
import type { SoftwareUpdate } from '../../site/software-update.js';
import { jsonRequest, startText } from './json-request.js';
import { startedSchedules, warningsOnTheWay, type ReportFrame } from './json-report.js';
import { phasesOf, type FollowMoment } from './page-phases.js';
import type { LeftOver, ServiceRun } from './service-images.js';
import type { ServiceRequest } from './service-request.js';
import { reasonText } from './update-names.js';
import { warningsOf } from './warnings.js';

/** What was told on the way. */
export interface PageEvents {
  readonly events: readonly Progress[];
  readonly moments: readonly FollowMoment[];
}

/** What the page shows of a run that has ended. Without following, phases, results and distribution are not known. */
export function pageModelOf(
  run: ServiceRun,
  { connection, follow }: ServiceRequest,
  { events, moments }: PageEvents,
  { version, startedAt, endedAt, late }: Omit<ReportFrame, 'file'>,
): PageModel {
  const { site, request } = run.known;
  const isDone = run.kind === 'done';
  const { host } = jsonRequest({ connection, servicing: request, follow }).connection;
  return {
    product: { name: 'configmgr-offline-servicing', version },
    verb: 'service',
    startedAt: new Date(startedAt),
    endedAt: new Date(endedAt),
    ...(site && { site: siteOf(site) }),
    ...(host !== null && { provider: host }),
    state: isDone ? run.result.state : run.kind,
    diagnoses: [...run.errors, ...late].map(diagnosisOf),
    warnings: [
      ...warningsOnTheWay(events).map(({ text }) => text),
      ...(isDone ? warningsOf(run.result).map(({ text }) => text) : []),
    ],
    notes: [],
    settings: settingsOf(request, connection.kind, follow),
    ...((isDone || run.known.images.length > 0) && { images: imagesOf(run, moments) }),
  };
}

function siteOf({ siteCode, siteName, version }: SiteIdentification): PageSite {
  return {
    code: siteCode,
    ...(siteName !== undefined && { name: siteName }),
    ...(version !== undefined && { version }),
  };
}

function diagnosisOf({ code, what, cause, next }: Diagnosis): PageDiagnosis {
  return { code, what, cause, next };
}

function imagesOf(run: ServiceRun, moments: readonly FollowMoment[]): readonly PageImage[] {
  if (run.kind === 'done') {
    const schedules = startedSchedules(run.result);
    return run.result.images.map((each) => ({
      ...imageOf(each, each.state, schedules),
      ...(each.followed && followedParts(each.followed, each.selection.used, moments)),
    }));
  }
  return run.known.images.map((each) => imageOf(each, run.kind, run.left));
}

function imageOf(
  { image, siteServer, versions, selection, indexes }: Omit<KnownImage, 'applicable'>,
  state: PageState,
  schedules: readonly LeftOver[],
): PageImage {
  const osVersion = highestVersion(allVersionsOf(versions))?.text;
  // A stray schedule comes after the one that was meant.
  const schedule = schedules.filter(({ packageId }) => packageId === image.packageId).at(-1);
  return {
    packageId: image.packageId,
    name: image.name,
    state,
    siteServer,
    ...(osVersion !== undefined && { osVersion }),
    ...(schedule && { scheduleId: schedule.scheduleId, scheduleName: schedule.name }),
    ...(selection && {
      updates: selection.used.map((update) => updateOf(update, state, [...(indexes ?? [])])),
      skipped: selection.leftOut.map(skippedOf),
    }),
  };
}

/** What is known of an image that was waited for. */
function followedParts(
  { packageId, scheduleId, updates, distribution }: FollowedImage,
  used: readonly SoftwareUpdate[],
  moments: readonly FollowMoment[],
): Pick<PageImage, 'phases' | 'updates' | 'distribution'> {
  return {
    phases: phasesOf(moments, packageId, scheduleId),
    ...(updates.length > 0 && { updates: used.map((update) => judgedUpdate(update, updates)) }),
    ...(distribution && { distribution: distributionOf(distribution) }),
  };
}

function judgedUpdate(update: SoftwareUpdate, judged: readonly JudgedUpdate[]): PageUpdate {
  const results = judged
    .filter(({ updateId }) => updateId === update.ciId)
    .map(({ imageIndex, verdict }) => ({
      index: imageIndex,
      result: verdict.kind,
      ...(verdict.kind !== 'installed' && verdict.kind !== 'not-required' && { code: verdictText(verdict) }),
    }));
  return { ...namesOf(update), results };
}

function distributionOf({ version, points }: DistributionCourse): PageDistribution {
  return {
    ...(version !== undefined && { sourceVersion: version }),
    points: points.map(({ server, status }) => ({ name: server, state: status })),
  };
}

/** A run that failed knows of no update what came of it. */
function updateOf(update: SoftwareUpdate, state: PageState, indexes: readonly number[]): PageUpdate {
  if (state !== 'scheduled' && state !== 'planned') return { ...namesOf(update), results: [] };
  const results = indexes.map((index) => ({ index, result: state }));
  return { ...namesOf(update), results: results.length === 0 ? [{ result: state }] : results };
}

function skippedOf({ ciId, update, reason }: LeftOutUpdate): PageSkippedUpdate {
  return { ...(update && namesOf(update)), ciId, reason: reasonText(reason) };
}

function namesOf({ ciId, article, title }: SoftwareUpdate): Omit<PageUpdate, 'results'> {
  return { ciId, ...(article !== undefined && { article }), ...(title !== undefined && { title }) };
}

function settingsOf(
  request: ServicingRequest,
  connection: string,
  follow: FollowSettings | undefined,
): readonly PageSetting[] {
  return [
    { name: 'Connection', value: connection },
    { name: 'Start', value: startText(request.start).replace('T', ' ') },
    { name: 'Dry run', value: request.dryRun ? 'yes' : 'no' },
    { name: 'Distribution points', value: request.updateDistributionPoints ? 'updated' : 'not updated' },
    { name: 'On update error', value: request.continueOnUpdateError ? 'continue' : 'stop' },
    { name: 'Wait', value: follow?.until ?? 'none' },
  ];
}
