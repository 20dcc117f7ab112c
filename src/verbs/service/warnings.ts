import { grouped } from '../../collections/grouped.js';
import { inputSetTo } from '../../diagnosis/input-mention.js';
import { listLeftOut } from '../../plan/left-out-list.js';
import type { Progress } from '../../plan/progress.js';
import type { ImagePackage } from '../../site/image-package.js';
import type { ServicingDoubt } from '../../plan/unsupported-images.js';
import type { ImageResult, RunResult } from './run-result.js';
import { impossibleUpdates, unusableUpdates, type LeftOutReason } from '../../plan/update-selection.js';
import { counted } from './update-names.js';

/** Something that somebody should hear of without reading the log. */
export interface Warning {
  /** A few words, the same for every image; nothing of the site. */
  readonly title: string;
  /** The one that the text names as `"name" (package ID)`; undefined for a warning of no image. */
  readonly image: ImagePackage | undefined;
  /** Can hold words of the site. */
  readonly text: string;
}

/** The warnings of a run that succeeded. */
export function warningsOf({ images, followWarnings }: RunResult): readonly Warning[] {
  const ofImages = images.flatMap((image) => [
    ...(image.state === 'nothing-to-do' ? blockedUpdates(image) : skippedUpdates(image)),
    ...updatesNotRequired(image),
  ]);
  return [
    ...ofImages,
    ...followWarnings.map((text): Warning => ({
      title: 'Not all is as it should be',
      image: undefined,
      text,
    })),
  ];
}

/** An image that gets nothing, although it may still need something: what stands in the way comes first. */
function blockedUpdates({ image, selection }: ImageResult): readonly Warning[] {
  const blocking = impossibleUpdates(selection);
  if (blocking.length === 0) return [];
  const count = (need: LeftOutReason['need']): number =>
    selection.leftOut.filter(({ reason }) => reason.need === need).length;
  const others = [
    ...(count('not-needed') === 0 ? [] : [`${count('not-needed')} not needed`]),
    ...(count('not-wanted') === 0 ? [] : [`${count('not-wanted')} excluded`]),
  ];
  const rest = others.length === 0 ? '' : ` Besides: ${others.join(', ')}.`;
  return [
    {
      title: 'Nothing is scheduled: updates are blocked',
      image,
      text: `Nothing is scheduled for image "${image.name}" (${image.packageId}): ${counted(blocking.length, 'update')} cannot be used: ${listLeftOut(blocking)}.${rest}`,
    },
  ];
}

function skippedUpdates({ image, selection, state }: ImageResult): readonly Warning[] {
  const unusable = unusableUpdates(selection);
  if (unusable.length === 0) return [];
  const were = unusable.length === 1 ? 'was' : 'were';
  const what = `${counted(unusable.length, 'update')} ${state === 'planned' ? 'would be' : were} skipped for image "${image.name}" (${image.packageId})`;
  const why = unusable.some(({ reason }) => reason.why === 'license-terms-not-accepted')
    ? 'license terms not accepted, content not downloaded, or not readable'
    : 'content not downloaded, or not readable';
  const stays = state === 'planned' ? 'would stay' : 'stays';
  const text = `${what}: ${why}. The image ${stays} without ${unusable.length === 1 ? 'it' : 'them'}.`;
  return [{ title: state === 'planned' ? 'Updates would be skipped' : 'Updates were skipped', image, text }];
}

/** Half of them or more, but not one of two: groups of several products for images of several products look so. */
function updatesNotRequired({
  image,
  selection: { used, usedThoughNotRequired },
}: ImageResult): readonly Warning[] {
  const count = usedThoughNotRequired.length;
  const isMost = count > 0 && (count === used.length || (count > 1 && count * 2 >= used.length));
  if (!isMost) return [];
  const text = `${count} of the ${counted(used.length, 'update')} for image "${image.name}" (${image.packageId}) ${count === 1 ? 'is' : 'are'} not required there, as the site last saw it. If they are for other products, use ${inputSetTo('not-required-updates', 'skip')}.`;
  return [{ title: 'Most updates are not required', image, text }];
}

/** The steps of a run that are worth a warning, and its title; a retry that can succeed is none. */
const TITLES: Readonly<Partial<Record<Progress['kind'], string>>> = {
  'stray-schedule-left': 'A second schedule is left',
  'taken-early': 'The image might get only some updates',
  'not-tidied-up': 'A temporary file is left',
  'servicing-doubtful': 'Offline servicing might not be supported',
  'image-of-other-site': 'The image belongs to another site',
  'also-scheduled': 'The image is already scheduled',
  'schedules-not-shown': 'The image has schedules that the site does not show',
  'draft-beside': 'A draft of another run exists',
  'exclusion-without-effect': 'An exclusion matches no update',
};

/** Whether a step of a run is worth a warning of its own. */
export function isWarning({ kind }: Progress): boolean {
  return TITLES[kind] !== undefined;
}

/** Undefined for a step that is worth none. */
export function warningTitleOf(progress: Progress): string | undefined {
  return progress.kind === 'servicing-doubtful'
    ? TITLES_OF_DOUBTS[progress.doubt.kind]
    : TITLES[progress.kind];
}

const TITLES_OF_DOUBTS: Readonly<Record<ServicingDoubt['kind'], string>> = {
  'not-supported': 'Offline servicing is not supported',
  'support-unknown': 'Offline servicing might not be supported',
  'version-unknown': 'The OS version is not known',
};

/** A warning of one title, whose texts are those of all images that it is about. */
export interface MergedWarning {
  readonly title: string;
  /** How many images it is about; 0 for a warning of no image. */
  readonly images: number;
  /** One, where the texts differ only in the images that they name. */
  readonly texts: readonly string[];
}

/** Puts the warnings of several images that say the same together, in the order of their first. */
export function mergedWarnings(warnings: readonly Warning[]): readonly MergedWarning[] {
  const byTitle = grouped(warnings, ({ title }) => title);
  return [...byTitle].map(([title, all]) => ({
    title,
    images: new Set(all.flatMap(({ image }) => image?.packageId ?? [])).size,
    texts: mergedTexts(all),
  }));
}

// A noncharacter of Unicode, which no text of a site has a use for.
const IMAGE = '\ufdd4';

function mergedTexts(warnings: readonly Warning[]): readonly string[] {
  const byForm = grouped(warnings, ({ image, text }) =>
    image === undefined ? text : text.replace(nameOf(image), IMAGE),
  );
  return [...byForm].map(([form, all]) => {
    const names = [...new Set(all.flatMap(({ image }) => (image === undefined ? [] : [nameOf(image)])))];
    return form.replace(IMAGE, () => names.join(', '));
  });
}

function nameOf({ name, packageId }: ImagePackage): string {
  return `"${name}" (${packageId})`;
}
