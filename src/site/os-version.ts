import type { JsonValue } from '../provider/instance.js';

/** The version of a Windows installation in an image. */
export interface OsVersion {
  /** Numbers and dots only: `10.0.20348.587`, or a build by itself. */
  readonly text: string;
  readonly build: number;
  /** 0 where the site doesn't tell it. */
  readonly revision: number;
}

/** Whether Microsoft supports that a site services such an image offline. */
export type VendorSupport = 'supported' | 'not-supported' | 'unknown';

/** Windows 11, version 22H2: the first release whose updates come in the form of the Unified Update Platform. */
const FIRST_BUILD_NOT_SUPPORTED = 22_621;
/** Windows Server, version 23H2: no public source says how its images are serviced. */
const BUILD_WITHOUT_A_STATEMENT = 25_398;

/** docs/configmgr.md, "Images that Microsoft no longer supports". */
export function vendorSupportOf({ build }: OsVersion): VendorSupport {
  if (build < FIRST_BUILD_NOT_SUPPORTED) return 'supported';
  return build === BUILD_WITHOUT_A_STATEMENT ? 'unknown' : 'not-supported';
}

/** That of Windows XP. A smaller number is part of something else: of a date, or of a version without a build. */
const SMALLEST_BUILD = 2_600;

/**
 * The version in what a site gives: `10.0.20348.587`, with or without its revision, with text or blanks around it, or a
 * build by itself. Undefined for anything else, also for a version without a build: it must not count as an old one.
 */
export function osVersionIn(value: JsonValue | undefined): OsVersion | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value)
    .slice(0, LONGEST_TEXT)
    .replace(/\s*\.\s*/g, '.')
    .trim();
  const versions = text.match(/(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,}(?!\d)/g) ?? [];
  const read = versions.flatMap((version) => ofNumbers(version.split('.').map(Number).slice(0, 4)) ?? []);
  return highestVersion(read) ?? buildByItself(text);
}

const LONGEST_TEXT = 1_000;

function ofNumbers(numbers: readonly number[]): OsVersion | undefined {
  const [, , build = 0, revision = 0] = numbers;
  return build < SMALLEST_BUILD ? undefined : { text: numbers.join('.'), build, revision };
}

function buildByItself(text: string): OsVersion | undefined {
  const found = /^(?:build\s+)?(\d{4,9})(?:\.(\d{1,9}))?$/i.exec(text);
  const build = Number(found?.[1] ?? 0);
  if (build < SMALLEST_BUILD) return undefined;
  const revision = found?.[2];
  return {
    text: revision === undefined ? String(build) : `${build}.${Number(revision)}`,
    build,
    revision: Number(revision ?? 0),
  };
}

/** Undefined for none. */
export function highestVersion(versions: readonly OsVersion[]): OsVersion | undefined {
  return versions.reduce<OsVersion | undefined>(
    (highest, each) => (highest === undefined || isHigher(each, highest) ? each : highest),
    undefined,
  );
}

function isHigher(one: OsVersion, other: OsVersion): boolean {
  return one.build > other.build || (one.build === other.build && one.revision > other.revision);
}

/** What a site says about the version of one operating system in a WIM file. */
export interface VersionOnIndex {
  /** Undefined where the site gives nothing that can be an index: the version is still one of the image. */
  readonly index: number | undefined;
  /** Undefined where it cannot be read. */
  readonly version: OsVersion | undefined;
}
