import { DiagnosedError, type Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { USUAL_PATIENCE, type SiteAccess } from '../../src/plan/site-access.js';
import type { OtherSchedule, OtherSchedules } from '../../src/plan/other-schedules.js';
import type { Progress } from '../../src/plan/progress.js';
import type { ServicingRequest, WriteOrder } from '../../src/plan/servicing-request.js';
import { jsonProperties } from '../../src/provider/admin-service/json-values.js';
import { decodedOutcomes } from '../../src/provider/decoded-outcomes.js';
import { instanceOf, type JsonValue } from '../../src/provider/instance.js';
import {
  nameOperation,
  type BatchOrder,
  type ClassDefinition,
  type Operation,
  type Outcome,
  type Outcomes,
  type SmsProvider,
} from '../../src/provider/port.js';
import type { TypedProperties } from '../../src/provider/cim-value.js';
import type { CiId, PackageId, ScheduleId, SiteCode } from '../../src/site/identifiers.js';
import { NEVER_DUE } from '../../src/site/schedule-token.js';
import { undoSchedules } from '../../src/undo/undo-schedules.js';
import type { Remains } from '../../src/undo/remove-schedules.js';
import {
  notYetWritten,
  type IntendedSchedule,
  type NumberedSchedules,
  type ScheduleInWriting,
  type SchedulesInWriting,
} from '../../src/write/schedule-draft.js';
import { writeSchedules } from '../../src/write/write-schedules.js';

export const SCHEDULE = 'SMS_ImageServicingSchedule';
export const IMAGE_LINK = 'SMS_ImageServicingScheduledImage';
export const UPDATE_LINK = 'SMS_ImageServicingScheduledUpdate';

type Row = Record<string, JsonValue>;

/**
 * What happens to one operation instead of its success. `lost`: it takes effect, and no response tells so. `unsent`: it
 * does not, and no response tells so. `swallowed`: the response says done, and nothing shows.
 */
export type Fate = 'refused' | 'lost' | 'unsent' | 'swallowed' | undefined;

/** A site without a process or a network, and a clock that does not wait: for tests of one part of a run. */
export class SiteInMemory implements SmsProvider {
  readsOwnWrites = true;
  readonly tables = new Map<string, Row[]>();
  /** Each batch, in the words of `nameOperation`. */
  readonly batches: string[][] = [];
  readonly progress: Progress[] = [];
  readonly sleeps: number[] = [];
  readonly cancel = new AbortController();
  fate: (operation: Operation, batch: number) => Fate = () => undefined;
  /** Whether a query shows a row that it finds. */
  shows: (operation: Operation, row: Readonly<Row>) => boolean = () => true;
  /** Called with the number of each batch, before it runs. */
  before: (batch: number) => void = () => undefined;
  /** Whether a batch in order goes on behind an operation that had no response of the site's own. */
  goesOn = false;
  returnValue: JsonValue | undefined = 0;
  definition: ClassDefinition | undefined;
  now = Date.UTC(2024, 5, 10, 9);
  nextId = 101;

  get access(): SiteAccess {
    return {
      provider: this,
      clock: {
        now: () => this.now,
        elapsed: () => this.now,
        sleep: async (milliseconds) => {
          this.sleeps.push(milliseconds);
          this.now += milliseconds;
          return Promise.resolve();
        },
      },
      patience: USUAL_PATIENCE,
      cancelled: this.cancel.signal,
      timeIsUp: new AbortController().signal,
      tell: (step) => this.progress.push(step),
    };
  }

  rows(className: string): Row[] {
    const rows = this.tables.get(className) ?? [];
    this.tables.set(className, rows);
    return rows;
  }

  /** A schedule of somebody else, linked to an image. */
  put(id: number, change: Row = {}, packageId = 'LAB00001'): void {
    this.rows(SCHEDULE).push({ ...PLAIN_SCHEDULE, ScheduleID: id, Name: `Other ${id}`, ...change });
    this.rows(IMAGE_LINK).push({ ScheduleID: id, ImagePackageID: packageId });
  }

  /** How many objects there are: schedules, links of images, links of updates. */
  get counts(): readonly [number, number, number] {
    return [this.rows(SCHEDULE).length, this.rows(IMAGE_LINK).length, this.rows(UPDATE_LINK).length];
  }

  told<Kind extends Progress['kind']>(kind: Kind): readonly Extract<Progress, { readonly kind: Kind }>[] {
    return this.progress.filter(
      (step): step is Extract<Progress, { readonly kind: Kind }> => step.kind === kind,
    );
  }

  async run<const Batch extends readonly Operation[]>(
    operations: Batch,
    order: BatchOrder,
  ): Promise<Outcomes<Batch>> {
    const number = this.batches.push(operations.map(nameOperation));
    this.before(number);
    let isStopped = false;
    const outcomes = operations.map((operation): Outcome<unknown> => {
      if (isStopped) return { state: 'not-attempted', diagnosis: undefined };
      const found = this.#outcomeOf(operation, number);
      const [outcome = found] = decodedOutcomes([operation], [found]);
      isStopped =
        order === 'in-order' && outcome.state !== 'done' && !(this.goesOn && outcome.state === 'unknown');
      return outcome;
    });
    return Promise.resolve(outcomes as Outcomes<Batch>);
  }

  removalCommands(): readonly [] {
    return [];
  }

  async close(): Promise<void> {
    return Promise.resolve();
  }

  #outcomeOf(operation: Operation, batch: number): Outcome<unknown> {
    const fate = this.fate(operation, batch);
    if (fate === 'refused') return { state: 'refused', diagnosis: refusalOf(operation) };
    if (fate === 'unsent') return { state: 'unknown', diagnosis: refusalOf(operation) };
    if (fate === 'swallowed')
      return { state: 'done', result: operation.verb === 'query' ? [] : instanceOf({}) };
    const outcome = this.#perform(operation);
    return fate === 'lost' ? { state: 'unknown', diagnosis: refusalOf(operation) } : outcome;
  }

  #perform(operation: Operation): Outcome<unknown> {
    const missing: Outcome<unknown> = { state: 'refused', diagnosis: refusalOf(operation) };
    const rows = this.rows(operation.class);
    switch (operation.verb) {
      case 'query': {
        const found = rows.filter((row) =>
          operation.where.every((condition) =>
            condition.oneOf.some((value) => isSame(row[condition.property], value)),
          ),
        );
        const shown = found.filter((row) => this.shows(operation, row));
        return { state: 'done', result: shown.map(instanceOf) };
      }
      case 'get': {
        const row = rows.find(hasKey(operation.key));
        return row === undefined ? missing : { state: 'done', result: instanceOf(row) };
      }
      case 'create': {
        const isByCaller = operation.keyFrom === 'caller';
        const row: Row = isByCaller
          ? valuesOf(operation.properties)
          : { ...PLAIN_SCHEDULE, ScheduleID: this.nextId++, ...valuesOf(operation.properties) };
        if (!isByCaller || !rows.some(hasKey(operation.properties))) rows.push(row);
        return { state: 'done', result: instanceOf(row) };
      }
      case 'update':
      case 'change': {
        const row = rows.find(hasKey(operation.key));
        if (row === undefined) return missing;
        Object.assign(row, valuesOf(operation.properties));
        return { state: 'done', result: undefined };
      }
      case 'delete': {
        const place = rows.findIndex(hasKey(operation.key));
        if (place === -1) return missing;
        rows.splice(place, 1);
        return { state: 'done', result: undefined };
      }
      case 'invoke': {
        const { returnValue } = this;
        return {
          state: 'done',
          result: instanceOf(returnValue === undefined ? {} : { ReturnValue: returnValue }),
        };
      }
      case 'describe':
        return { state: 'done', result: this.definition };
    }
  }
}

const PLAIN_SCHEDULE: Row = {
  Name: '',
  Description: '',
  Action: 0,
  Schedule: NEVER_DUE,
  State: 0,
  UpdateDP: false,
  ContinueOnError: false,
};

/** The words are those of the operation, so that a test sees whose refusal it was. */
export function refusalOf(operation: Operation): Diagnosis {
  return { code: 'OS305', what: `No to ${nameOperation(operation)}.`, cause: 'c', next: 'n' };
}

function isSame(one: JsonValue | undefined, other: JsonValue): boolean {
  return typeof one === 'string' && typeof other === 'string'
    ? one.toLowerCase() === other.toLowerCase()
    : one === other;
}

function valuesOf(properties: TypedProperties): Row {
  return { ...jsonProperties(properties) };
}

function hasKey(key: TypedProperties): (row: Row) => boolean {
  return (row) => Object.entries(jsonProperties(key)).every(([name, value]) => isSame(row[name], value));
}

/** What is wanted for image `LAB0000<place>`; its updates are <place>1 and <place>2. */
export function intended(place = 1, change: Partial<IntendedSchedule> = {}): IntendedSchedule {
  return {
    name: `Run of image ${place}`,
    description: 'a run',
    image: {
      class: 'SMS_ImagePackage',
      packageId: `LAB0000${place}` as PackageId,
      name: `Image ${place}`,
      version: undefined,
      sourcePath: undefined,
      sourceSite: 'LAB' as SiteCode,
    },
    siteServer: 'cm01.lab.example',
    updates: [(place * 10 + 1) as CiId, (place * 10 + 2) as CiId],
    start: { kind: 'now' },
    updateDistributionPoints: true,
    continueOnError: false,
    cleanupProperty: undefined,
    ...change,
  };
}

export function inWriting(first = intended(), ...others: readonly IntendedSchedule[]): SchedulesInWriting {
  return [notYetWritten(first), ...others.map(notYetWritten)];
}

/** A schedule in writing whose ID is known and whose objects are at the site, as the name of each step says. */
export function written(
  site: SiteInMemory,
  step: 'draft' | 'linked' | 'whole' | 'started',
  which = intended(),
): ScheduleInWriting {
  const schedule = notYetWritten(which);
  const id = site.nextId++;
  schedule.scheduleId = id as ScheduleId;
  const isStarted = step === 'started';
  site.rows(SCHEDULE).push({
    ...PLAIN_SCHEDULE,
    ScheduleID: id,
    Name: which.name,
    Action: isStarted ? 1 : 0,
    ...(isStarted ? { Schedule: '0001170000000000' } : {}),
  });
  if (step === 'draft') return schedule;
  site.rows(IMAGE_LINK).push({ ScheduleID: id, ImagePackageID: which.image.packageId });
  for (const update of which.updates) site.rows(UPDATE_LINK).push({ ScheduleID: id, UpdateID: update });
  schedule.linksSent = true;
  schedule.isWhole = step !== 'linked';
  schedule.startSent = isStarted;
  return schedule;
}

/** Writes, and gives the error of a run that could not. */
export async function writeTo(
  site: SiteInMemory,
  schedules: SchedulesInWriting = inWriting(),
  order: WriteOrder = 'draft-first',
  look: { readonly ifScheduled?: ServicingRequest['ifScheduled']; readonly before?: OtherSchedules } = {},
): Promise<
  | { readonly error: Diagnosis; readonly done: undefined }
  | { readonly error: undefined; readonly done: NumberedSchedules }
> {
  try {
    const lastLook = {
      ifScheduled: look.ifScheduled ?? 'fail',
      before: look.before ?? nothingBefore(schedules),
    };
    return { done: await writeSchedules(site.access, schedules, order, lastLook), error: undefined };
  } catch (error) {
    if (!(error instanceof DiagnosedError)) throw error;
    return { error: error.diagnoses[0], done: undefined };
  }
}

/** What a run knew of other schedules before it wrote; by default that there were none. */
export function nothingBefore(
  schedules: SchedulesInWriting,
  known: readonly OtherSchedule[] = [],
): OtherSchedules {
  return schedules.map(({ intended: { image } }) => ({
    image,
    clock: { siteCode: image.sourceSite, zone: undefined },
    schedules: known,
  }));
}

export async function undoAt(
  site: SiteInMemory,
  schedules: SchedulesInWriting,
  isHurried = false,
): Promise<readonly Remains[]> {
  return undoSchedules(
    { site: site.access, isHurried: () => isHurried, release: () => undefined },
    schedules,
  );
}
