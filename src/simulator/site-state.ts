import type { SimulatorClock } from './clock.js';
import { classesOfSite, type ClassDefinition, type Properties, type Value } from './class-definitions.js';
import { foldText } from './odata-filter.js';
import { viewRows } from './site-views.js';
import type { AccessDescription, ClassChange, Operation, OwnSite } from './site-description.js';

/** The values of an object's key, made comparable: texts without regard to case, as WMI compares keys. */
export type ObjectKey = (string | number) & { readonly kind: 'ObjectKey' };

interface StoredObject {
  readonly properties: Properties;
  /** Until then only a read by key finds it. */
  readonly visibleAt: number;
}

/** What the component ran: the links as they were at the moment in which it took the schedule. */
export interface ServicingRun {
  readonly scheduleId: number;
  readonly imagePackageIds: readonly string[];
  readonly updateIds: readonly number[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly why: 'run-now' | 'due';
}

export type ServicingPhase = 'mounting' | 'applying' | 'unmounting' | 'discarding' | 'copying';

/** A step of the component, as it begins. */
export interface ServicingStep {
  /** Milliseconds since the epoch, by the site's own clock. */
  readonly at: number;
  readonly scheduleId: number;
  readonly packageId: string;
  readonly phase: ServicingPhase;
  /** 0 where the step is not about one index. */
  readonly index: number;
  /** 0 where the step is not about one update. */
  readonly ciId: number;
}

const fold = (value: string | number): string | number =>
  typeof value === 'string' ? foldText(value) : value;

/** The objects of one class, found by key and by the value of any single property of the key. */
class ObjectTable {
  readonly definition: ClassDefinition;
  readonly objects = new Map<ObjectKey, StoredObject>();
  readonly #isFoundByKey: boolean;
  readonly #byValue = new Map<string, Map<string | number, Set<ObjectKey>>>();

  /** The rows of a view can have one and the same key. */
  constructor(definition: ClassDefinition, isView = false) {
    this.definition = definition;
    this.#isFoundByKey = definition.keys.length === 1 && !isView;
  }

  /** A key that no row has yet: the first row of a view is the one that a read by key finds. */
  freeKeyOf(properties: Properties): ObjectKey {
    const key = this.keyOf(properties);
    if (!this.objects.has(key)) return key;
    return `${key}\u0000${this.objects.size}` as ObjectKey;
  }

  keyOf(properties: Properties): ObjectKey {
    const values = this.definition.keys.map((key) => keyValue(properties[key.name]));
    const [only] = values;
    return (values.length === 1 && only !== undefined ? only : values.join('\u0000')) as ObjectKey;
  }

  set(key: ObjectKey, stored: StoredObject): void {
    const known = this.objects.has(key);
    this.objects.set(key, stored);
    if (!known) {
      for (const [property, index] of this.#byValue) {
        addTo(index, keyValue(stored.properties[property]), key);
      }
    }
  }

  delete(key: ObjectKey): boolean {
    const stored = this.objects.get(key);
    if (stored === undefined) {
      return false;
    }
    for (const [property, index] of this.#byValue) {
      index.get(keyValue(stored.properties[property]))?.delete(key);
    }
    return this.objects.delete(key);
  }

  /** The objects that have one of these values in a property of the key, each once. */
  *withValues(property: string, values: readonly (string | number)[]): Generator<StoredObject> {
    const wanted = new Set(values.map(fold));
    const index = this.#isFoundByKey ? undefined : this.#indexOf(property);
    for (const value of wanted) {
      for (const key of index?.get(value) ?? [value as ObjectKey]) {
        const stored = this.objects.get(key);
        if (stored !== undefined) {
          yield stored;
        }
      }
    }
  }

  #indexOf(property: string): Map<string | number, Set<ObjectKey>> {
    const known = this.#byValue.get(property);
    if (known !== undefined) {
      return known;
    }
    const index = new Map<string | number, Set<ObjectKey>>();
    for (const [key, stored] of this.objects) {
      addTo(index, keyValue(stored.properties[property]), key);
    }
    this.#byValue.set(property, index);
    return index;
  }
}

const keyValue = (value: Value | undefined): string | number =>
  typeof value === 'string' || typeof value === 'number' ? fold(value) : '';

function addTo(index: Map<string | number, Set<ObjectKey>>, value: string | number, key: ObjectKey): void {
  const found = index.get(value);
  if (found === undefined) {
    index.set(value, new Set([key]));
  } else {
    found.add(key);
  }
}

export interface SiteStateOptions {
  readonly site: OwnSite;
  readonly access: AccessDescription;
  readonly classes: readonly ClassChange[];
  readonly clock: SimulatorClock;
  readonly invisibleMilliseconds: number;
}

/**
 * Everything that the site holds, and what the logged-in account may see of it. The methods whose name begins with
 * `account` answer as the account; the others see everything, as the site's own components and the tests do.
 */
export class SiteState {
  readonly site: OwnSite;
  readonly classes: ReadonlyMap<string, ClassDefinition>;
  readonly servicingRuns: ServicingRun[] = [];
  readonly servicingSteps: ServicingStep[] = [];
  /** Schedules that were deleted while the component worked on them. */
  readonly deletedWhileRunning: number[] = [];
  readonly #tables = new Map<string, ObjectTable>();
  readonly #access: AccessDescription;
  readonly #clock: SimulatorClock;
  readonly #invisibleMilliseconds: number;
  // The first schedule of a site was seen with 0x01000001.
  #nextScheduleId = 0x01000001;

  constructor(options: SiteStateOptions) {
    this.site = options.site;
    this.classes = classesOfSite(options.classes);
    this.#access = options.access;
    this.#clock = options.clock;
    this.#invisibleMilliseconds = options.invisibleMilliseconds;
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#clock.now();
  }

  /** The definition of a class, whatever the case of its name; undefined where the site has none. */
  classNamed(name: string): ClassDefinition | undefined {
    return this.classes.get(name.toLowerCase());
  }

  /** All objects of a class, also those that the account may not see and those that filters do not find yet. */
  objects(className: string): readonly Properties[] {
    return [...this.#table(className).objects.values()].map((stored) => stored.properties);
  }

  /** The object with the key that `key` holds among its values. */
  object(className: string, key: Properties): Properties | undefined {
    const table = this.#table(className);
    return table.objects.get(table.keyOf(key))?.properties;
  }

  /** Puts an object into the site, in place of one with the same key; every query finds it at once. */
  put(className: string, properties: Properties): void {
    const table = this.#table(className);
    table.set(table.keyOf(properties), { properties, visibleAt: Number.NEGATIVE_INFINITY });
  }

  /** Changes some properties of an object; false where there is no such object. */
  change(className: string, key: Properties, changes: Properties): boolean {
    const table = this.#table(className);
    const stored = table.objects.get(table.keyOf(key));
    if (stored === undefined) {
      return false;
    }
    const properties = { ...stored.properties, ...changes };
    table.set(table.keyOf(key), { properties, visibleAt: stored.visibleAt });
    return true;
  }

  /** False where there is no such object. */
  remove(className: string, key: Properties): boolean {
    const table = this.#table(className);
    return table.delete(table.keyOf(key));
  }

  /** Objects by the values of one property of their key, without reading the whole class. */
  objectsWith(className: string, property: string, values: readonly (string | number)[]): Properties[] {
    return [...this.#table(className).withValues(property, values)].map((stored) => stored.properties);
  }

  /** A ScheduleID that no schedule has. */
  newScheduleId(): number {
    while (this.object('SMS_ImageServicingSchedule', { ScheduleID: this.#nextScheduleId }) !== undefined) {
      this.#nextScheduleId += 1;
    }
    this.#nextScheduleId += 1;
    return this.#nextScheduleId - 1;
  }

  accountMay(operation: Operation, className: string): boolean {
    return !this.#access.denied.some(
      (denied) =>
        denied.class.toLowerCase() === className.toLowerCase() && denied.operations.includes(operation),
    );
  }

  accountSees(className: string, properties: Properties): boolean {
    return !this.#access.hidden.some(
      (hidden) =>
        hidden.class.toLowerCase() === className.toLowerCase() &&
        Object.entries(hidden.where).every(([name, value]) => keyValue(properties[name]) === fold(value)),
    );
  }

  /** What a read by key finds: also an object that was made just now. */
  accountObject(className: string, key: Properties): Properties | undefined {
    const found = this.object(className, key);
    return found !== undefined && this.accountSees(className, found) ? found : undefined;
  }

  /** What a query goes through: without the objects that were made just now. */
  *accountRows(
    className: string,
    within?: { readonly property: string; readonly values: readonly (string | number)[] },
  ): Generator<Properties> {
    const table = this.#table(className);
    const now = this.#clock.now();
    const restricted = this.#access.hidden.some(
      (hidden) => hidden.class.toLowerCase() === className.toLowerCase(),
    );
    const rows =
      within === undefined ? table.objects.values() : table.withValues(within.property, within.values);
    for (const { properties, visibleAt } of rows) {
      if (visibleAt <= now && (!restricted || this.accountSees(className, properties))) {
        yield properties;
      }
    }
  }

  /** Writes as the account: a new object stays invisible to queries for a while, a changed one does not. */
  accountPut(className: string, properties: Properties): void {
    const table = this.#table(className);
    const key = table.keyOf(properties);
    const visibleAt = table.objects.get(key)?.visibleAt ?? this.#clock.now() + this.#invisibleMilliseconds;
    table.set(key, { properties, visibleAt });
  }

  #table(className: string): ObjectTable {
    const name = className.toLowerCase();
    const known = this.#tables.get(name);
    if (known !== undefined) {
      return known;
    }
    const definition = this.classNamed(className);
    const rows = definition === undefined ? undefined : viewRows(definition.name, this);
    if (definition !== undefined && rows !== undefined) {
      const view = new ObjectTable(definition, true);
      for (const properties of rows) {
        view.set(view.freeKeyOf(properties), { properties, visibleAt: Number.NEGATIVE_INFINITY });
      }
      return view;
    }
    // A class that the site description took away is empty for the site's own components too.
    const table = new ObjectTable(definition ?? { ...NO_CLASS, name: className });
    if (definition !== undefined) {
      this.#tables.set(name, table);
    }
    return table;
  }
}

const NO_CLASS: Omit<ClassDefinition, 'name'> = {
  derivation: ['SMS_BaseClass'],
  properties: [],
  keys: [],
  methods: [],
  writable: false,
  keyFromSite: false,
};
