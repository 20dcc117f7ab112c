import { inputDefinition } from './input-table.js';
/** A value that a person can copy. Booleans and choices have theirs in the table. */
const EXAMPLES = {
    'site-code': 'LAB',
    'sms-provider': 'cm01.corp.example.com',
    'site-server': 'cm01.corp.example.com',
    image: 'Windows Server 2022',
    'update-group': 'Windows Server 2022 2026-11',
    updates: 'KB5034441',
    'exclude-updates': 'KB5034441',
    start: '2030-06-01T02:00Z',
    username: 'CORP\\svc-servicing',
    'ca-certificate': 'site-ca.pem',
    powershell: 'pwsh',
};
/** Undefined for a secret: its place is never in a file. */
export function exampleOf(name) {
    const { kind } = inputDefinition(name);
    switch (kind.is) {
        case 'boolean':
            return 'true';
        case 'choice':
            return kind.of[0];
        case 'secret':
            return undefined;
        case 'text':
        case 'list':
            return EXAMPLES[name];
    }
}
//# sourceMappingURL=input-examples.js.map