/** The HTTP method that does the same over the administration service, so that faults and records are shared. */
export function likeMethod(verb) {
    switch (verb) {
        case 'query':
        case 'enumerate':
        case 'class':
        case 'get':
            return 'GET';
        case 'create':
        case 'invoke':
            return 'POST';
        case 'modify':
            return 'PUT';
        case 'remove':
            return 'DELETE';
    }
}
export function classOf(call) {
    return call.verb === 'query' ? /\bFROM\s+(\w+)/i.exec(call.text)?.[1] : call.class;
}
//# sourceMappingURL=wmi-request.js.map