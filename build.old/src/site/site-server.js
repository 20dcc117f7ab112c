import { siteCode } from './identifiers.js';
import { identified, optionalTextOf, textOf } from './property-reading.js';
import { timeZoneOf } from './site-time-zone.js';
import { text } from './typed-values.js';
const IDENTIFICATION = 'SMS_Identification';
export const identifySite = {
    verb: 'query',
    class: IDENTIFICATION,
    where: [],
    key: ['ThisSiteCode'],
    rows: { kind: 'one-is-enough' },
    properties: ['ThisSiteCode', 'ThisSiteName', 'SMSVersion'],
    decode: siteIdentificationOf,
};
function siteIdentificationOf(instance) {
    const code = siteCode(textOf(instance, IDENTIFICATION, 'ThisSiteCode'));
    return {
        siteCode: identified(code, instance, IDENTIFICATION, 'ThisSiteCode'),
        siteName: optionalTextOf(instance, IDENTIFICATION, 'ThisSiteName'),
        version: optionalTextOf(instance, IDENTIFICATION, 'SMSVersion'),
    };
}
/** Reads the site, whose server runs the servicing of its images. */
export function readSite(code) {
    return { verb: 'get', class: 'SMS_Site', key: { SiteCode: text(code) }, decode: siteOf };
}
function siteOf(instance) {
    return { siteServer: optionalTextOf(instance, 'SMS_Site', 'ServerName'), zone: timeZoneOf(instance) };
}
//# sourceMappingURL=site-server.js.map