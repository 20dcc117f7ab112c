import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { inputNamed, inputSetTo } from '../../diagnosis/input-mention.js';
import { deniedText, type Denied } from '../denied-operation.js';
import type { CimFailure } from './batch-lines.js';
import { hresultOf, kindOf, type FailureKind } from './cim-failure.js';
import { errorCodeText, extendedStatusOf } from './extended-status.js';

export interface FailureContext {
  /** For people: `Create SMS_ImageServicingSchedule`. */
  readonly operation: string;
  /** Of the provider; empty for this machine. */
  readonly computer: string;
  /** While the way to the provider was looked for, or in an operation. */
  readonly during: 'connecting' | 'operation';
  readonly operationSeconds: number;
  /** Who asks, and the right that it takes. */
  readonly denied: Denied;
}

type Explanation = Pick<Diagnosis, 'code' | 'cause' | 'next'>;

const LOG = 'SMSProv.log on the SMS Provider';
const RIGHTS =
  'Check that the account is an administrative user of the site with a role that may do this; that it is in the local group ' +
  `"SMS Admins" of the SMS Provider, which carries the WMI rights (Remote Enable on root\\SMS) and DCOM activation; then look into ${LOG}.`;

/** The words of the provider or, where it gave none, those of the cmdlet. */
export function wordsOfFailure(failure: CimFailure): string {
  const status = extendedStatusOf(failure);
  const told = failure.words.replace(/\s+/g, ' ').trim();
  if (status === undefined) return told;
  return [
    status.description === '' ? told : status.description,
    ...(status.operation === '' ? [] : [`operation ${status.operation}`]),
    ...(status.errorCode === undefined ? [] : [`ErrorCode ${errorCodeText(status.errorCode)}`]),
    ...(status.statusCode === undefined || status.statusCode === 0
      ? []
      : [`StatusCode ${status.statusCode}`]),
    ...(status.sqlMessage === '' ? [] : [`SQL Server: ${status.sqlMessage}`]),
  ].join('; ');
}

/** Explains what a cmdlet or the provider said no with. */
export function diagnoseFailure(failure: CimFailure, context: FailureContext): Diagnosis {
  const words = wordsOfFailure(failure);
  const hresult = hresultOf(failure);
  const number = hresult === undefined ? '' : ` (0x${hresult})`;
  const where = context.computer === '' ? 'on this machine' : `on ${context.computer}`;
  return {
    what: `${context.operation}: the SMS Provider ${where} gave an error${number}: ${words === '' ? 'no words' : words}`,
    ...explain(kindOf(failure), context),
  };
}

function explain(kind: FailureKind, context: FailureContext): Explanation {
  return context.during === 'connecting'
    ? explainWhileConnecting(kind, context)
    : explainOperation(kind, context);
}

const WS_MANAGEMENT: Explanation = {
  code: 'OS302',
  cause:
    'WinRM (WS-Management) on the SMS Provider refused or ended the request before WMI had a say: a quota of WinRM is used ' +
    'up, the request or the response is larger than MaxEnvelopeSizekb, or the session was closed there.',
  next:
    `Use ${inputSetTo('cim-protocol', 'dcom')}, which needs TCP 135 and the high ports; or look on the SMS Provider with ` +
    '"winrm get winrm/config" at MaxEnvelopeSizekb and the quotas, and at the event log of WinRM.',
};

function explainWhileConnecting(kind: FailureKind, { computer, denied }: FailureContext): Explanation {
  const remote = computer !== '';
  switch (kind) {
    case 'access-denied':
    case 'logon-failed':
      return {
        code: 'OS304',
        cause: remote
          ? `WMI of that machine denies access to ${denied.account}.`
          : `The WMI namespace of the site denies access to ${denied.account}.`,
        next: RIGHTS,
      };
    case 'namespace-missing':
      return {
        code: 'OS313',
        cause: 'There is no namespace root\\SMS: this machine holds no SMS Provider of a site.',
        next: `Name the machine of the SMS Provider in ${inputNamed('sms-provider')}. The step runs on any Windows machine that reaches it.`,
      };
    case 'unreachable':
    case 'connection-broken':
    case 'timed-out':
      return {
        code: 'OS302',
        cause: remote
          ? 'The name is wrong, or a firewall is in between: WinRM (TCP 5985), or DCOM (TCP 135 and high ports), is not open.'
          : 'The WMI service of this machine does not answer.',
        next: remote
          ? `Try Test-WSMan with that name on the runner. Where WinRM is not enabled on the provider, set ${inputSetTo('cim-protocol', 'dcom')}; or use ${inputSetTo('connection', 'admin-service')}.`
          : 'Look whether the service Winmgmt runs.',
      };
    case 'ws-man-busy':
    case 'ws-man-closed':
    case 'ws-man-failed':
      return WS_MANAGEMENT;
    case 'local-credentials':
      return {
        code: 'OS107',
        cause: 'WMI takes no username and password for a provider on the same machine.',
        next: `Remove ${inputNamed('username')} and ${inputNamed('password')}; let the runner run as an account with the rights.`,
      };
    case 'no-cmdlets':
      return {
        code: 'OS311',
        cause: 'This PowerShell has no CIM cmdlets. They are part of Windows, and exist nowhere else.',
        next: `Use ${inputSetTo('connection', 'admin-service')}, which runs on any system; or run the step on a Windows machine.`,
      };
    case 'not-found':
    case 'class-missing':
    case 'method-missing':
    case 'wrong-form':
    case 'query-too-complex':
    case 'provider-failed':
    case 'provider-not-loaded':
    case 'refused':
    case 'other':
      return {
        code: 'OS313',
        cause: 'The place of the SMS Provider could not be read from SMS_ProviderLocation in root\\SMS.',
        next: `Check that the machine is the site's SMS Provider; then look into ${LOG}.`,
      };
  }
}

function explainOperation(
  kind: FailureKind,
  { computer, operationSeconds, denied }: FailureContext,
): Explanation {
  switch (kind) {
    case 'access-denied':
    case 'logon-failed':
      return { code: 'OS305', cause: deniedText(denied), next: RIGHTS };
    case 'not-found':
      return {
        code: 'OS305',
        cause:
          'The object is gone, or is outside the security scopes of the account: what it may not see is simply absent.',
        next: `Look for it in the console with the same account; then look into ${LOG}.`,
      };
    case 'class-missing':
    case 'method-missing':
      return {
        code: 'OS305',
        cause:
          'This site has no such class or method. Offline servicing came with Configuration Manager 2012; the classes of this product with 2012 SP1.',
        next: 'Check the version of the site. Report it where the site is newer.',
      };
    case 'namespace-missing':
      return {
        code: 'OS313',
        cause: 'The namespace of the site is not on this machine: it is not the SMS Provider of that site.',
        next: `Check ${inputNamed('sms-provider')} and ${inputNamed('site-code')}.`,
      };
    case 'wrong-form':
    case 'query-too-complex':
    case 'refused':
    case 'local-credentials':
    case 'no-cmdlets':
      return {
        code: 'OS305',
        cause: 'The SMS Provider did not accept the operation; its own words say why.',
        next: `Look into ${LOG} for the whole reason.`,
      };
    case 'timed-out':
      return {
        code: 'OS306',
        cause: `The SMS Provider did not answer within ${operationSeconds} seconds.`,
        next: `Look into ${LOG}; a provider or SQL Server under load answers late.`,
      };
    case 'unreachable':
    case 'connection-broken':
      return {
        code: 'OS302',
        cause:
          computer === ''
            ? 'The WMI service of this machine, or the provider in it, ended or restarted.'
            : 'The connection to the SMS Provider broke, or WMI there ended or restarted.',
        next: `Run the step again; look into ${LOG} for a restart at that time.`,
      };
    case 'ws-man-busy':
    case 'ws-man-closed':
    case 'ws-man-failed':
      return WS_MANAGEMENT;
    case 'provider-not-loaded':
    case 'provider-failed':
    case 'other':
      return {
        code: 'OS314',
        cause: 'The SMS Provider, or WMI around it, failed and gave no reason of its own.',
        next: `Look into ${LOG} and at SQL Server; when the provider was restarting, run the step again.`,
      };
  }
}
