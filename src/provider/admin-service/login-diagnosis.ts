import { isIP } from 'node:net';

import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { inputNamed, inputSetTo } from '../../diagnosis/input-mention.js';
import { UNAUTHORIZED } from './http-exchange.js';
import type { LoginExamination } from './login-examination.js';
import type { LoginKind, ServiceAddress } from './service-address.js';

/** What is known of a login that was answered with 401. */
export interface RefusedLogin {
  readonly address: ServiceAddress;
  readonly login: LoginKind;
  /** Whether the site took the login of an earlier request of this connection. */
  readonly wasAccepted: boolean;
  /** Made for `integrated` only: of a token, curl knows nothing. */
  readonly examination: LoginExamination | undefined;
}

type Advice = Pick<Diagnosis, 'cause' | 'next'>;

/** Explains a 401; `what` says which request met it (docs/configmgr.md, "Rejected authentication"). */
export function diagnoseLogin(what: string, refused: RefusedLogin): Diagnosis {
  const words = refused.examination?.words ?? '';
  return {
    code: 'OS304',
    what: words === '' ? what : `${what} Kerberos on this runner says: ${words}.`,
    ...adviceFor(refused),
  };
}

function adviceFor(refused: RefusedLogin): Advice {
  if (refused.login === 'token') return adviceForToken(refused);
  if (isGateway(refused.address)) return GATEWAY;
  return adviceForKerberos(refused);
}

function adviceForToken({ address, wasAccepted }: RefusedLogin): Advice {
  const route = isGateway(address)
    ? 'Its audience has to be the server application that the gateway was set up with.'
    : `On premises it is taken at /AdminService_TokenAuth (asked was ${address}).`;
  return {
    cause: wasAccepted
      ? 'The token was accepted earlier in this run and has expired since.'
      : 'The token has expired, is for another audience, or its user is not an administrative user of the site.',
    next: `Get a fresh token just before the step. ${route}`,
  };
}

const GATEWAY: Advice = {
  cause:
    'The address is the one of a cloud management gateway, which takes a token of Microsoft Entra ID and no other login.',
  next: `Use ${inputSetTo('authentication', 'token')}. For a login with Kerberos give the FQDN of the SMS Provider itself.`,
};

function adviceForKerberos(refused: RefusedLogin): Advice {
  const { cause, next } = findingOf(refused);
  const name = adviceOnName(hostOf(refused.address));
  return name === undefined
    ? { cause, next }
    : { cause: `${name.cause} ${cause}`, next: `${name.next} ${next}` };
}

/** Kerberos finds a service by the name that is asked for, so the name comes first. */
function adviceOnName(host: string): Advice | undefined {
  const isAddress = isIP(host.replace(/^\[|\]$/g, '')) !== 0;
  if (!isAddress && host.includes('.')) return undefined;
  return {
    cause: isAddress
      ? `${inputNamed('sms-provider')} has the address ${host}, and Kerberos knows services by their names.`
      : `${inputNamed('sms-provider')} has the short name ${host}, which Kerberos may not know.`,
    next: `Use the fully qualified name (FQDN) of the SMS Provider in ${inputNamed('sms-provider')}.`,
  };
}

function findingOf(refused: RefusedLogin): Advice {
  const { examination, wasAccepted, address } = refused;
  if (examination === undefined) return UNKNOWN;
  const { status, sent, offered, words } = examination;
  if (status !== UNAUTHORIZED && status !== 0) {
    return {
      cause: `The same login was accepted right afterwards (answer ${status}): what was wrong has passed.`,
      next: 'Run the step again; AdminService.log on the SMS Provider says what was refused.',
    };
  }
  const known = KNOWN_FAILURES.find(({ pattern }) => pattern.test(words));
  if (known !== undefined) return known.advice(hostOf(address), wasAccepted);
  if (sent === 'ntlm') return FELL_BACK_TO_NTLM;
  if (sent === 'kerberos') return offered.includes('negotiate') ? TICKET_REFUSED : notOffered(offered);
  return UNKNOWN;
}

const UNKNOWN: Advice = {
  cause:
    'curl had no Kerberos ticket for this host, or the site refused it. From version 2509 a site takes no NTLM, ' +
    'and Kerberos needs the fully qualified name of the SMS Provider.',
  next:
    `Use the FQDN in ${inputNamed('sms-provider')}. On Windows let the runner run as a domain account; elsewhere get a ticket ` +
    'first (kinit) and see with klist that it is valid. AdminService.log on the SMS Provider says what was refused.',
};

const FELL_BACK_TO_NTLM: Advice = {
  cause:
    'Windows got no Kerberos ticket for this host and sent NTLM, which a site refuses from version 2509 on. It does so ' +
    'for a name without a service principal, for an account outside the domain, and perhaps on the SMS Provider itself.',
  next:
    'Use the FQDN under which the SMS Provider is joined to the domain, let the runner run as a domain account, ' +
    'and take another machine than the SMS Provider as runner.',
};

const TICKET_REFUSED: Advice = {
  cause:
    'A Kerberos ticket was sent and the site refused it: the service principal belongs to another account than the one ' +
    'that the service runs as, the clocks differ, or the account is disabled.',
  next:
    'AdminService.log on the SMS Provider says what was refused. Look with "setspn -Q HTTP/<name>" and "setspn -Q ' +
    'HOST/<name>" whose name it is, and compare the clocks.',
};

function notOffered(offered: readonly string[]): Advice {
  const asked = offered.length === 0 ? 'for none that is known' : `for ${offered.join(', ')}`;
  return {
    cause: `The server does not take Kerberos at this address; it asks ${asked}.`,
    next: `Check that ${inputNamed('sms-provider')} names an SMS Provider. A base URL for Kerberos ends in /AdminService.`,
  };
}

interface Complaint {
  /** Words of MIT and Heimdal Kerberos, and codes of SSPI: its words come in the language of the machine. */
  readonly pattern: RegExp;
  readonly advice: (host: string, wasAccepted: boolean) => Advice;
}

const GET_A_TICKET =
  'Get one before the step, with the same KRB5CCNAME: kinit -k -t <keytab> <account>; klist shows it. Or name the ' +
  'keytab in KRB5_CLIENT_KTNAME: then curl gets and renews tickets by itself.';

const KNOWN_FAILURES: readonly Complaint[] = [
  {
    pattern: /ticket expired|credentials? (?:have |has |cache )?expired|SEC_E_CONTEXT_EXPIRED/i,
    advice: (_host, wasAccepted) => ({
      cause: wasAccepted
        ? 'The Kerberos ticket was good when the run began, and has expired since.'
        : 'The Kerberos ticket has expired.',
      next: `Renew it, or let it live longer than a run takes. ${GET_A_TICKET}`,
    }),
  },
  {
    pattern:
      /no credentials|no kerberos credentials|credentials were unavailable|no credentials cache|cache file .* not found|SEC_E_NO_CREDENTIALS/i,
    advice: (_host, wasAccepted) => ({
      cause: wasAccepted
        ? 'The Kerberos ticket that this run began with is gone.'
        : 'There is no Kerberos ticket for the account that runs the step.',
      next: `${GET_A_TICKET} On Windows let the runner run as a domain account.`,
    }),
  },
  {
    pattern: /not found in kerberos database|server not found|SEC_E_TARGET_UNKNOWN/i,
    advice: (host) => ({
      cause: `The domain knows no service HTTP/${host}: the name is an alias, misspelt, or that of another machine.`,
      next:
        'Use the FQDN under which the SMS Provider is joined to the domain. An alias needs a service principal of its ' +
        `own; "setspn -Q HTTP/${host}" shows whether there is one.`,
    }),
  },
  {
    pattern: /contact any kdc|find kdc|reach any kdc|SEC_E_NO_AUTHENTICATING_AUTHORITY|default realm/i,
    advice: () => ({
      cause: 'This runner reaches no domain controller to get a ticket from, or does not know the domain.',
      next: 'Open port 88 to the domain controllers, let the runner use the DNS of the domain, and check krb5.conf.',
    }),
  },
  {
    pattern: /clock skew|SEC_E_TIME_SKEW/i,
    advice: () => ({
      cause: 'The clock of this runner differs too much from the one of the domain.',
      next: 'Let the runner take its time from the domain.',
    }),
  },
];

function hostOf(address: ServiceAddress): string {
  return new URL(address).hostname;
}

/** The path that every cloud management gateway has (docs/configmgr.md, "Routes to the administration service"). */
function isGateway(address: ServiceAddress): boolean {
  return /\/CCM_Proxy_ServerAuth\//i.test(address);
}
