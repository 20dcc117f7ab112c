import { invokeStatic } from '../../src/simulator/invoke-methods.js';
import { ACCESS_DENIED, ODataError } from '../../src/simulator/odata-error.js';
import { createObject, deleteObject, updateObject } from '../../src/simulator/write-objects.js';
import { cimObject, takenValues } from './cim-values.js';
import { compileWhere, necessaryValues, propertyOf } from './wql-filter.js';
import { providerError, WmiError } from './wmi-error.js';
import { parseWql, termsOf, WqlError } from './wql.js';
/** `root\SMS\site_…`: the site's objects by the rules of WMI. Every failure is a WmiError. */
export class SiteNamespace {
    #options;
    constructor(options) {
        this.#options = options;
    }
    get path() {
        return this.#options.path;
    }
    query(text) {
        const query = orInvalid(() => parseWql(text));
        const of = this.#class(query.className);
        this.#may('read', of, 'ExecQuery');
        if (termsOf(query.where) > this.#options.longestQueryTerms)
            throw new WmiError('0x8004106c');
        return orInvalid(() => this.#rows(query, of));
    }
    enumerate(className) {
        return this.query(`SELECT * FROM ${className}`);
    }
    get(className, sent) {
        const of = this.#class(className);
        this.#may('read', of, 'GetInstance');
        return cimObject(of, this.#options.path, this.#found(of, sent), { lazyFilled: true });
    }
    create(className, sent) {
        const of = this.#class(className);
        this.#may('create', of, 'PutInstance');
        const values = takenValues(of.properties, sent);
        const { state } = this.#options.site;
        const hasKey = of.keys.every(({ name }) => name in values);
        // MI creates with the flag that an object which is there already is a failure.
        if (hasKey && state.object(of.name, values) !== undefined)
            throw new WmiError('0x80041019');
        const answer = this.#provider('PutInstance', () => createObject(this.#write(), of, JSON.stringify(values)));
        const key = Object.fromEntries(of.keys.map(({ name }) => [name, answer[name]]));
        if (this.#options.newInstanceKey === 'empty' && of.keyFromSite) {
            return cimObject(of, this.#options.path, values, { lazyFilled: false });
        }
        // The cmdlet reads what it has made, by its key.
        this.#may('read', of, 'GetInstance');
        const made = state.accountObject(of.name, key);
        if (made === undefined)
            throw new WmiError('0x80041002');
        return cimObject(of, this.#options.path, made, { lazyFilled: true });
    }
    /** The whole instance is sent, also what was not changed. */
    modify(className, sent) {
        const of = this.#class(className);
        this.#may('update', of, 'PutInstance');
        const found = this.#found(of, sent.filter(({ key }) => key));
        const changed = sent.filter(({ modified }) => modified);
        for (const name of Object.keys(takenValues(of.properties, changed))) {
            if (!propertyOf(of, name).writable) {
                throw providerError({
                    description: `The property '${name}' is read-only.`,
                    operation: 'PutInstance',
                });
            }
        }
        const kept = sent.filter(({ name, value, modified }) => modified || (value !== null && of.properties.some((one) => one.name === name && one.writable)));
        const values = takenValues(of.properties, kept);
        this.#provider('PutInstance', () => updateObject(this.#write(), of, keyText(of, found), JSON.stringify(values)));
    }
    remove(className, sent) {
        const of = this.#class(className);
        this.#may('delete', of, 'DeleteInstance');
        const found = this.#found(of, sent);
        this.#provider('DeleteInstance', () => deleteObject(this.#write(), of, keyText(of, found)));
    }
    invoke(className, methodName, sent) {
        const of = this.#class(className);
        const method = of.methods.find(({ name }) => name.toLowerCase() === methodName.toLowerCase());
        if (method === undefined)
            throw new WmiError('0x80041055');
        if (!method.static)
            throw new WmiError('0x80041008');
        const values = takenValues(method.parameters, sent);
        this.#may('invoke', of, 'ExecMethod');
        const answer = this.#provider('ExecMethod', () => invokeStatic(this.#invoke(), of, method.name, JSON.stringify(values)));
        return [{ name: 'ReturnValue', type: 'UInt32', value: Number(answer['ReturnValue']) }];
    }
    describe(className) {
        const of = this.#class(className);
        return {
            class: of.name,
            properties: cimObject(of, this.#options.path, {}, { lazyFilled: false }).properties.map(({ name, type }) => ({ name, type })),
            methods: of.methods.map(methodText),
        };
    }
    #class(name) {
        const of = this.#options.site.state.classNamed(name);
        if (of === undefined)
            throw new WmiError('0x80041010');
        return of;
    }
    #rows(query, of) {
        // A provider may bring more than was asked for: here the key.
        const names = query.properties
            ?.map((name) => propertyOf(of, name).name)
            .concat(of.keys.map(({ name }) => name));
        const test = query.where === undefined ? () => true : compileWhere(query.where, of);
        const { state } = this.#options.site;
        const rows = state.accountRows(of.name, necessaryValues(query.where, of));
        return [...rows]
            .filter(test)
            .map((row) => cimObject(of, this.#options.path, row, { names, lazyFilled: false }));
    }
    /** The object with the key that the sent properties are, no more and no fewer of them. */
    #found(of, sent) {
        const key = takenValues(of.keys, sent);
        if (Object.keys(key).length !== of.keys.length || sent.some((one) => !one.key))
            throw new WmiError('0x80041008');
        const found = this.#options.site.state.accountObject(of.name, key);
        if (found === undefined)
            throw new WmiError('0x80041002');
        return found;
    }
    #may(operation, of, called) {
        if (this.#options.site.state.accountMay(operation, of.name))
            return;
        throw providerError({ description: 'Access denied', operation: called, hresult: '0x80041003' });
    }
    /** Has the site do something, and tells its refusals as the provider does. */
    #provider(operation, act) {
        try {
            const text = [...act().body].join('');
            return text === '' ? {} : JSON.parse(text);
        }
        catch (error) {
            if (!(error instanceof ODataError))
                throw error;
            const hresult = error.message === ACCESS_DENIED ? '0x80041003' : '0x80041001';
            throw providerError({ description: error.message, operation, hresult });
        }
    }
    #write() {
        const { state, component } = this.#options.site;
        return { state, component, serviceUrl: '' };
    }
    #invoke() {
        return { ...this.#write(), clock: this.#options.site.clock, manners: this.#options.site.manners };
    }
}
function methodText({ name, static: isStatic, parameters }) {
    return {
        name,
        static: isStatic,
        parameters: parameters.map((one) => ({
            name: one.name,
            type: typeof one.type === 'string' ? one.type : 'Instance',
        })),
    };
}
function keyText(of, row) {
    return {
        kind: 'named',
        values: new Map(of.keys.map(({ name }) => [name, row[name]])),
    };
}
function orInvalid(act) {
    try {
        return act();
    }
    catch (error) {
        if (error instanceof WqlError)
            throw new WmiError('0x80041017');
        throw error;
    }
}
//# sourceMappingURL=site-namespace.js.map