export function isConversed(operation) {
    return operation.verb === 'query' || operation.verb === 'change' || operation.verb === 'describe';
}
/** An operation in words that people know from the SDK. */
export function nameOperation(operation) {
    switch (operation.verb) {
        case 'query':
            return `query ${operation.class}`;
        case 'get':
            return `read ${operation.class}(${nameKey(operation.key)})`;
        case 'create':
            return `create ${operation.class}`;
        case 'update':
        case 'change':
        case 'delete':
            return `${operation.verb} ${operation.class}(${nameKey(operation.key)})`;
        case 'invoke':
            return `call ${operation.class}.${operation.method}`;
        case 'describe':
            return `describe ${operation.class}`;
    }
}
function nameKey(key) {
    const parts = Object.entries(key);
    return parts.map(([name, { value }]) => (parts.length === 1 ? value : `${name}=${value}`)).join(', ');
}
//# sourceMappingURL=port.js.map