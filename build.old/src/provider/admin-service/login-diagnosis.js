import { isIP } from 'node:net';
import { inputNamed, inputSetTo } from '../../diagnosis/input-mention.js';
import { UNAUTHORIZED } from './http-exchange.js';
/** Explains a 401; `what` says which request met it (docs/configmgr.md, "A login that is refused"). */
export function diagnoseLogin(what, refused) {
    const words = refused.examination?.words ?? '';
    return {
        code: 'OS304',
        what: words === '' ? what : `${what} Kerberos on this runner says: ${words}.`,
        ...adviceFor(refused),
    };
}
function adviceFor(refused) {
    if (refused.login === 'token')
        return adviceForToken(refused);
    if (isGateway(refused.address))
        return GATEWAY;
    return adviceForKerberos(refused);
}
function adviceForToken({ address, wasAccepted }) {
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
const GATEWAY = {
    cause: 'The address is the one of a cloud management gateway, which takes a token of Microsoft Entra ID and no other login.',
    next: `Use ${inputSetTo('authentication', 'token')}. For a login with Kerberos give the FQDN of the SMS Provider itself.`,
};
function adviceForKerberos(refused) {
    const { cause, next } = findingOf(refused);
    const name = adviceOnName(hostOf(refused.address));
    return name === undefined
        ? { cause, next }
        : { cause: `${name.cause} ${cause}`, next: `${name.next} ${next}` };
}
/** Kerberos finds a service by the name that is asked for, so the name comes first. */
function adviceOnName(host) {
    const isAddress = isIP(host.replace(/^\[|\]$/g, '')) !== 0;
    if (!isAddress && host.includes('.'))
        return undefined;
    return {
        cause: isAddress
            ? `${inputNamed('sms-provider')} has the address ${host}, and Kerberos knows services by their names.`
            : `${inputNamed('sms-provider')} has the short name ${host}, which Kerberos may not know.`,
        next: `Use the fully qualified name (FQDN) of the SMS Provider in ${inputNamed('sms-provider')}.`,
    };
}
function findingOf(refused) {
    const { examination, wasAccepted, address } = refused;
    if (examination === undefined)
        return UNKNOWN;
    const { status, sent, offered, words } = examination;
    if (status !== UNAUTHORIZED && status !== 0) {
        return {
            cause: `The same login was accepted right afterwards (answer ${status}): what was wrong has passed.`,
            next: 'Run the step again; AdminService.log on the SMS Provider says what was refused.',
        };
    }
    const complaint = COMPLAINTS.find(({ pattern }) => pattern.test(words));
    if (complaint !== undefined)
        return complaint.advice(hostOf(address), wasAccepted);
    if (sent === 'ntlm')
        return FELL_BACK_TO_NTLM;
    if (sent === 'kerberos')
        return offered.includes('negotiate') ? TICKET_REFUSED : notOffered(offered);
    return UNKNOWN;
}
const UNKNOWN = {
    cause: 'curl had no Kerberos ticket for this host, or the site refused it. From version 2509 a site takes no NTLM, ' +
        'and Kerberos needs the fully qualified name of the SMS Provider.',
    next: `Use the FQDN in ${inputNamed('sms-provider')}. On Windows let the runner run as a domain account; elsewhere get a ticket ` +
        'first (kinit) and see with klist that it is valid. AdminService.log on the SMS Provider says what was refused.',
};
const FELL_BACK_TO_NTLM = {
    cause: 'Windows got no Kerberos ticket for this host and sent NTLM, which a site refuses from version 2509 on. It does so ' +
        'for a name without a service principal, for an account outside the domain, and perhaps on the SMS Provider itself.',
    next: 'Use the FQDN under which the SMS Provider is joined to the domain, let the runner run as a domain account, ' +
        'and take another machine than the SMS Provider as runner.',
};
const TICKET_REFUSED = {
    cause: 'A Kerberos ticket was sent and the site refused it: the service principal belongs to another account than the one ' +
        'that the service runs as, the clocks differ, or the account is disabled.',
    next: 'AdminService.log on the SMS Provider says what was refused. Look with "setspn -Q HTTP/<name>" and "setspn -Q ' +
        'HOST/<name>" whose name it is, and compare the clocks.',
};
function notOffered(offered) {
    const asked = offered.length === 0 ? 'for none that is known' : `for ${offered.join(', ')}`;
    return {
        cause: `The server does not take Kerberos at this address; it asks ${asked}.`,
        next: `Check that ${inputNamed('sms-provider')} names an SMS Provider. A base URL for Kerberos ends in /AdminService.`,
    };
}
const GET_A_TICKET = 'Get one before the step, with the same KRB5CCNAME: kinit -k -t <keytab> <account>; klist shows it. Or name the ' +
    'keytab in KRB5_CLIENT_KTNAME: then curl gets and renews tickets by itself.';
const COMPLAINTS = [
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
        pattern: /no credentials|no kerberos credentials|credentials were unavailable|no credentials cache|cache file .* not found|SEC_E_NO_CREDENTIALS/i,
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
            next: 'Use the FQDN under which the SMS Provider is joined to the domain. An alias needs a service principal of its ' +
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
function hostOf(address) {
    return new URL(address).hostname;
}
/** The path that every cloud management gateway has (docs/configmgr.md, "Ways into the administration service"). */
function isGateway(address) {
    return /\/CCM_Proxy_ServerAuth\//i.test(address);
}
//# sourceMappingURL=login-diagnosis.js.map