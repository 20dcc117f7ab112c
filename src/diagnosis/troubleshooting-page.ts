import { DIAGNOSIS_CODES, type DiagnosisCode } from './codes.js';
import { VERSION } from './version.js';

/** Where the product is developed. */
export const REPOSITORY_URL = 'https://github.com/configmgr-offline-servicing/configmgr-offline-servicing';

/** `OS202 No image has that name or package ID`: what a person reads first of an error. */
export function titleOf(code: DiagnosisCode): string {
  return `${code} ${DIAGNOSIS_CODES[code]}`;
}

/** The section of docs/troubleshooting.md that explains a code, as the version that runs has it. */
export function troubleshootingUrl(code: DiagnosisCode): string {
  return `${REPOSITORY_URL}/blob/v${VERSION}/docs/troubleshooting.md#${anchorOf(`${code} — ${DIAGNOSIS_CODES[code]}`)}`;
}

/** As GitHub makes an anchor of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
