import { harmlessWith } from './harmless-text.js';
import { markdownText } from './markdown-text.js';
/** The mask goes first: a cut through a secret, or an escape between its characters, would hide it from the mask. */
export function shownWith(mask) {
    const harmless = harmlessWith(mask);
    return Object.assign((text, cut = (whole) => whole) => markdownText(cut(harmless(text))), {
        inCode: harmless,
    });
}
//# sourceMappingURL=summary-text.js.map