import { isAbsolute } from 'node:path';

import { serviceAddress, type ServiceAddress } from '../provider/admin-service/service-address.js';
import { isHostName } from '../provider/host-name.js';
import type { Credential } from '../provider/wmi/batch-text.js';
import type { SiteCode } from '../site/identifiers.js';
import { shown } from './input-errors.js';
import { CONNECTION_INPUTS, LOGIN_INPUTS } from './connection-inputs.js';
import type { AuthenticationKind, ConnectionKind } from './connection-kinds.js';
import type { InputDefinition } from './input-definition.js';
import type { Inputs } from './inputs.js';
import { readCaCertificate } from './read-ca-certificate.js';
import type { AdminServiceRequest, ConnectionRequest, Login, WmiRequest } from './connection-request.js';

export type ConnectionInputs = Inputs<typeof CONNECTION_INPUTS>;

/** How the site is reached. Undefined when an error was added. */
export function readConnection(
  inputs: ConnectionInputs,
  siteCode: SiteCode | undefined,
): ConnectionRequest | undefined {
  const connection = inputs.choice('connection', inputs.host.connections);
  const authentication = readAuthentication(inputs, connection);
  const cimProtocol = inputs.choice('cim-protocol');
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
  inputs: ConnectionInputs,
  connection: ConnectionKind | undefined,
): AuthenticationKind | undefined {
  if (!asksForNtlm(inputs)) return inputs.choice('authentication');
  return inputs.errors.add(
    'OS102',
    `${inputs.spell('authentication')} is ${shown(inputs.text('authentication') ?? '')}, which this product no longer has: every site that accepts NTLM is out of support.`,
    connection === 'wmi'
      ? `Remove it: ${inputs.assign('connection', 'wmi')} takes the user name and the password without it.`
      : `Write ${inputs.assign('authentication', 'integrated')} (Kerberos) or ${inputs.assign('authentication', 'token')}; or ${inputs.assign('connection', 'wmi')}, which takes a user name and a password.`,
  );
}

function asksForNtlm(inputs: ConnectionInputs): boolean {
  return inputs.text('authentication')?.toLowerCase() === 'ntlm';
}

/** What is chosen for another connection or login would do nothing, which is hardly what is meant. */
function refuseUseless(
  inputs: ConnectionInputs,
  connection: ConnectionKind,
  authentication: AuthenticationKind | undefined,
): void {
  const definitions: readonly InputDefinition[] = CONNECTION_INPUTS;
  for (const { name, onlyWith, kind } of definitions) {
    // A secret is often set for a whole job.
    if (onlyWith === undefined || kind.is === 'secret' || !inputs.isChosen(name)) continue;
    // The error about NTLM has the way out for both.
    if (asksForNtlm(inputs) && (name === 'username' || name === 'authentication')) continue;
    const uses = onlyWith.filter((use) => use.connection === connection);
    if (uses.some((use) => (use.authentication ?? authentication) === authentication)) continue;
    const spelled = inputs.spell(name);
    const [useless, useful] =
      uses.length === 0
        ? [
            inputs.assign('connection', connection),
            onlyWith.map((use) => inputs.assign('connection', use.connection)),
          ]
        : [
            inputs.assign('authentication', authentication ?? ''),
            uses.map((use) => inputs.assign('authentication', use.authentication ?? '')),
          ];
    inputs.errors.add(
      'OS107',
      `${spelled} has no use with ${useless}.`,
      `Remove it, or write ${[...new Set(useful)].join(' or ')}.`,
    );
  }
}

function readWmi(
  inputs: ConnectionInputs,
  siteCode: SiteCode | undefined,
  cimProtocol: WmiRequest['cimProtocol'],
): WmiRequest {
  const smsProvider = inputs.text('sms-provider');
  if (smsProvider === undefined) refuseForThisMachine(inputs);
  else if (!isHostName(smsProvider)) {
    inputs.errors.add(
      'OS106',
      `${inputs.spell('sms-provider')} is ${shown(smsProvider)}, which is no name of a machine.`,
      `Write the FQDN of the SMS Provider${inputs.example('sms-provider')}; an https address needs ${inputs.assign('connection', 'admin-service')}.`,
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
function refuseForThisMachine(inputs: ConnectionInputs): void {
  for (const name of ['username', 'password', 'cim-protocol'] as const) {
    const isChosen = name === 'password' ? inputs.secret(name) !== undefined : inputs.isChosen(name);
    if (!isChosen) continue;
    inputs.errors.add(
      'OS107',
      `${inputs.spell(name)} has no use without ${inputs.spell('sms-provider')}.`,
      `Remove it, or name another machine${inputs.example('sms-provider')}; on this machine WMI takes the account that runs the step.`,
    );
  }
}

/** Undefined when neither of the two is given, or when an error was added. */
function readCredential(inputs: ConnectionInputs): Credential | undefined {
  const user = inputs.text('username');
  const password = inputs.secret('password');
  if (user === undefined && password === undefined) return undefined;
  if (user === undefined) {
    return inputs.missing('username', `, and ${inputs.spell('password')} is of no use without it`);
  }
  if (password === undefined) return missingPassword(inputs, inputs.spell('username'));
  // No account of Windows has one of these in its name.
  if (/[":;|=,+*?<>[\]/\p{Cc}]/u.test(user)) {
    inputs.errors.add(
      'OS106',
      `${inputs.spell('username')} is ${shown(user)}, with a character that no account has in its name.`,
      `Write the account as DOMAIN\\user or user@domain${inputs.example('username')}.`,
    );
  }
  if (/\p{Cc}/u.test(password)) {
    inputs.errors.add(
      'OS106',
      `${inputs.spell('password')} is no password: it has a line end or another control character inside.`,
      'Store only the password in the secret; a line end after it does no harm.',
    );
  }
  return { user, password };
}

function missingPassword(inputs: ConnectionInputs, wantedBy: string): undefined {
  if (inputs.isRefused('password')) return undefined;
  return inputs.errors.add(
    'OS108',
    `${wantedBy} needs a password, and ${inputs.spell('password')} is not set, or is empty.`,
    fromSecret(inputs, 'password'),
  );
}

/** How this host is given a secret. */
function fromSecret(inputs: ConnectionInputs, name: 'password' | 'token'): string {
  const kind = LOGIN_INPUTS.find((input) => input.name === name)?.kind;
  const variable = kind?.is === 'secret' ? kind.environmentVariable : '';
  if (inputs.spell(name) !== variable) return `Write ${inputs.assign(name, `\${{ secrets.${variable} }}`)}.`;
  return inputs.host.writtenIn === 'yaml'
    ? `Define the secret variable ${variable} for the pipeline.`
    : `Set the environment variable ${variable}; an argument could be read by others on the machine.`;
}

function readPowerShell(inputs: ConnectionInputs): string | undefined {
  const given = inputs.text('powershell');
  if (given === undefined) return undefined;
  // A relative path would be one in the workspace, where anybody can put a PowerShell of their own.
  if (!given.includes('"') && (isAbsolute(given) || !/[\\/:]/.test(given))) return given;
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('powershell')} is ${shown(given)}, which is neither an absolute path nor only a name.`,
    `Write the whole path, such as C:\\Program Files\\PowerShell\\7\\pwsh.exe, or a name that is on the PATH${inputs.example('powershell')}.`,
  );
}

function readAdminService(
  inputs: ConnectionInputs,
  authentication: AuthenticationKind | undefined,
): AdminServiceRequest | undefined {
  const login = authentication && readLogin(inputs, authentication);
  const address = readAddress(inputs, authentication ?? 'integrated');
  const caCertificate = readCaCertificate(inputs.part(LOGIN_INPUTS));
  return login && address && { kind: 'admin-service', address, login, caCertificate };
}

function readLogin(inputs: ConnectionInputs, authentication: AuthenticationKind): Login | undefined {
  switch (authentication) {
    case 'integrated':
      return { kind: 'integrated' };
    case 'token':
      return readToken(inputs);
  }
}

function readToken(inputs: ConnectionInputs): Login | undefined {
  const token = inputs.text('token');
  if (token === undefined) {
    if (inputs.isRefused('token')) return undefined;
    return inputs.errors.add(
      'OS108',
      `${inputs.assign('authentication', 'token')}, and there is no token: ${inputs.spell('token')} is not set, or is empty.`,
      fromSecret(inputs, 'token'),
    );
  }
  // A header value: anything else would let a token add headers of its own.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return inputs.errors.add(
      'OS106',
      `${inputs.spell('token')} is no bearer token: it has white space or other characters that a token never has.`,
      'Store only the access token in the secret, without "Bearer" before it.',
    );
  }
  return { kind: 'token', token };
}

function readAddress(inputs: ConnectionInputs, login: AuthenticationKind): ServiceAddress | undefined {
  const given = inputs.text('sms-provider');
  if (given === undefined) {
    return inputs.missing('sms-provider', `; ${inputs.assign('connection', 'admin-service')} needs it`);
  }
  return (
    serviceAddress(given, login) ??
    inputs.errors.add(
      'OS106',
      `${inputs.spell('sms-provider')} is ${shown(given)}, which is neither a host name nor a base URL.`,
      `Write the FQDN of the SMS Provider${inputs.example('sms-provider')}, or an https address that ends in /AdminService or /AdminService_TokenAuth.`,
    )
  );
}
