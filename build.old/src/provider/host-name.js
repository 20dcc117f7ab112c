/** Windows lets a computer's name have an underscore anywhere, though DNS for the Internet does not. */
const LABEL = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
/** A short name, a fully qualified one, or an IPv4 address; nothing that another language could take for more. */
export function isHostName(text) {
    return text.length <= 253 && HOST_NAME.test(text);
}
//# sourceMappingURL=host-name.js.map