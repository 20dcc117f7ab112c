import type { Operation } from './port.js';

/** Who asked, for people: `CORP\svc-servicing`, or a description where no name is known. */
export type AccountText = string;

/** Where nothing is known of the account that a connection authenticates as. */
export const ACCOUNT_OF_PROCESS: AccountText = 'the account of this process';

/** The account of this process on Windows; its description elsewhere, where a Kerberos ticket can be of another. */
export function accountOfProcess(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): AccountText {
  const { USERDOMAIN: domain = '', USERNAME: name = '' } = environment;
  if (platform !== 'win32' || name === '') return ACCOUNT_OF_PROCESS;
  return domain === '' ? name : `${domain}\\${name}`;
}

/**
 * The right that an operation needs, as the console names it (docs/rights.md). No public source says what the classes of
 * servicing need, so that is told as probable.
 */
export function rightFor(operation: Pick<Operation, 'verb' | 'class'>): string {
  const isRead = ['query', 'get', 'describe'].includes(operation.verb);
  const { object, isServicing } = objectOf(operation.class);
  const right = `${isRead ? 'Read' : 'Modify'} on ${object}`;
  return isServicing && !isRead ? `probably ${right}` : right;
}

interface SecuredObject {
  readonly object: string;
  readonly isServicing: boolean;
}

function objectOf(className: string): SecuredObject {
  switch (className) {
    case 'SMS_OperatingSystemInstallPackage':
      return { object: 'Operating System Upgrade Package', isServicing: true };
    case 'SMS_ImagePackage':
      return { object: 'Operating System Image', isServicing: true };
    case 'SMS_ImageInformation':
    case 'SMS_ImageUpdateStatus':
    case 'SMS_ImageServicingSchedule':
    case 'SMS_ImageServicingScheduledImage':
    case 'SMS_ImageServicingScheduledUpdate':
      return { object: 'Operating System Image or Operating System Upgrade Package', isServicing: true };
    case 'SMS_AuthorizationList':
      return { object: 'Software Update Group', isServicing: false };
    case 'SMS_SoftwareUpdate':
    case 'SMS_CIRelation':
      return { object: 'Software Updates', isServicing: false };
    default:
      return { object: 'Site', isServicing: false };
  }
}

/** Who was denied what. */
export interface Denied {
  readonly account: AccountText;
  readonly right: string;
}

/** `The site denies CORP\\svc-servicing this operation. It needs Read on Site.` */
export function deniedText({ account, right }: Denied): string {
  return `The site denies this operation to ${account}. The account needs the right ${right}.`.replace(
    'the right probably',
    'probably the right',
  );
}
