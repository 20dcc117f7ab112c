import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import {
  serviceAddress,
  type LoginKind,
  type ServiceAddress,
} from '../provider/admin-service/service-address.js';
import { siteCode, type SiteCode } from '../site/identifiers.js';
import { InputErrors, shown } from './input-errors.js';
import {
  ALREADY_INSTALLED,
  AUTHENTICATIONS,
  INPUTS,
  type ConnectionKind,
  UNUSABLE_UPDATES,
  type InputDefinition,
  type InputName,
  type InputTexts,
} from './input-table.js';
import type { ConnectionRequest, Login, StepRequest } from './step-request.js';

/** How a host takes inputs. */
export interface InputHost {
  /** Where it puts an input, for messages: `--site-code` on a command line. */
  readonly spell: (name: InputName) => string;
  readonly connections: readonly ConnectionKind[];
}

/**
 * Turns texts into a typed request, or throws a DiagnosedError with everything that is wrong.
 * Reads the CA certificate file, to say at once when it is none. `foundBefore` is what the host found wrong itself.
 */
export function readInputs(
  texts: InputTexts,
  host: InputHost,
  foundBefore: readonly Diagnosis[] = [],
): StepRequest {
  const errors = new InputErrors(foundBefore);
  const inputs = new Inputs(texts, host, errors);

  const connection = readConnection(inputs);
  const code = readSiteCode(inputs);
  const server = readSiteServer(inputs);
  const image = inputs.one('image');
  const updateGroup = inputs.one('update-group');
  const updateDistributionPoints = inputs.boolean('update-distribution-points');
  const unusableUpdates = inputs.choice('unusable-updates', UNUSABLE_UPDATES);
  const alreadyInstalled = inputs.choice('already-installed', ALREADY_INSTALLED);
  const dryRun = inputs.boolean('dry-run');

  const [first, ...others] = errors.all;
  if (first !== undefined) throw new DiagnosedError(first, ...others);
  return {
    connection: certain(connection),
    servicing: {
      siteCode: code,
      siteServer: server,
      image: certain(image),
      updateGroup: certain(updateGroup),
      updateDistributionPoints: certain(updateDistributionPoints),
      unusableUpdates: certain(unusableUpdates),
      alreadyInstalled: certain(alreadyInstalled),
      dryRun: certain(dryRun),
    },
  };
}

/** A value whose absence would have been an input error before. */
function certain<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('An input is missing that no input error was given for.');
  return value;
}

class Inputs {
  readonly #texts: InputTexts;
  readonly host: InputHost;
  readonly errors: InputErrors;

  constructor(texts: InputTexts, host: InputHost, errors: InputErrors) {
    this.#texts = texts;
    this.host = host;
    this.errors = errors;
  }

  spell(name: InputName): string {
    return this.host.spell(name);
  }

  /** Without the white space around it; undefined when not given and without a default. */
  text(name: InputName): string | undefined {
    const given = this.#texts[name]?.trim() ?? '';
    if (given !== '') return given;
    const definition = INPUTS.find((input) => input.name === name);
    if (definition?.required === true) {
      return this.errors.add(
        'OS101',
        `${this.spell(name)} is missing.`,
        'The input is required.',
        definition.help,
      );
    }
    return definition?.default;
  }

  /** Whether somebody chose a value: a form sends the defaults of the inputs that it hides, too. */
  isChosen(name: InputName): boolean {
    const given = this.#texts[name]?.trim() ?? '';
    return given !== '' && given !== INPUTS.find((input) => input.name === name)?.default;
  }

  choice<Value extends string>(name: InputName, values: readonly Value[]): Value | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    const allowed = values.join(', ');
    return (
      values.find((value) => value === given) ??
      this.errors.add(
        'OS102',
        `${this.spell(name)} is ${shown(given)}.`,
        `Allowed is one of: ${allowed}.`,
        'Give one of them, in this spelling.',
      )
    );
  }

  boolean(name: InputName): boolean | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    if (given === 'true' || given === 'false') return given === 'true';
    return this.errors.add(
      'OS103',
      `${this.spell(name)} is ${shown(given)}.`,
      'Allowed is true or false, in lower case.',
      'Give one of the two. A boolean parameter of Azure Pipelines reads True or False: write ${{ lower(parameters.name) }}.',
    );
  }

  /** The one value of a list: one value a line or, in a single line, a comma between. */
  one(name: InputName): string | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    // With a line end, be it the last character, commas belong to the values.
    const separator = /[\r\n]/.test(this.#texts[name] ?? '') ? /[\r\n]+/ : ',';
    const [only, ...more] = given
      .split(separator)
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (only !== undefined && more.length === 0) return only;
    return this.errors.add(
      'OS110',
      `${this.spell(name)} names ${only === undefined ? 'nothing' : `${more.length + 1} values`}: ${shown(given)}.`,
      'This version takes one value a run. A comma separates values.',
      'Run the step once for each value, in a matrix of the pipeline. For a name with a comma give its ID, or end the line: then only lines separate values.',
    );
  }
}

function readConnection(inputs: Inputs): ConnectionRequest | undefined {
  const connection = inputs.choice('connection', inputs.host.connections);
  const authentication = inputs.choice('authentication', AUTHENTICATIONS);
  switch (connection) {
    case undefined:
      return undefined;
    case 'simulator':
      refuseUseless(inputs, connection);
      return { kind: 'simulator' };
    case 'admin-service': {
      const login = authentication && readLogin(inputs, authentication);
      const address = readSmsProvider(inputs, authentication ?? 'integrated');
      const caCertificate = readCaCertificate(inputs);
      return login && address && { kind: 'admin-service', address, login, caCertificate };
    }
  }
}

/** What is chosen for another connection would do nothing, which is hardly what is meant. */
function refuseUseless(inputs: Inputs, connection: ConnectionKind): void {
  const definitions: readonly InputDefinition[] = INPUTS;
  for (const { name, onlyWith, kind } of definitions) {
    // A secret is often set for a whole job.
    if (onlyWith === undefined || onlyWith.connection === connection || kind.is === 'secret') continue;
    if (!inputs.isChosen(name as InputName)) continue;
    inputs.errors.add(
      'OS107',
      `${inputs.spell(name as InputName)} has no use with connection: ${connection}.`,
      `It belongs to connection: ${onlyWith.connection}, and would do nothing here.`,
      'Leave out one of the two.',
    );
  }
}

function readLogin(inputs: Inputs, authentication: LoginKind): Login | undefined {
  if (authentication === 'integrated') return { kind: 'integrated' };
  const token = inputs.text('token');
  if (token === undefined) {
    return inputs.errors.add(
      'OS108',
      'authentication is token, and there is no token.',
      `${inputs.spell('token')} is not set, or is empty.`,
      'Set it from a secret of the pipeline. It is never taken as an argument, where others on the machine could read it.',
    );
  }
  // A header value: anything else would let a token add headers of its own.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return inputs.errors.add(
      'OS106',
      `${inputs.spell('token')} is no bearer token.`,
      'It holds white space, line ends or other characters that a token never has.',
      'Take the access token alone, without "Bearer" before it.',
    );
  }
  return { kind: 'token', token };
}

function readSmsProvider(inputs: Inputs, login: LoginKind): ServiceAddress | undefined {
  const given = inputs.text('sms-provider');
  if (given === undefined) {
    return inputs.errors.add(
      'OS101',
      `${inputs.spell('sms-provider')} is missing.`,
      'The input is required with connection: admin-service.',
      'Give the FQDN of the SMS Provider, for example cm01.corp.example.com.',
    );
  }
  return (
    serviceAddress(given, login) ??
    inputs.errors.add(
      'OS106',
      `${inputs.spell('sms-provider')} is ${shown(given)}.`,
      'Allowed is a host name, or an https address that ends in /AdminService or /AdminService_TokenAuth.',
      'Give the FQDN of the SMS Provider, for example cm01.corp.example.com.',
    )
  );
}

function readCaCertificate(inputs: Inputs): string | undefined {
  const given = inputs.text('ca-certificate');
  if (given === undefined) return undefined;
  const path = resolve(given);
  const wanted =
    'Give the path of a PEM file: a Base-64 certificate between BEGIN CERTIFICATE and END CERTIFICATE.';
  try {
    const content = readFileSync(path, 'latin1');
    if (content.includes('PRIVATE KEY')) {
      return inputs.errors.add(
        'OS109',
        `${inputs.spell('ca-certificate')}: ${shown(path)} holds a private key.`,
        'Only public certificates belong on a runner.',
        wanted,
      );
    }
    if (content.includes('-----BEGIN CERTIFICATE-----')) return path;
    return inputs.errors.add(
      'OS109',
      `${inputs.spell('ca-certificate')}: ${shown(path)} holds no certificate in PEM form.`,
      'The file may be a binary (DER) certificate.',
      wanted,
    );
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return inputs.errors.add(
      'OS109',
      `${inputs.spell('ca-certificate')}: ${shown(path)} cannot be read: ${words}.`,
      'The file is not there, or the account may not read it.',
      wanted,
    );
  }
}

function readSiteCode(inputs: Inputs): SiteCode | undefined {
  const given = inputs.text('site-code');
  if (given === undefined) return undefined;
  return (
    siteCode(given) ??
    inputs.errors.add(
      'OS106',
      `${inputs.spell('site-code')} is ${shown(given)}.`,
      'A site code has three letters or digits.',
      'The console shows it beside the name of the site, for example LAB.',
    )
  );
}

function readSiteServer(inputs: Inputs): string | undefined {
  const given = inputs.text('site-server');
  if (given === undefined) return undefined;
  const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
  if (given.length <= 253 && new RegExp(`^${label}(?:\\.${label})+$`).test(given)) return given;
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('site-server')} is ${shown(given)}.`,
    'The site wants the fully qualified name of its server.',
    'Give the FQDN, for example cm01.corp.example.com.',
  );
}
