import type { Answer } from '../../src/simulator/answer.js';
import type { ClassDefinition, MethodDefinition, Properties } from '../../src/simulator/class-definitions.js';
import { invokeWith } from '../../src/simulator/invoke-methods.js';
import { ACCESS_DENIED, notFound, ODataError } from '../../src/simulator/odata-error.js';
import { checkRequired } from '../../src/simulator/request-body.js';
import type { RunningSimulator } from '../../src/simulator/simulated-site.js';
import type { Operation } from '../../src/simulator/site-description.js';
import { createWith, deleteObject, updateWith } from '../../src/simulator/write-objects.js';
import { cimObject, takenValues, type SentProperty } from './cim-values.js';
import { compileWhere, necessaryValues, propertyOf } from './wql-filter.js';
import { providerError, WmiError, type CimObject, type CimValue, type ProviderWords } from './wmi-error.js';
import { parseWql, termsOf, WqlError, type WqlQuery } from './wql.js';

export interface SiteNamespaceOptions {
  readonly site: RunningSimulator;
  /** `root\sms\site_LAB`. */
  readonly path: string;
  /** A query with more comparisons is a quota violation. */
  readonly longestQueryTerms: number;
  /** Whether New-CimInstance gets the key that the site gave to an object. */
  readonly newInstanceKey: 'assigned' | 'empty';
}

/** `root\SMS\site_…`: the site's objects by the rules of WMI. Every failure is a WmiError. */
export class SiteNamespace {
  readonly #options: SiteNamespaceOptions;

  constructor(options: SiteNamespaceOptions) {
    this.#options = options;
  }

  get path(): string {
    return this.#options.path;
  }

  query(text: string): readonly CimObject[] {
    const query = orInvalid(() => parseWql(text));
    const of = this.#class(query.className);
    this.#may('read', of, 'ExecQuery');
    if (termsOf(query.where) > this.#options.longestQueryTerms) throw new WmiError('0x8004106c');
    return orInvalid(() => this.#rows(query, of));
  }

  enumerate(className: string): readonly CimObject[] {
    return this.query(`SELECT * FROM ${className}`);
  }

  get(className: string, sent: readonly SentProperty[]): CimObject {
    const of = this.#class(className);
    this.#may('read', of, 'GetInstance');
    return cimObject(of, this.#options.path, this.#found(of, sent), { lazyFilled: true });
  }

  create(className: string, sent: readonly SentProperty[]): CimObject {
    const of = this.#class(className);
    this.#may('create', of, 'PutInstance');
    const values = takenValues(of.properties, sent);
    const { state } = this.#options.site;
    const hasKey = of.keys.every(({ name }) => name in values);
    // MI creates with the flag that an object which is there already is a failure.
    if (hasKey && state.object(of.name, values) !== undefined) throw new WmiError('0x80041019');
    const read = (): Properties => onlyWritable(of, values);
    const answer = this.#provider('PutInstance', () => createWith(this.#write(), of, read));
    const key = Object.fromEntries(of.keys.map(({ name }) => [name, answer[name] as string | number]));
    if (this.#options.newInstanceKey === 'empty' && of.keyFromSite) {
      return cimObject(of, this.#options.path, values, { lazyFilled: false });
    }
    // The cmdlet reads what it has made, by its key.
    this.#may('read', of, 'GetInstance');
    const made = state.accountObject(of.name, key);
    if (made === undefined) throw new WmiError('0x80041002');
    return cimObject(of, this.#options.path, made, { lazyFilled: true });
  }

  /** The whole instance is sent, also what was not changed. */
  modify(className: string, sent: readonly SentProperty[]): void {
    const of = this.#class(className);
    this.#may('update', of, 'PutInstance');
    const found = this.#found(
      of,
      sent.filter(({ key }) => key),
    );
    const changed = sent.filter(({ modified }) => modified);
    for (const name of Object.keys(takenValues(of.properties, changed))) {
      if (!propertyOf(of, name).writable) {
        throw providerError({
          description: `The property '${name}' is read-only.`,
          operation: 'PutInstance',
        });
      }
    }
    const kept = sent.filter(
      ({ name, value, modified }) =>
        modified || (value !== null && of.properties.some((one) => one.name === name && one.writable)),
    );
    const values = takenValues(of.properties, kept);
    this.#provider('PutInstance', () => updateWith(this.#write(), of, keyText(of, found), () => values));
  }

  remove(className: string, sent: readonly SentProperty[]): void {
    const of = this.#class(className);
    this.#may('delete', of, 'DeleteInstance');
    const found = this.#found(of, sent);
    this.#provider('DeleteInstance', () => deleteObject(this.#write(), of, keyText(of, found)));
  }

  invoke(className: string, methodName: string, sent: readonly SentProperty[]): readonly CimValue[] {
    const of = this.#class(className);
    const method = of.methods.find(({ name }) => name.toLowerCase() === methodName.toLowerCase());
    if (method === undefined) throw new WmiError('0x80041055');
    if (!method.static) throw new WmiError('0x80041008');
    const values = takenValues(method.parameters, sent);
    this.#may('invoke', of, 'ExecMethod');
    const answer = this.#provider('ExecMethod', () =>
      invokeWith(this.#invoke(), of, method.name, () => {
        checkRequired(`${of.name}.${method.name}`, method.parameters, values);
        return values;
      }),
    );
    return [{ name: 'ReturnValue', type: 'UInt32', value: Number(answer['ReturnValue']) }];
  }

  describe(className: string): ClassText {
    const of = this.#class(className);
    return {
      class: of.name,
      properties: cimObject(of, this.#options.path, {}, { lazyFilled: false }).properties.map(
        ({ name, type }) => ({ name, type }),
      ),
      methods: of.methods.map(methodText),
    };
  }

  #class(name: string): ClassDefinition {
    const of = this.#options.site.state.classNamed(name);
    if (of === undefined) throw new WmiError('0x80041010');
    return of;
  }

  #rows(query: WqlQuery, of: ClassDefinition): readonly CimObject[] {
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
  #found(of: ClassDefinition, sent: readonly SentProperty[]): Properties {
    const key = takenValues(of.keys, sent);
    if (Object.keys(key).length !== of.keys.length || sent.some((one) => !one.key))
      throw new WmiError('0x80041008');
    const found = this.#options.site.state.accountObject(of.name, key);
    if (found === undefined) throw new WmiError('0x80041002');
    return found;
  }

  #may(operation: Operation, of: ClassDefinition, called: ProviderWords['operation']): void {
    if (this.#options.site.state.accountMay(operation, of.name)) return;
    throw providerError({ description: 'Access denied', operation: called, hresult: '0x80041003' });
  }

  /** Has the site do something, and tells its refusals as the provider does. */
  #provider(operation: ProviderWords['operation'], act: () => Answer): Readonly<Record<string, unknown>> {
    try {
      const text = [...act().body].join('');
      return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
    } catch (error) {
      if (!(error instanceof ODataError)) throw error;
      const hresult = error.message === ACCESS_DENIED ? '0x80041003' : '0x80041001';
      throw providerError({ description: error.message, operation, hresult });
    }
  }

  #write(): Parameters<typeof createWith>[0] {
    const { state, component } = this.#options.site;
    return { state, component, serviceUrl: '' };
  }

  #invoke(): Parameters<typeof invokeWith>[0] {
    return { ...this.#write(), clock: this.#options.site.clock, manners: this.#options.site.manners };
  }
}

/** A class as Get-CimClass shows it. */
export interface ClassText {
  readonly class: string;
  readonly properties: readonly { readonly name: string; readonly type: string }[];
  readonly methods: readonly {
    readonly name: string;
    readonly static: boolean;
    readonly parameters: readonly { readonly name: string; readonly type: string }[];
  }[];
}

function methodText({ name, static: isStatic, parameters }: MethodDefinition): ClassText['methods'][number] {
  return {
    name,
    static: isStatic,
    parameters: parameters.map((one) => ({
      name: one.name,
      type: typeof one.type === 'string' ? one.type : 'Instance',
    })),
  };
}

/** Refuses what only the site writes. */
function onlyWritable(of: ClassDefinition, values: Properties): Properties {
  const [name] = Object.keys(values).filter((one) => !propertyOf(of, one).writable);
  if (name !== undefined) throw notFound(`The property '${name}' is read-only.`);
  return values;
}

function keyText(of: ClassDefinition, row: Properties): Parameters<typeof updateWith>[2] {
  return {
    kind: 'named',
    values: new Map(of.keys.map(({ name }) => [name, row[name] as string | number])),
  };
}

function orInvalid<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof WqlError) throw new WmiError('0x80041017');
    throw error;
  }
}
