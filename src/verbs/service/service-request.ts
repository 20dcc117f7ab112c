import type { FollowSettings } from '../../follow/follow-settings.js';
import type { ConnectionRequest } from '../../parameters/connection-request.js';
import type { ServicingRequest } from '../../plan/servicing-request.js';

/** All inputs of the verb service, checked and typed. */
export interface ServiceRequest {
  readonly connection: ConnectionRequest;
  readonly servicing: ServicingRequest;
  /** How to wait for the end; undefined where nobody waits. */
  readonly follow: FollowSettings | undefined;
}
