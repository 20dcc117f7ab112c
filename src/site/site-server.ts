import type { Instance } from '../provider/instance.js';
import type { Get, Query } from '../provider/port.js';
import { siteCode, type SiteCode } from './identifiers.js';
import { identified, optionalTextOf, textOf } from './property-reading.js';
import { timeZoneOf, type SiteTimeZone } from './site-time-zone.js';
import { text } from './typed-values.js';

/** The site that the provider serves (docs/configmgr.md, "Site and provider"). */
export interface SiteIdentification {
  readonly siteCode: SiteCode;
  readonly siteName: string | undefined;
  readonly version: string | undefined;
}

const IDENTIFICATION = 'SMS_Identification';

export const identifySite: Query<SiteIdentification> = {
  verb: 'query',
  class: IDENTIFICATION,
  where: [],
  key: ['ThisSiteCode'],
  rows: { kind: 'one-is-enough' },
  properties: ['ThisSiteCode', 'ThisSiteName', 'SMSVersion'],
  decode: siteIdentificationOf,
};

function siteIdentificationOf(instance: Instance): SiteIdentification {
  const code = siteCode(textOf(instance, IDENTIFICATION, 'ThisSiteCode'));
  return {
    siteCode: identified(code, instance, IDENTIFICATION, 'ThisSiteCode'),
    siteName: optionalTextOf(instance, IDENTIFICATION, 'ThisSiteName'),
    version: optionalTextOf(instance, IDENTIFICATION, 'SMSVersion'),
  };
}

/** Reads the site, whose server runs the servicing of its images. */
export function readSite(code: SiteCode): Get<Site> {
  return { verb: 'get', class: 'SMS_Site', key: { SiteCode: text(code) }, decode: siteOf };
}

export interface Site {
  /** The FQDN of the site's server; undefined where the site does not tell it. */
  readonly siteServer: string | undefined;
  readonly zone: SiteTimeZone | undefined;
}

function siteOf(instance: Instance): Site {
  return { siteServer: optionalTextOf(instance, 'SMS_Site', 'ServerName'), zone: timeZoneOf(instance) };
}
