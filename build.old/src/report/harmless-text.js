import { neutralText } from './neutral-text.js';
/**
 * What every text goes through on its way to a log: the mask before the neutraliser, whose escapes could come between the
 * characters of a secret; and after it, because a text that was made one line may hold a secret that it did not before.
 */
export function harmlessWith(mask) {
    return (text) => mask(neutralText(mask(text)));
}
//# sourceMappingURL=harmless-text.js.map