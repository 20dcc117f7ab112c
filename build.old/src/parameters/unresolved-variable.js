/**
 * Variables that nobody replaced by their values. Azure Pipelines leaves `$(name)` as it stands where no such variable
 * is defined, in secrets too. The literal text must not be sent anywhere, least of all as a password.
 */
/** `$(group.name)`, the runtime expression `$[variables.name]`, the template expression `${{ variables.name }}`. */
const WHOLE = /^(?:\$\([^()\r\n]+\)\s*|\$\[[^[\]\r\n]+\]\s*|\$\{\{[^{}\r\n]+\}\}\s*)+$/;
const CONTAINED = /\$\([A-Za-z_][\w .-]{0,200}\)|\$\{\{[^{}\r\n]{1,200}\}\}/;
/** Whether the text consists of nothing else. */
export function isUnresolvedVariable(text) {
    return WHOLE.test(text.trim());
}
/** The first such variable in a text that holds something else too. */
export function unresolvedVariableIn(text) {
    return CONTAINED.exec(text)?.[0];
}
//# sourceMappingURL=unresolved-variable.js.map