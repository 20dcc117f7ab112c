import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';

import { serviceAddress, type ServiceAddress } from '../provider/admin-service/service-address.js';
import { isHostName } from '../provider/host-name.js';
import type { Credential } from '../provider/wmi/batch-text.js';
import type { SiteCode } from '../site/identifiers.js';
import { shown } from './input-errors.js';
import {
  AUTHENTICATIONS,
  CIM_PROTOCOLS,
  INPUTS,
  type AuthenticationKind,
  type ConnectionKind,
  type InputDefinition,
  type InputName,
} from './input-table.js';
import type { Inputs } from './inputs.js';
import type { AdminServiceRequest, ConnectionRequest, Login, WmiRequest } from './step-request.js';

/** How the site is reached. Undefined when an error was added. */
export function readConnection(
  inputs: Inputs,
  siteCode: SiteCode | undefined,
): ConnectionRequest | undefined {
  const connection = inputs.choice('connection', inputs.host.connections);
  const authentication = readAuthentication(inputs, connection);
  const cimProtocol = inputs.choice('cim-protocol', CIM_PROTOCOLS);
  if (connection === undefined) return undefined;
  refuseUseless(inputs, connection, authentication);
  switch (connection) {
    case 'simulator':
      return { kind: 'simulator' };
    case 'wmi':
      return readWmi(inputs, siteCode, cimProtocol ?? 'auto');
    case 'admin-service':
      return readAdminService(inputs, authentication);
  }
}

/** Undefined when an error was added. */
function readAuthentication(
  inputs: Inputs,
  connection: ConnectionKind | undefined,
): AuthenticationKind | undefined {
  if (!asksForNtlm(inputs)) return inputs.choice('authentication', AUTHENTICATIONS);
  return inputs.errors.add(
    'OS102',
    `${inputs.spell('authentication')} is ${shown(inputs.text('authentication') ?? '')}, which this product no longer has.`,
    'Every site that accepts NTLM is out of support: the administration service refuses it from version 2509 on.',
    connection === 'wmi'
      ? 'Remove it: the connection wmi takes the user name and the password without it.'
      : 'Use integrated (Kerberos) or token, or set connection to wmi, which takes a user name and a password.',
  );
}

function asksForNtlm(inputs: Inputs): boolean {
  return inputs.text('authentication')?.toLowerCase() === 'ntlm';
}

/** What is chosen for another connection or login would do nothing, which is hardly what is meant. */
function refuseUseless(
  inputs: Inputs,
  connection: ConnectionKind,
  authentication: AuthenticationKind | undefined,
): void {
  const definitions: readonly InputDefinition[] = INPUTS;
  for (const { name, onlyWith, kind } of definitions) {
    // A secret is often set for a whole job.
    if (onlyWith === undefined || kind.is === 'secret' || !inputs.isChosen(name as InputName)) continue;
    // The error about NTLM has the way out for both.
    if (asksForNtlm(inputs) && (name === 'username' || name === 'authentication')) continue;
    const uses = onlyWith.filter((use) => use.connection === connection);
    if (uses.some((use) => (use.authentication ?? authentication) === authentication)) continue;
    const spelled = inputs.spell(name as InputName);
    const [useless, useful] =
      uses.length === 0
        ? [`connection: ${connection}`, onlyWith.map((use) => `connection: ${use.connection}`)]
        : [
            `authentication: ${authentication ?? ''}`,
            uses.map((use) => `authentication: ${use.authentication ?? ''}`),
          ];
    inputs.errors.add(
      'OS107',
      `${spelled} has no use with ${useless}.`,
      `It belongs to ${useful.join(' and ')}, and would do nothing here.`,
      'Leave out one of the two.',
    );
  }
}

function readWmi(
  inputs: Inputs,
  siteCode: SiteCode | undefined,
  cimProtocol: WmiRequest['cimProtocol'],
): WmiRequest {
  const smsProvider = inputs.text('sms-provider');
  if (smsProvider === undefined) refuseForThisMachine(inputs);
  else if (!isHostName(smsProvider)) {
    inputs.errors.add(
      'OS106',
      `${inputs.spell('sms-provider')} is ${shown(smsProvider)}.`,
      'With connection: wmi, which is the default, it is the name of a machine and nothing else.',
      'Give the FQDN of the SMS Provider, for example cm01.corp.example.com. For an https address set connection to admin-service.',
    );
  }
  return {
    kind: 'wmi',
    smsProvider,
    credential: smsProvider === undefined ? undefined : readCredential(inputs),
    siteCode,
    cimProtocol,
    powerShell: readPowerShell(inputs),
  };
}

/** WMI takes no login for the machine that it runs on, and needs no protocol to reach it. */
function refuseForThisMachine(inputs: Inputs): void {
  for (const name of ['username', 'password', 'cim-protocol'] as const) {
    const isChosen = name === 'password' ? inputs.secret(name) !== undefined : inputs.isChosen(name);
    if (!isChosen) continue;
    inputs.errors.add(
      'OS107',
      `${inputs.spell(name)} has no use without ${inputs.spell('sms-provider')}.`,
      'Without it the SMS Provider is this machine, where WMI takes the account that runs the step and no other.',
      `Leave it out, or name another machine in ${inputs.spell('sms-provider')}.`,
    );
  }
}

/** Undefined when neither of the two is given, or when an error was added. */
function readCredential(inputs: Inputs): Credential | undefined {
  const user = inputs.text('username');
  const password = inputs.secret('password');
  if (user === undefined && password === undefined) return undefined;
  if (user === undefined) {
    return inputs.errors.add(
      'OS101',
      `${inputs.spell('username')} is missing.`,
      `${inputs.spell('password')} is set, and a password is of no use without the account.`,
      'Give the account as DOMAIN\\user or user@domain, or leave out the password.',
    );
  }
  if (password === undefined) return missingPassword(inputs, inputs.spell('username'));
  // No account of Windows has one of these in its name.
  if (/[":;|=,+*?<>[\]/\p{Cc}]/u.test(user)) {
    inputs.errors.add(
      'OS106',
      `${inputs.spell('username')} is ${shown(user)}.`,
      'It holds a character that no account has in its name.',
      'Give the account as DOMAIN\\user or user@domain.',
    );
  }
  if (/\p{Cc}/u.test(password)) {
    inputs.errors.add(
      'OS106',
      `${inputs.spell('password')} is no password.`,
      'It holds a line end or another control character.',
      'Take the password alone. A line end after it does no harm.',
    );
  }
  return { user, password };
}

function missingPassword(inputs: Inputs, wantedBy: string): undefined {
  return inputs.errors.add(
    'OS108',
    `${wantedBy} needs a password, and there is none.`,
    `${inputs.spell('password')} is not set, or is empty.`,
    'Set it from a secret of the pipeline. It is never taken as an argument, where others on the machine could read it.',
  );
}

function readPowerShell(inputs: Inputs): string | undefined {
  const given = inputs.text('powershell');
  if (given === undefined) return undefined;
  // A relative path would be one in the workspace, where anybody can put a PowerShell of their own.
  if (!given.includes('"') && (isAbsolute(given) || !/[\\/:]/.test(given))) return given;
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('powershell')} is ${shown(given)}.`,
    'Allowed is an absolute path, or a name alone, which the PATH is searched for.',
    'Give the whole path, for example C:\\Program Files\\PowerShell\\7\\pwsh.exe, or pwsh.',
  );
}

function readAdminService(
  inputs: Inputs,
  authentication: AuthenticationKind | undefined,
): AdminServiceRequest | undefined {
  const login = authentication && readLogin(inputs, authentication);
  const address = readAddress(inputs, authentication ?? 'integrated');
  const caCertificate = readCaCertificate(inputs);
  return login && address && { kind: 'admin-service', address, login, caCertificate };
}

function readLogin(inputs: Inputs, authentication: AuthenticationKind): Login | undefined {
  switch (authentication) {
    case 'integrated':
      return { kind: 'integrated' };
    case 'token':
      return readToken(inputs);
  }
}

function readToken(inputs: Inputs): Login | undefined {
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

function readAddress(inputs: Inputs, login: AuthenticationKind): ServiceAddress | undefined {
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
