/** Windows 11, version 22H2: the first release whose updates come in the form of the Unified Update Platform. */
const FIRST_BUILD_NOT_SUPPORTED = 22_621;
/** Windows Server, version 23H2: no public source says how its images are serviced. */
const BUILD_WITHOUT_A_STATEMENT = 25_398;
/** docs/configmgr.md, "Images that the vendor no longer supports". */
export function vendorSupportOf({ build }) {
    if (build < FIRST_BUILD_NOT_SUPPORTED)
        return 'supported';
    return build === BUILD_WITHOUT_A_STATEMENT ? 'unknown' : 'not-supported';
}
/** That of Windows XP. A smaller number is part of something else: of a date, or of a version without a build. */
const SMALLEST_BUILD = 2_600;
/**
 * The version in what a site gives: `10.0.20348.587`, with or without its revision, with text or blanks around it, or a
 * build by itself. Undefined for anything else, also for a version without a build: it must not count as an old one.
 */
export function osVersionIn(value) {
    if (typeof value !== 'string' && typeof value !== 'number')
        return undefined;
    const text = String(value)
        .slice(0, LONGEST_TEXT)
        .replace(/\s*\.\s*/g, '.')
        .trim();
    const versions = text.match(/(?<![\d.])\d{1,9}(?:\.\d{1,9}){2,}(?!\d)/g) ?? [];
    const read = versions.flatMap((version) => ofNumbers(version.split('.').map(Number).slice(0, 4)) ?? []);
    return highestVersion(read) ?? buildByItself(text);
}
const LONGEST_TEXT = 1_000;
function ofNumbers(numbers) {
    const [, , build = 0, revision = 0] = numbers;
    return build < SMALLEST_BUILD ? undefined : { text: numbers.join('.'), build, revision };
}
function buildByItself(text) {
    const found = /^(?:build\s+)?(\d{4,9})(?:\.(\d{1,9}))?$/i.exec(text);
    const build = Number(found?.[1] ?? 0);
    if (build < SMALLEST_BUILD)
        return undefined;
    const revision = found?.[2];
    return {
        text: revision === undefined ? String(build) : `${build}.${Number(revision)}`,
        build,
        revision: Number(revision ?? 0),
    };
}
/** Undefined for none. */
export function highestVersion(versions) {
    return versions.reduce((highest, each) => (highest === undefined || isHigher(each, highest) ? each : highest), undefined);
}
function isHigher(one, other) {
    return one.build > other.build || (one.build === other.build && one.revision > other.revision);
}
//# sourceMappingURL=os-version.js.map