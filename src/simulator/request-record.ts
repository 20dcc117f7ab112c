import type { FaultKind } from './faults.js';
import type { AuthorizationKind } from './login.js';

/** What is known of one request that arrived whole. */
export interface RequestRecord {
  /** 1 for the first request that arrived. */
  readonly number: number;
  /** Milliseconds since the epoch, by the simulator's clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Still percent-encoded, without `?`. */
  readonly query: string;
  readonly className: string | undefined;
  readonly methodName: string | undefined;
  readonly body: string;
  readonly authorization: AuthorizationKind;
  /** The fault that this request met. */
  readonly fault: FaultKind | undefined;
  /** 0 while there is no answer, and where the connection was cut before anything was done. */
  readonly status: number;
  readonly rows: number;
  /** Of the answer's body, as far as it was sent. */
  readonly bytes: number;
  readonly outcome: 'pending' | 'answered' | 'truncated' | 'lost' | 'cut' | 'reset';
  /** Time that the service itself worked on the answer, without latency, delays and waiting for the client. */
  readonly workMilliseconds: number;
}

export type MutableRecord = { -readonly [K in keyof RequestRecord]: RequestRecord[K] };
