import type { CiId } from '../../site/identifiers.js';
import type { SoftwareUpdate } from '../../site/software-update.js';
import type { LeftOutReason } from '../../plan/update-selection.js';

const NEEDS: Readonly<Record<LeftOutReason['need'], string>> = {
  'not-wanted': 'not wanted',
  'not-needed': 'not needed',
  'not-possible': 'not possible',
};

/** Whether an update is needed, and why it was left out, as a person reads it. */
export function reasonText(reason: LeftOutReason): string {
  return `${NEEDS[reason.need]}: ${whyText(reason)}`;
}

/** The same, where it stands among updates of the same need. */
export function whyText(reason: LeftOutReason): string {
  switch (reason.why) {
    case 'expired':
      return 'expired';
    case 'already-installed':
      return 'on every index of the image already';
    case 'superseded':
      // One article stands for many updates, so that its number alone may be that of the one left out.
      return `superseded by ${articleBefore(reason.by)}CI_ID ${reason.by.ciId}, also selected`;
    case 'superseded-by-installed':
      return reason.by.article === undefined
        ? `superseded by CI_ID ${reason.by.ciId}, which the image already has`
        : `superseded by ${reason.by.article}, which the image already has (CI_ID ${reason.by.ciId})`;
    case 'not-required':
      return 'not required on any index of the image';
    case 'not-required-sibling':
      return `not required; of this article, CI_ID ${reason.by.ciId} is the update for the image`;
    case 'excluded':
      return 'excluded';
    case 'not-serviceable-offline':
      return 'not serviceable offline';
    case 'feature-update':
      return 'a feature update (classification Upgrades)';
    case 'metadata-only':
      return 'metadata only, there is no content to apply';
    case 'hidden':
      return 'hidden at the site';
    case 'disabled':
      return 'disabled at the site';
    case 'license-terms-not-accepted':
      return 'the license terms are not accepted';
    case 'content-not-downloaded':
      return 'content not downloaded';
    case 'not-readable':
      return 'not readable (deleted, or outside the scope of the account)';
  }
}

function articleBefore({ article }: SoftwareUpdate): string {
  return article === undefined ? '' : `${article}, `;
}

/** `KB5034441, CI_ID 16778001, 2024-01 Security Update …`, without the number again at the end of the title. */
export function updateText(ciId: CiId, update: SoftwareUpdate | undefined): string {
  const title = withoutArticle(update?.title, update?.article);
  return [update?.article, `CI_ID ${ciId}`, title].filter((part) => part !== undefined).join(', ');
}

function withoutArticle(title: string | undefined, article: string | undefined): string | undefined {
  return title === undefined || article === undefined ? title : title.replace(` (${article})`, '');
}

/** `1 update`, `2 updates`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
