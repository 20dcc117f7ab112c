import type { ServiceAddress } from '../provider/admin-service/service-address.js';
import type { ServicingRequest } from '../servicing/servicing-request.js';

export type Login = { readonly kind: 'integrated' } | { readonly kind: 'token'; readonly token: string };

export interface AdminServiceRequest {
  readonly kind: 'admin-service';
  readonly address: ServiceAddress;
  readonly login: Login;
  /** Absolute path of a PEM file; undefined: the trust of the system. */
  readonly caCertificate: string | undefined;
}

export type ConnectionRequest = { readonly kind: 'simulator' } | AdminServiceRequest;

/** All inputs of a step, checked and typed. */
export interface StepRequest {
  readonly connection: ConnectionRequest;
  readonly servicing: ServicingRequest;
}
