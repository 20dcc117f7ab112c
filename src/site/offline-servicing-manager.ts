import type { Instance } from '../provider/instance.js';
import type { Describe, Invoke } from '../provider/port.js';
import { PACKAGE_TYPE, type ImagePackage } from './image-package.js';
import { text, uint32 } from './typed-values.js';

const METHOD = 'RunOfflineServicingManager';

/**
 * Asks the site's component to look at its schedules soon. Upgrade packages have no such method of their own:
 * the one of SMS_ImagePackage is called for both (docs/configmgr.md, "The objects of one servicing run").
 */
export function runOfflineServicingManager(image: ImagePackage, siteServer: string): Invoke {
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
  };
}

export const describeImagePackage: Describe = { verb: 'describe', class: 'SMS_ImagePackage' };

/** 0 is success by convention, and an answer without a value, or with null for it, is taken for it. Any other value is a refusal. */
export function isAccepted(answer: Instance): boolean {
  const value = answer.get('returnvalue') ?? 0;
  return value === 0;
}

export function returnValueText(answer: Instance): string {
  return JSON.stringify(answer.get('returnvalue') ?? null);
}
