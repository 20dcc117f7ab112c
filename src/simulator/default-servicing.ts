import { UPGRADE_PACKAGE } from './default-images.js';
import { ORDINARY_SERVICING, type ServicingDescription } from './servicing-description.js';

/** ERROR_SXS_COMPONENT_STORE_CORRUPT, as DISM gives it for an image that was serviced by half. */
export const DEFAULT_FAILURE = 0x80073712;

/**
 * The servicing of the default site goes well, with two exceptions: the last cumulative update of the upgrade package
 * fails, and one distribution point gets new content only after a failure and a retry.
 */
export function defaultServicing(upgradeUpdates: readonly number[]): ServicingDescription {
  // Pairs of a cumulative update and one for .NET Framework, month by month.
  const lastCumulative = upgradeUpdates.at(-2);
  return {
    ...ORDINARY_SERVICING,
    updates:
      lastCumulative === undefined
        ? []
        : [
            {
              ciId: lastCumulative,
              packageId: UPGRADE_PACKAGE,
              index: null,
              outcome: 'fails',
              code: DEFAULT_FAILURE,
            },
          ],
    distributionPoints: [{ name: 'dp02.lab.example', packageId: null, course: 'retries', time: null }],
  };
}
