import type { Properties } from './class-definitions.js';
import { imageClass } from './site-objects.js';
import type { SiteDescription } from './site-description.js';
import type { SiteState } from './site-state.js';

export interface FoundImage {
  readonly className: string;
  readonly properties: Properties;
  readonly indexes: readonly number[];
  readonly cleanupError: number;
}

/** An OS image or OS upgrade package as the site has it now; undefined where it has none of this ID. */
export function findImage(
  state: SiteState,
  description: SiteDescription,
  packageId: string,
): FoundImage | undefined {
  for (const kind of ['image', 'upgrade-package'] as const) {
    const className = imageClass(kind);
    const properties = state.object(className, { PackageID: packageId });
    if (properties !== undefined) {
      const described = description.images.find((one) => one.packageId === packageId);
      return {
        className,
        properties,
        indexes: (described?.indexes ?? ['1']).map((_, at) => at + 1),
        cleanupError: described?.cleanupError ?? 0,
      };
    }
  }
  return undefined;
}
