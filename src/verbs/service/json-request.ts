import type { ConnectionKind } from '../../parameters/input-table.js';
import type { ConnectionRequest, StepRequest } from '../../parameters/step-request.js';
import type {
  NameReference,
  ServicingRequest,
  Start,
  UpdateReference,
} from '../../plan/servicing-request.js';

/** What a run was asked for. Nothing of a login: neither the account, nor a password or token. */
export interface JsonRequest {
  readonly connection: {
    readonly kind: ConnectionKind;
    /** Null: this machine. */
    readonly host: string | null;
  };
  readonly siteCode: string | null;
  readonly siteServer: string | null;
  readonly images: readonly string[];
  readonly updateGroups: readonly string[];
  /** `KB5034441`, a CI_ID, or `applicable`. */
  readonly updates: readonly string[];
  /** `KB5034441` or a CI_ID. */
  readonly excludeUpdates: readonly string[];
  readonly updateDistributionPoints: boolean;
  /** `now`, or ISO 8601 to the minute: with a Z in UTC, without a zone in the time of each image's source site. */
  readonly start: string;
  readonly continueOnUpdateError: boolean;
  readonly removeSupersededUpdates: boolean;
  readonly unusableUpdates: ServicingRequest['unusableUpdates'];
  readonly alreadyInstalled: ServicingRequest['alreadyInstalled'];
  readonly supersededUpdates: ServicingRequest['supersededUpdates'];
  readonly notRequiredUpdates: ServicingRequest['notRequiredUpdates'];
  readonly unsupportedImages: ServicingRequest['unsupportedImages'];
  readonly ifScheduled: ServicingRequest['ifScheduled'];
  readonly writeOrder: ServicingRequest['writeOrder'];
  readonly dryRun: boolean;
}

export function jsonRequest({ connection, servicing }: StepRequest): JsonRequest {
  // Each by its name: what is added to a request one day shall not come into a file by itself.
  return {
    connection: { kind: connection.kind, host: hostOf(connection) },
    siteCode: servicing.siteCode ?? null,
    siteServer: servicing.siteServer ?? null,
    images: namesIn(servicing.images),
    updateGroups: namesIn(servicing.updateGroups),
    updates: servicing.updates.map(referenceText),
    excludeUpdates: servicing.excludeUpdates.map(referenceText),
    updateDistributionPoints: servicing.updateDistributionPoints,
    start: startText(servicing.start),
    continueOnUpdateError: servicing.continueOnUpdateError,
    removeSupersededUpdates: servicing.removeSupersededUpdates,
    unusableUpdates: servicing.unusableUpdates,
    alreadyInstalled: servicing.alreadyInstalled,
    supersededUpdates: servicing.supersededUpdates,
    notRequiredUpdates: servicing.notRequiredUpdates,
    unsupportedImages: servicing.unsupportedImages,
    ifScheduled: servicing.ifScheduled,
    writeOrder: servicing.writeOrder,
    dryRun: servicing.dryRun,
  } satisfies JsonRequest & Readonly<Record<keyof ServicingRequest, unknown>>;
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
