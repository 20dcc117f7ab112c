import type { ServiceAddress } from '../provider/admin-service/service-address.js';
import type { CimProtocol, Credential } from '../provider/wmi/batch-text.js';
import type { SiteCode } from '../site/identifiers.js';

export type Login = { readonly kind: 'integrated' } | { readonly kind: 'token'; readonly token: string };

export interface AdminServiceRequest {
  readonly kind: 'admin-service';
  readonly address: ServiceAddress;
  readonly login: Login;
  /** Absolute path of a PEM file; undefined: the trust of the system. */
  readonly caCertificate: string | undefined;
}

export interface WmiRequest {
  readonly kind: 'wmi';
  /** Host name; undefined: this machine. */
  readonly smsProvider: string | undefined;
  /** Undefined: the account that runs the step. */
  readonly credential: Credential | undefined;
  /** Undefined: the site that the provider calls its own. */
  readonly siteCode: SiteCode | undefined;
  readonly cimProtocol: 'auto' | CimProtocol;
  /** Absolute path, or a name to look for on the PATH; undefined: the PowerShell of the system. */
  readonly powerShell: string | undefined;
}

/** A way to a site that is there. */
export type SiteConnection = WmiRequest | AdminServiceRequest;

export type ConnectionRequest = { readonly kind: 'simulator' } | SiteConnection;
