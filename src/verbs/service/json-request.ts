import type { ConnectionKind } from '../../parameters/connection-kinds.js';
import type { ConnectionRequest } from '../../parameters/connection-request.js';
import type {
  NameReference,
  ServicingRequest,
  Start,
  UpdateReference,
} from '../../plan/servicing-request.js';
import type { JsonSiteCode } from '../../report/json-values.js';
import type { ServiceRequest } from './service-request.js';

/** What is written in another form than the run works with. */
type Rewritten =
  'siteCode' | 'siteServer' | 'images' | 'updateGroups' | 'updates' | 'excludeUpdates' | 'start';

/** What a run was asked for. Nothing of an authentication: neither the account, nor a password or token. */
export interface JsonRequest extends Omit<ServicingRequest, Rewritten> {
  readonly connection: {
    readonly kind: ConnectionKind;
    /** Null: this machine. */
    readonly host: string | null;
  };
  readonly siteCode: JsonSiteCode | null;
  readonly siteServer: string | null;
  /**
   * Names or package IDs.
   * @minItems 1
   */
  readonly images: readonly string[];
  /** Names or CI_IDs. */
  readonly updateGroups: readonly string[];
  readonly updates: readonly RequestedUpdate[];
  readonly excludeUpdates: readonly ExcludedUpdate[];
  /**
   * `now`, or ISO 8601 to the minute: with a Z in UTC, without a zone in the time of each image's source site.
   * @pattern ^(?:now|\d{4}-\d\d-\d\dT\d\d:\d\dZ?)$
   */
  readonly start: string;
  readonly wait: 'none' | 'servicing' | 'distribution';
}

/**
 * `KB5034441`, a CI_ID, or `applicable`.
 * @pattern ^(?:KB\d+|\d+|applicable)$
 */
export type RequestedUpdate = string;

/**
 * `KB5034441` or a CI_ID.
 * @pattern ^(?:KB\d+|\d+)$
 */
export type ExcludedUpdate = string;

/** The connection is written by its parts, because it holds secrets; what is asked of the site holds none. */
export function jsonRequest({ connection, servicing, follow }: ServiceRequest): JsonRequest {
  return {
    ...servicing,
    connection: { kind: connection.kind, host: hostOf(connection) },
    siteCode: servicing.siteCode ?? null,
    siteServer: servicing.siteServer ?? null,
    images: namesIn(servicing.images),
    updateGroups: namesIn(servicing.updateGroups),
    updates: servicing.updates.map(referenceText),
    excludeUpdates: servicing.excludeUpdates.map(referenceText),
    start: startText(servicing.start),
    wait: follow?.until ?? 'none',
  };
}

/** A line that is not known to be one name is told as the names in it. */
function namesIn(references: readonly NameReference[]): readonly string[] {
  return references.flatMap((each) => (typeof each === 'string' ? [each] : each.names));
}

function hostOf(connection: ConnectionRequest): string | null {
  switch (connection.kind) {
    case 'wmi':
      return connection.smsProvider ?? null;
    case 'admin-service':
      return new URL(connection.address).host;
    case 'simulator':
      return null;
  }
}

function referenceText(reference: UpdateReference): string {
  switch (reference.kind) {
    case 'article':
      return `KB${reference.article}`;
    case 'ci-id':
      return String(reference.ciId);
    case 'applicable':
      return 'applicable';
  }
}

/** `now`, or ISO 8601 to the minute: with a Z in UTC, without one by the clock of the site. */
export function startText(start: Start): string {
  switch (start.kind) {
    case 'now':
      return 'now';
    case 'moment':
      return `${new Date(start.milliseconds).toISOString().slice(0, 16)}Z`;
    case 'site-time': {
      const { year, month, day, hour, minute } = start.minute;
      return new Date(Date.UTC(year, month - 1, day, hour, minute)).toISOString().slice(0, 16);
    }
  }
}
