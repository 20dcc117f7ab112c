/** Eight characters: the code of the site that made the package, and hexadecimal digits: `LAB00012`. */
export type PackageId = string & { readonly brand: 'PackageId' };
/** The number of a configuration item: an update, an update group. UInt32 where ConfigMgr gives it. */
export type CiId = number & { readonly brand: 'CiId' };
/** SInt32; given by the site when a schedule is made. */
export type ScheduleId = number & { readonly brand: 'ScheduleId' };
/** Three letters or digits, in upper case. */
export type SiteCode = string & { readonly brand: 'SiteCode' };

export const LARGEST_SINT32 = 2_147_483_647;
export const LARGEST_UINT32 = 4_294_967_295;

/** Sites number their configuration items from here on (docs/configmgr.md, "Software update groups and updates"). */
export const FIRST_CI_ID = 16_777_216;

export function packageId(text: string): PackageId | undefined {
  return /^[A-Z0-9]{3}[0-9A-F]{5}$/i.test(text) ? (text.toUpperCase() as PackageId) : undefined;
}

export function siteCode(text: string): SiteCode | undefined {
  return /^[A-Z0-9]{3}$/i.test(text) ? (text.toUpperCase() as SiteCode) : undefined;
}

export function ciId(value: number): CiId | undefined {
  return Number.isInteger(value) && value > 0 && value <= LARGEST_UINT32 ? (value as CiId) : undefined;
}

export function scheduleId(value: number): ScheduleId | undefined {
  return Number.isInteger(value) && value > 0 && value <= LARGEST_SINT32 ? (value as ScheduleId) : undefined;
}
