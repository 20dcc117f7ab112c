import { UNSET_DATE, type EmbeddedObject, type Properties } from './class-definitions.js';
import { isoSeconds } from './clock.js';
import { fillDistribution } from './distribution.js';
import { PROGRESS_STATUS } from './servicing-enumerations.js';
import type {
  GroupDescription,
  ImageDescription,
  ImageRowDescription,
  OtherSite,
  OwnSite,
  SiteDescription,
  UpdateDescription,
} from './site-description.js';
import { timeZoneInfo } from './site-clock.js';
import type { SiteState } from './site-state.js';
import { INFORMATION_ROWS } from './site-views.js';
import { factsOfUpdates, uniqueId } from './update-groups.js';

/** Fills a site with the objects of its description. `now` is given to dates that a description does not hold. */
export function fillSite(state: SiteState, description: SiteDescription, now: number): void {
  const { site } = description;
  state.put('SMS_Identification', {
    ThisSiteCode: site.code,
    ThisSiteName: site.name,
    SMSSiteServer: site.serverName,
    SMSProviderServer: site.providerName,
    SMSVersion: site.version,
    SMSBuildNumber: site.buildNumber,
  });
  state.put('SMS_Site', siteObject({ ...site, type: 'primary' }, site));
  for (const other of description.otherSites) {
    state.put('SMS_Site', siteObject(other, site));
  }
  for (const image of description.images) {
    state.put(imageClass(image.kind), imageObject(image));
    fillDistribution(state, description, image, isoSeconds(now));
  }
  for (const update of description.updates) {
    state.put('SMS_SoftwareUpdate', updateObject(update));
  }
  fillGroups(state, description.groups);
  for (const relation of description.relations) {
    state.put('SMS_CIRelation', {
      FromCIID: relation.from,
      ToCIID: relation.to,
      RelationType: relation.type,
    });
  }
  fillImageUpdates(state, description);
  fillSchedules(state, description);
  fillEarlierRuns(state, description);
}

export const imageClass = (kind: ImageDescription['kind']): string =>
  kind === 'image' ? 'SMS_ImagePackage' : 'SMS_OperatingSystemInstallPackage';

const SITE_TYPES = { secondary: 1, primary: 2, central: 4 } as const;

function siteObject(one: OtherSite, own: OwnSite): Properties {
  return {
    SiteCode: one.code,
    ServerName: one.serverName,
    SiteName: one.name,
    Version: own.version,
    InstallDir: own.installDir,
    TimeZoneInfo: timeZoneInfo(own),
    BuildNumber: own.buildNumber,
    Type: SITE_TYPES[one.type],
    Status: 1,
  };
}

function imageObject(image: ImageDescription): Properties {
  return {
    PackageID: image.packageId,
    Name: image.name,
    Description: '',
    Language: image.language,
    Version: image.version,
    PkgSourcePath: image.sourcePath,
    SourceSite: image.sourceSite,
    ImageOSVersion: image.osVersion,
    PackageType: image.kind === 'image' ? 257 : 259,
    SourceVersion: image.sourceVersion,
    ActionInProgress: image.actionInProgress,
    SourceDate: image.sourceDate,
    LastRefreshTime: image.sourceDate,
    ImageProperty: imageProperty(image),
    SecuredScopeNames: image.scopes,
    [INFORMATION_ROWS]: informationRows(image),
  };
}

/** What the view of images shows of a package; no property of its class, so that no answer has it. */
function informationRows(image: ImageDescription): readonly EmbeddedObject[] {
  const rows =
    image.information ??
    image.indexes.map((_, at) => ({ index: at + 1, osVersion: versionOfIndex(image, at) }) as const);
  return rows.map(({ index, osVersion, imageOsVersion }: ImageRowDescription) => ({
    Index: index,
    OSVersion: osVersion,
    ImageOSVersion: imageOsVersion ?? osVersion,
  }));
}

function versionOfIndex({ osVersion, indexVersions = [] }: ImageDescription, at: number): string {
  return indexVersions[at] ?? osVersion;
}

function imageProperty(image: ImageDescription): string {
  const property = (name: string, text: string): string =>
    `<Property name="${name}">${escapeXml(text)}</Property>`;
  const entries = image.indexes.map(
    (name, at) =>
      `<IMAGE INDEX="${at + 1}">${property('Image name', name)}${property('Image description', name)}` +
      `${property('OS version', versionOfIndex(image, at))}${property('Architecture', 'X64')}` +
      `${property('Language', image.language)}</IMAGE>`,
  );
  return `<WIM>${entries.join('')}</WIM>`;
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const SEVERITIES: Readonly<Record<number, string>> = {
  2: 'Low',
  6: 'Moderate',
  8: 'Important',
  10: 'Critical',
};

const localized = (name: string, description: string): Properties[string] => [
  { DisplayName: name, Description: description, InformativeURL: '', LocaleID: 1033 },
];

function updateObject(update: UpdateDescription): Properties {
  const description = `Install this update to resolve issues in Windows. Article KB${update.articleId}.`;
  return {
    CI_ID: update.ciId,
    CI_UniqueID: uniqueId(update.ciId),
    ArticleID: update.articleId,
    BulletinID: update.bulletinId,
    LocalizedDisplayName: update.title,
    LocalizedDescription: description,
    IsOfflineServiceable: update.offlineServiceable,
    IsExpired: update.expired,
    IsSuperseded: update.superseded,
    IsLatest: update.latest,
    IsContentProvisioned: update.contentProvisioned,
    IsDeployed: update.deployed,
    IsMetadataOnlyUpdate: update.metadataOnly,
    IsBundle: update.bundle,
    IsHidden: update.hidden,
    IsEnabled: update.enabled,
    EULAExists: update.eulaExists,
    EULAAccepted: licenseTerms(update),
    CategoryInstance_UniqueIDs: update.categories,
    CIType_ID: update.bundle ? 8 : 1,
    Severity: update.severity,
    SeverityName: SEVERITIES[update.severity] ?? '',
    DatePosted: update.posted,
    DateRevised: update.revised,
    Size: update.size,
    UpdateLocales: update.locales,
    LocalizedInformation: null,
  };
}

const LICENSE_TERMS = { declined: 0, accepted: 1, undetermined: 2 } as const;

function licenseTerms({ eulaExists, eulaAccepted }: UpdateDescription): number {
  if (!eulaExists) return LICENSE_TERMS.undetermined;
  return eulaAccepted ? LICENSE_TERMS.accepted : LICENSE_TERMS.declined;
}

function fillGroups(state: SiteState, groups: readonly GroupDescription[]): void {
  for (const group of groups) {
    state.put('SMS_AuthorizationList', {
      CI_ID: group.ciId,
      CI_UniqueID: `ScopeId_SIMULATED/AuthList_${uniqueId(group.ciId)}`,
      LocalizedDisplayName: group.name,
      LocalizedDescription: group.description,
      CreatedBy: 'LAB\\administrator',
      Updates: group.updates,
      ...factsOfUpdates(state, group.updates),
      IsDeployed: group.deployed,
      DateCreated: '2024-01-10T08:00:00Z',
      DateLastModified: '2024-01-10T08:00:00Z',
      LocalizedInformation: localized(group.name, group.description),
    });
  }
}

function fillImageUpdates(state: SiteState, description: SiteDescription): void {
  for (const row of description.imageUpdates) {
    const title = state.object('SMS_SoftwareUpdate', { CI_ID: row.ciId })?.['LocalizedDisplayName'];
    state.put('SMS_ImageUpdateStatus', {
      ImagePackageID: row.packageId,
      ImageIndex: row.index,
      UpdateID: row.ciId,
      UpdateStatus: row.status,
      UpdateInstallationStatus: row.installationStatus,
      AppliedDateTime: row.appliedDate,
      UpdateTitle: title ?? '',
    });
  }
}

function fillSchedules(state: SiteState, description: SiteDescription): void {
  for (const one of description.schedules) {
    state.put('SMS_ImageServicingSchedule', {
      ScheduleID: one.scheduleId,
      Action: one.action,
      Schedule: one.schedule,
      State: one.state,
      UpdateDP: one.updateDistributionPoints,
      ContinueOnError: one.continueOnError,
      Name: one.name,
      Description: one.description,
      LastRunDateTime: UNSET_DATE,
    });
    for (const packageId of one.images) {
      state.put('SMS_ImageServicingScheduledImage', {
        ScheduleID: one.scheduleId,
        ImagePackageID: packageId,
      });
    }
    for (const ciId of one.updates) {
      state.put('SMS_ImageServicingScheduledUpdate', { ScheduleID: one.scheduleId, UpdateID: ciId });
    }
  }
}

function fillEarlierRuns(state: SiteState, description: SiteDescription): void {
  for (const run of description.servicing?.earlierRuns ?? []) {
    const row = {
      ScheduleID: run.scheduleId,
      ImagePackageID: run.packageId,
      RunDateTime: run.runDate,
      FailedUpdateID: run.failedUpdateId,
      Status: run.status,
    };
    state.put('SMS_ImageServicingProgress', { ...row, Win32ErrorCode: run.code | 0 });
    if (run.status !== PROGRESS_STATUS.running) state.put('SMS_ImageUpdateHistory', row);
  }
}
