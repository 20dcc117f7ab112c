import { UNSET_DATE } from './class-definitions.js';
import { isoSeconds } from './clock.js';
import type { ServicingWork } from './servicing-work.js';
import { UPDATE_STATUS, type SeenUpdate } from './update-outcomes.js';

/** Writes what the component saw of an update in one index, where it reports that at all. */
export function recordUpdate(
  { state, clock }: Pick<ServicingWork, 'state' | 'clock'>,
  packageId: string,
  seen: SeenUpdate,
): void {
  const { status } = seen;
  if (status === undefined) return;
  const key = { ImagePackageID: packageId, ImageIndex: seen.index, UpdateID: seen.ciId };
  const before = state.object('SMS_ImageUpdateStatus', key);
  // An update that is in the image already is passed over; its row stays the one of the earlier run.
  if (before?.['UpdateStatus'] === UPDATE_STATUS.installed) return;
  const isInstalled =
    status === UPDATE_STATUS.installed || status === UPDATE_STATUS.installedCheckNotSupported;
  state.put('SMS_ImageUpdateStatus', {
    ...key,
    UpdateStatus: status,
    UpdateInstallationStatus: seen.errorCode,
    AppliedDateTime: isInstalled ? isoSeconds(clock.now()) : (before?.['AppliedDateTime'] ?? UNSET_DATE),
    UpdateTitle: seen.title,
  });
}
