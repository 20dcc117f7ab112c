export function instanceOf(properties) {
    return new Map(Object.entries(properties).map(([name, value]) => [name.toLowerCase(), value]));
}
//# sourceMappingURL=instance.js.map