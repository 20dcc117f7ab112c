import { hostname } from 'node:os';

import { WmiError, type CimObject, type Hresult } from './wmi-error.js';

export type CimProtocol = 'Wsman' | 'Dcom';

/** A machine, as far as somebody reaches its WMI. */
export interface SimulatedHost {
  /** Undefined: the machine that PowerShell runs on. */
  readonly name?: string;
  /** Default: both. */
  readonly open?: readonly CimProtocol[];
  /** The login that it takes. Default: none has to be given, and any is wrong. */
  readonly login?: { readonly user: string; readonly password: string };
  /** The rows of SMS_ProviderLocation; undefined where there is no namespace root\SMS. */
  readonly locations?: readonly ProviderLocation[] | undefined;
  /** What fails over one of the protocols, and where; `times` from the first on, default always. */
  readonly failures?: readonly WayFailure[];
  /** Whether the namespace of the simulated site is on it. Default: it is. */
  readonly hasProvider?: boolean;
}

export interface WayFailure {
  readonly protocol: CimProtocol;
  readonly at: 'open' | 'location' | 'call';
  readonly hresult: Hresult;
  readonly times?: number;
}

/** A row of SMS_ProviderLocation. */
export interface ProviderLocation {
  readonly machine: string;
  readonly siteCode: string;
  readonly isForLocalSite: boolean;
}

/** This machine, with the provider of the one site on it. */
export function thisMachine(siteCode: string): SimulatedHost {
  return { locations: [{ machine: hostname(), siteCode, isForLocalSite: true }] };
}

/** A session as it was asked for. */
export interface SessionRequest {
  readonly computer: string;
  readonly protocol: CimProtocol;
  readonly user: string | null;
  /** As base64 of UTF-16. */
  readonly password: string | null;
}

/** The host that a session leads to, or the failure of a way that is closed. */
export function hostOfSession(hosts: readonly SimulatedHost[], request: SessionRequest): SimulatedHost {
  const { computer, protocol, user, password } = request;
  const host = hosts.find(({ name }) => name?.toLowerCase() === computer.toLowerCase());
  if (host === undefined || !(host.open ?? ['Wsman', 'Dcom']).includes(protocol)) {
    throw new WmiError(protocol === 'Wsman' ? '0x80338012' : '0x800706ba');
  }
  const given =
    user === null ? undefined : { user, password: Buffer.from(password ?? '', 'base64').toString('utf16le') };
  if (given?.user !== host.login?.user || given?.password !== host.login?.password) {
    throw new WmiError('0x80070005');
  }
  return host;
}

export function locationsOf(host: SimulatedHost): readonly CimObject[] {
  if (host.locations === undefined) throw new WmiError('0x8004100e');
  return host.locations.map(({ machine, siteCode, isForLocalSite }) => ({
    class: 'SMS_ProviderLocation',
    namespace: 'root\\sms',
    properties: [
      { name: 'Machine', type: 'String', value: machine },
      { name: 'NamespacePath', type: 'String', value: `\\\\${machine}\\root\\sms\\site_${siteCode}` },
      { name: 'ProviderForLocalSite', type: 'Boolean', value: isForLocalSite },
      { name: 'SiteCode', type: 'String', value: siteCode },
    ],
  }));
}
