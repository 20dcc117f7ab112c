import { besideMentions } from '../diagnosis/input-mention.js';
import { neutralText } from './neutral-text.js';
/**
 * A text of a server or a user as plain text inside Markdown, cells of tables included: whatever would be markup, HTML,
 * a link, a mention or a table's border is shown as it is.
 */
export function markdownText(text) {
    return besideMentions(text, escapedText);
}
function escapedText(text) {
    return neutralText(text)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\`*_{}[\]()#+\-.!|~:@$^"']/g, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/(?<=^ *)\d/, (digit) => `&#${digit.charCodeAt(0)};`);
}
//# sourceMappingURL=markdown-text.js.map