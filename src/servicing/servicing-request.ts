import type { SiteCode } from '../site/identifiers.js';

/** What a run is asked to do, whatever host and connection. */
export interface ServicingRequest {
  /** Undefined: whatever site the provider serves. */
  readonly siteCode: SiteCode | undefined;
  /** FQDN; undefined: the server of the image's source site, as the site tells it. */
  readonly siteServer: string | undefined;
  /** Name or package ID. */
  readonly image: string;
  /** Name or CI_ID. */
  readonly updateGroup: string;
  readonly updateDistributionPoints: boolean;
  readonly unusableUpdates: 'fail' | 'skip';
  readonly alreadyInstalled: 'skip' | 'include';
  /** Everything but the writes. */
  readonly dryRun: boolean;
}
