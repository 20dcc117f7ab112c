import type { Instance } from '../provider/instance.js';
import type { Describe, Invoke } from '../provider/port.js';
import { PACKAGE_TYPE, type ImagePackage } from './image-package.js';
import { text, uint32 } from './typed-values.js';

const METHOD = 'RunOfflineServicingManager';

/**
 * Asks the site's component to look at its schedules soon. Upgrade packages have no such method of their own:
 * the one of SMS_ImagePackage is called for both (docs/configmgr.md, "The objects of one servicing run").
 */
export function runOfflineServicingManager(image: ImagePackage, siteServer: string): Invoke<ManagerResponse> {
  return {
    verb: 'invoke',
    class: 'SMS_ImagePackage',
    method: METHOD,
    arguments: {
      SiteCode: text(image.sourceSite),
      ServerName: text(siteServer),
      PackageID: text(image.packageId),
      PackageType: uint32(PACKAGE_TYPE[image.class]),
    },
    sinceCurrentBranch: ['PackageType'],
    decode: managerResponseOf,
  };
}

export const describeImagePackage: Describe = { verb: 'describe', class: 'SMS_ImagePackage' };

/** What the method returned. */
export interface ManagerResponse {
  /** 0 is success by convention, and so is a response without a value, or with null for it. Any other value is a refusal. */
  readonly isAccepted: boolean;
  readonly returnValue: string;
}

export function managerResponseOf(response: Instance): ManagerResponse {
  const value = response.get('returnvalue') ?? null;
  return { isAccepted: (value ?? 0) === 0, returnValue: JSON.stringify(value) };
}
