import { DiagnosedError } from '../diagnosis/diagnosis.js';
import { inputNamed } from '../diagnosis/input-mention.js';
import type { SiteCode } from '../site/identifiers.js';
import type { SiteIdentification } from '../site/site-server.js';

/** The one site of the provider. Throws where it is not the one that was asked for. */
export function requireSite(
  rows: readonly SiteIdentification[],
  siteCode: SiteCode | undefined,
): SiteIdentification {
  const [identification, ...others] = rows;
  if (identification === undefined || others.length > 0) {
    throw new DiagnosedError({
      code: 'OS210',
      what: `SMS_Identification should have one instance; the site gave ${rows.length === 0 ? 'none' : rows.length}.`,
      cause: 'The account may not see the site, or this is not the provider of a site.',
      next: 'Check that the account is an administrative user of the site.',
    });
  }
  if (siteCode !== undefined && siteCode !== identification.siteCode) {
    throw new DiagnosedError({
      code: 'OS201',
      what: `The provider serves site ${identification.siteCode}; asked for is site ${siteCode}.`,
      cause: `${inputNamed('sms-provider')} names a server of another site, or ${inputNamed('site-code')} is wrong.`,
      next: 'Correct one of the two inputs.',
    });
  }
  return identification;
}
