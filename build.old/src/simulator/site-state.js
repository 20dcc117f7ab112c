import { classesOfSite } from './class-definitions.js';
import { foldText } from './odata-filter.js';
import { viewRows } from './site-views.js';
const fold = (value) => typeof value === 'string' ? foldText(value) : value;
/** The objects of one class, found by key and by the value of any single property of the key. */
class ObjectTable {
    definition;
    objects = new Map();
    #isFoundByKey;
    #byValue = new Map();
    /** The rows of a view can have one and the same key. */
    constructor(definition, isView = false) {
        this.definition = definition;
        this.#isFoundByKey = definition.keys.length === 1 && !isView;
    }
    /** A key that no row has yet: the first row of a view is the one that a read by key finds. */
    freeKeyOf(properties) {
        const key = this.keyOf(properties);
        if (!this.objects.has(key))
            return key;
        return `${key}\u0000${this.objects.size}`;
    }
    keyOf(properties) {
        const values = this.definition.keys.map((key) => keyValue(properties[key.name]));
        const [only] = values;
        return (values.length === 1 && only !== undefined ? only : values.join('\u0000'));
    }
    set(key, stored) {
        const known = this.objects.has(key);
        this.objects.set(key, stored);
        if (!known) {
            for (const [property, index] of this.#byValue) {
                addTo(index, keyValue(stored.properties[property]), key);
            }
        }
    }
    delete(key) {
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
    *withValues(property, values) {
        const wanted = new Set(values.map(fold));
        const index = this.#isFoundByKey ? undefined : this.#indexOf(property);
        for (const value of wanted) {
            for (const key of index?.get(value) ?? [value]) {
                const stored = this.objects.get(key);
                if (stored !== undefined) {
                    yield stored;
                }
            }
        }
    }
    #indexOf(property) {
        const known = this.#byValue.get(property);
        if (known !== undefined) {
            return known;
        }
        const index = new Map();
        for (const [key, stored] of this.objects) {
            addTo(index, keyValue(stored.properties[property]), key);
        }
        this.#byValue.set(property, index);
        return index;
    }
}
const keyValue = (value) => typeof value === 'string' || typeof value === 'number' ? fold(value) : '';
function addTo(index, value, key) {
    const found = index.get(value);
    if (found === undefined) {
        index.set(value, new Set([key]));
    }
    else {
        found.add(key);
    }
}
/**
 * Everything that the site holds, and what the logged-in account may see of it. The methods whose name begins with
 * `account` answer as the account; the others see everything, as the site's own components and the tests do.
 */
export class SiteState {
    site;
    classes;
    servicingRuns = [];
    /** Schedules that were deleted while the component worked on them. */
    deletedWhileRunning = [];
    #tables = new Map();
    #access;
    #clock;
    #invisibleMilliseconds;
    // The first schedule of a site was seen with 0x01000001.
    #nextScheduleId = 0x01000001;
    constructor(options) {
        this.site = options.site;
        this.classes = classesOfSite(options.classes);
        this.#access = options.access;
        this.#clock = options.clock;
        this.#invisibleMilliseconds = options.invisibleMilliseconds;
    }
    /** The definition of a class, whatever the case of its name; undefined where the site has none. */
    classNamed(name) {
        return this.classes.get(name.toLowerCase());
    }
    /** All objects of a class, also those that the account may not see and those that filters do not find yet. */
    objects(className) {
        return [...this.#table(className).objects.values()].map((stored) => stored.properties);
    }
    /** The object with the key that `key` holds among its values. */
    object(className, key) {
        const table = this.#table(className);
        return table.objects.get(table.keyOf(key))?.properties;
    }
    /** Puts an object into the site, in place of one with the same key; every query finds it at once. */
    put(className, properties) {
        const table = this.#table(className);
        table.set(table.keyOf(properties), { properties, visibleAt: Number.NEGATIVE_INFINITY });
    }
    /** Changes some properties of an object; false where there is no such object. */
    change(className, key, changes) {
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
    remove(className, key) {
        const table = this.#table(className);
        return table.delete(table.keyOf(key));
    }
    /** Objects by the values of one property of their key, without reading the whole class. */
    objectsWith(className, property, values) {
        return [...this.#table(className).withValues(property, values)].map((stored) => stored.properties);
    }
    /** A ScheduleID that no schedule has. */
    newScheduleId() {
        while (this.object('SMS_ImageServicingSchedule', { ScheduleID: this.#nextScheduleId }) !== undefined) {
            this.#nextScheduleId += 1;
        }
        this.#nextScheduleId += 1;
        return this.#nextScheduleId - 1;
    }
    accountMay(operation, className) {
        return !this.#access.denied.some((denied) => denied.class.toLowerCase() === className.toLowerCase() && denied.operations.includes(operation));
    }
    accountSees(className, properties) {
        return !this.#access.hidden.some((hidden) => hidden.class.toLowerCase() === className.toLowerCase() &&
            Object.entries(hidden.where).every(([name, value]) => keyValue(properties[name]) === fold(value)));
    }
    /** What a read by key finds: also an object that was made just now. */
    accountObject(className, key) {
        const found = this.object(className, key);
        return found !== undefined && this.accountSees(className, found) ? found : undefined;
    }
    /** What a query goes through: without the objects that were made just now. */
    *accountRows(className, within) {
        const table = this.#table(className);
        const now = this.#clock.now();
        const restricted = this.#access.hidden.some((hidden) => hidden.class.toLowerCase() === className.toLowerCase());
        const rows = within === undefined ? table.objects.values() : table.withValues(within.property, within.values);
        for (const { properties, visibleAt } of rows) {
            if (visibleAt <= now && (!restricted || this.accountSees(className, properties))) {
                yield properties;
            }
        }
    }
    /** Writes as the account: a new object stays invisible to queries for a while, a changed one does not. */
    accountPut(className, properties) {
        const table = this.#table(className);
        const key = table.keyOf(properties);
        const visibleAt = table.objects.get(key)?.visibleAt ?? this.#clock.now() + this.#invisibleMilliseconds;
        table.set(key, { properties, visibleAt });
    }
    #table(className) {
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
const NO_CLASS = {
    derivation: ['SMS_BaseClass'],
    properties: [],
    keys: [],
    methods: [],
    writable: false,
    keyFromSite: false,
};
//# sourceMappingURL=site-state.js.map