import type { CiId } from '../site/identifiers.js';
import type { ImageIndexes } from '../site/image-indexes.js';
import type { ImagePackage } from '../site/image-package.js';
import type { ImageVersions } from '../site/image-versions.js';
import type { SiteIdentification } from '../site/site-server.js';
import type { UpdateGroup } from '../site/update-group.js';
import type { ServicingRequest } from './servicing-request.js';
import type { UpdateSelection } from './update-selection.js';

/** An image as far as a run has come with it. */
export interface KnownImage {
  readonly image: ImagePackage;
  /** FQDN. */
  readonly siteServer: string;
  /** Undefined where they cannot be read. */
  readonly indexes: ImageIndexes | undefined;
  readonly versions: ImageVersions;
  /** How many updates the site holds as applicable to it; undefined where that was not asked for. */
  readonly applicable: number | undefined;
  /** Undefined until its updates were looked at. */
  readonly selection: UpdateSelection | undefined;
}

/** What a run knows of the site, however far it came. */
export interface Known {
  /** A line that turned out to be one name with commas is that name. */
  readonly request: ServicingRequest;
  readonly site: SiteIdentification | undefined;
  readonly groups: readonly { readonly group: UpdateGroup; readonly ciIds: readonly CiId[] }[];
  /** How many updates each article stands for, which has KB before it. */
  readonly articles: readonly { readonly article: string; readonly updates: number }[];
  readonly images: readonly KnownImage[];
}

export function nothingKnown(request: ServicingRequest): Known {
  return { request, site: undefined, groups: [], articles: [], images: [] };
}
