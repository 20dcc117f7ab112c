export const INPUT_GROUPS = {
    work: 'What to service',
    connection: 'How the site is reached',
    selection: 'Which updates, and what to write',
};
export const CONNECTIONS = ['wmi', 'admin-service', 'simulator'];
/** A pipeline services real images: a made-up site is for the command. */
export const PIPELINE_CONNECTIONS = ['wmi', 'admin-service'];
export const UNUSABLE_UPDATES = ['fail', 'skip'];
export const ALREADY_INSTALLED = ['skip', 'include'];
export const SUPERSEDED_UPDATES = ['skip-if-newer-selected', 'include'];
export const UNSUPPORTED_IMAGES = ['fail', 'service'];
export const NOT_REQUIRED_UPDATES = ['include', 'skip'];
export const IF_SCHEDULED = ['fail', 'add'];
export const WRITE_ORDERS = ['draft-first', 'as-console'];
export const AUTHENTICATIONS = ['integrated', 'token'];
export const CIM_PROTOCOLS = ['auto', 'wsman', 'dcom'];
export const INPUTS = [
    {
        name: 'connection',
        kind: { is: 'choice', of: CONNECTIONS },
        default: 'wmi',
        required: false,
        label: 'Connection',
        group: 'connection',
        refusesEmpty: true,
        help: 'How the site is reached: wmi (through Windows PowerShell, on the SMS Provider itself or from another Windows machine) or admin-service (HTTPS to the SMS Provider). The command alone also takes simulator: a made-up site in its own process; nothing real is touched.',
    },
    {
        name: 'site-code',
        kind: { is: 'text' },
        default: undefined,
        required: false,
        label: 'Site code',
        group: 'work',
        refusesEmpty: true,
        help: 'Three letters or digits. An error if the provider serves another site. Default: the site that the provider serves.',
    },
    {
        name: 'sms-provider',
        kind: { is: 'text' },
        default: undefined,
        required: false,
        label: 'SMS Provider',
        group: 'connection',
        onlyWith: [{ connection: 'wmi' }, { connection: 'admin-service' }],
        help: 'FQDN of the SMS Provider. With wmi by default this machine; with admin-service required, and the base URL of its administration service will do too, ending in /AdminService or /AdminService_TokenAuth.',
    },
    {
        name: 'site-server',
        kind: { is: 'text' },
        default: undefined,
        required: false,
        label: 'Site server',
        group: 'connection',
        help: "FQDN of the site server that services the image. Default: the server of the image's source site, as the site tells it.",
    },
    {
        name: 'image',
        kind: { is: 'list' },
        default: undefined,
        required: true,
        label: 'Image',
        group: 'work',
        help: 'Names or package IDs of OS images or OS upgrade packages. One value a line, or a single line with commas between, which is looked up whole first.',
    },
    {
        name: 'update-group',
        kind: { is: 'list' },
        default: undefined,
        required: false,
        label: 'Update groups',
        group: 'work',
        help: 'Names or CI_IDs of software update groups, whose updates are taken together. This or updates is required.',
    },
    {
        name: 'updates',
        kind: { is: 'list' },
        default: undefined,
        required: false,
        label: 'Updates',
        group: 'work',
        help: 'Updates beside the groups, or without any: KB5034441 (every CI_ID of that article), CI_IDs, or applicable (all that the site holds as applicable to the image).',
    },
    {
        name: 'exclude-updates',
        kind: { is: 'list' },
        default: undefined,
        required: false,
        label: 'Exclude updates',
        group: 'selection',
        help: 'Updates that are never scheduled, by KB number or CI_ID, wherever they come from. What an excluded update supersedes is scheduled in its place.',
    },
    {
        name: 'update-distribution-points',
        kind: { is: 'boolean' },
        default: 'false',
        required: false,
        label: 'Update distribution points',
        group: 'work',
        help: 'Whether the site updates the distribution points after it has serviced the image.',
    },
    {
        name: 'start',
        kind: { is: 'text' },
        default: 'now',
        required: false,
        label: 'Start',
        group: 'work',
        refusesEmpty: true,
        help: 'When the site shall service the images: now, or a time such as 2030-06-01T02:00Z or 2030-06-01T02:00+02:00, rounded up to the minute. Without a zone it is the time of the source site of the image.',
    },
    {
        name: 'continue-on-update-error',
        kind: { is: 'boolean' },
        default: 'false',
        required: false,
        label: 'Continue when an update fails',
        group: 'selection',
        help: 'Whether the site goes on with the next update after one that cannot be applied to the image.',
    },
    {
        name: 'remove-superseded-updates',
        kind: { is: 'boolean' },
        default: 'false',
        required: false,
        label: 'Remove superseded updates',
        group: 'selection',
        help: 'Whether the site removes superseded updates from the image after servicing. For images with one index only, on sites of version 1902 and later.',
    },
    {
        name: 'unusable-updates',
        kind: { is: 'choice', of: UNUSABLE_UPDATES },
        default: 'fail',
        required: false,
        label: 'Updates that cannot be used',
        group: 'selection',
        help: 'What to do with updates whose content is not downloaded, whose license terms are not accepted or that cannot be read: fail before anything is written, or skip them.',
    },
    {
        name: 'already-installed',
        kind: { is: 'choice', of: ALREADY_INSTALLED },
        default: 'skip',
        required: false,
        label: 'Updates that the image has already',
        group: 'selection',
        help: 'Whether updates that every index of the image already has are left out (skip) or scheduled again (include).',
    },
    {
        name: 'superseded-updates',
        kind: { is: 'choice', of: SUPERSEDED_UPDATES },
        default: 'skip-if-newer-selected',
        required: false,
        label: 'Superseded updates',
        group: 'selection',
        help: 'Whether an update is left out that another one supersedes which is selected too, or is in every index of the image already (skip-if-newer-selected), or scheduled all the same (include).',
    },
    {
        name: 'not-required-updates',
        kind: { is: 'choice', of: NOT_REQUIRED_UPDATES },
        default: 'include',
        required: false,
        label: 'Updates that are not required',
        group: 'selection',
        help: 'Updates that the site holds as not required on every index of the image: schedule them (include), or skip them. Skip suits groups that hold updates for several products.',
    },
    {
        name: 'unsupported-images',
        kind: { is: 'choice', of: UNSUPPORTED_IMAGES },
        default: 'fail',
        required: false,
        label: 'Unsupported images',
        group: 'selection',
        help: 'Images for which Microsoft no longer supports offline servicing (Windows 11 22H2 and later, Windows Server 2025): fail before anything is written, or service them with a warning.',
    },
    {
        name: 'if-scheduled',
        kind: { is: 'choice', of: IF_SCHEDULED },
        default: 'fail',
        required: false,
        label: 'If the image is already scheduled',
        group: 'selection',
        help: 'What to do when another servicing schedule is servicing the image or waits to service it: fail before anything is written, or add a schedule with a warning.',
    },
    {
        name: 'write-order',
        kind: { is: 'choice', of: WRITE_ORDERS },
        default: 'draft-first',
        required: false,
        label: 'Order of the writes',
        group: 'selection',
        help: 'draft-first: a schedule is marked to run once it is whole. as-console: it is marked first, as the console does it; for a site where drafts turn out not to work.',
    },
    {
        name: 'dry-run',
        kind: { is: 'boolean' },
        default: 'false',
        required: false,
        label: 'Dry run',
        group: 'selection',
        refusesEmpty: true,
        help: 'Everything but the writes: shows what would be scheduled.',
    },
    {
        name: 'authentication',
        kind: { is: 'choice', of: AUTHENTICATIONS },
        default: 'integrated',
        required: false,
        label: 'Authentication',
        group: 'connection',
        onlyWith: [{ connection: 'admin-service' }],
        help: 'For admin-service: integrated (Kerberos, as the account that runs the step) or token (Microsoft Entra ID).',
    },
    {
        name: 'username',
        kind: { is: 'text' },
        default: undefined,
        required: false,
        label: 'User name',
        group: 'connection',
        onlyWith: [{ connection: 'wmi' }],
        help: 'Account to log in with, as DOMAIN\\user or user@domain: for wmi with sms-provider, where by default the account that runs the step logs in. Needs the password too.',
    },
    {
        name: 'password',
        kind: { is: 'secret', environmentVariable: 'CONFIGMGR_PASSWORD' },
        default: undefined,
        required: false,
        label: 'Password',
        group: 'connection',
        onlyWith: [{ connection: 'wmi' }],
        help: 'The password of username. On GitHub from a secret; on Azure Pipelines the secret variable CONFIGMGR_PASSWORD; the command takes it from the environment variable CONFIGMGR_PASSWORD only.',
    },
    {
        name: 'token',
        kind: { is: 'secret', environmentVariable: 'CONFIGMGR_TOKEN' },
        default: undefined,
        required: false,
        label: 'Token',
        group: 'connection',
        onlyWith: [{ connection: 'admin-service', authentication: 'token' }],
        help: 'The bearer token, with authentication token. On GitHub from a secret; on Azure Pipelines the secret variable CONFIGMGR_TOKEN; the command takes it from the environment variable CONFIGMGR_TOKEN only.',
    },
    {
        name: 'ca-certificate',
        kind: { is: 'text' },
        default: undefined,
        required: false,
        label: 'CA certificate file',
        group: 'connection',
        onlyWith: [{ connection: 'admin-service' }],
        help: "PEM file with the CA certificates to trust instead of the system's, for a site with its own certificate.",
    },
    {
        name: 'cim-protocol',
        kind: { is: 'choice', of: CIM_PROTOCOLS },
        default: 'auto',
        required: false,
        label: 'CIM protocol',
        group: 'connection',
        onlyWith: [{ connection: 'wmi' }],
        help: 'How wmi reaches the machine of sms-provider: wsman (WinRM), dcom, or auto: WinRM first, DCOM where that is closed.',
    },
    {
        name: 'powershell',
        kind: { is: 'text' },
        default: undefined,
        required: false,
        label: 'PowerShell',
        group: 'connection',
        onlyWith: [{ connection: 'wmi' }],
        help: 'The PowerShell that wmi runs: an absolute path, or a name that the PATH is searched for. Default: the Windows PowerShell of the system; where there is no Windows, pwsh.',
    },
];
export function isListInput(name) {
    return inputDefinition(name).kind.is === 'list';
}
/** The row of an input. */
export function inputDefinition(name) {
    const definition = INPUTS.find((input) => input.name === name);
    if (definition === undefined)
        throw new TypeError(`There is no input ${name}.`);
    return definition;
}
/** `site-code` → `siteCode`. */
export function camelName(kebab) {
    return kebab.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}
export const OUTPUTS = [
    { name: 'schedule-id', help: "ID of the first image's servicing schedule; empty where none was made." },
    { name: 'schedule-ids', help: 'JSON object: package ID to schedule ID.' },
    {
        name: 'applied-ci-count',
        help: 'Number of different CI_IDs applied to schedules: scheduled, which is not yet installed. 0 in a dry run.',
    },
    { name: 'ci-ids', help: 'JSON array of these CI_IDs, ascending, each once.' },
    { name: 'skipped-ci-count', help: 'Number of different CI_IDs left out for every image.' },
    { name: 'image-package-ids', help: 'JSON array of package IDs.' },
    {
        name: 'state',
        help: 'scheduled, nothing-to-do, planned (a dry run) or failed: the worst of the images.',
    },
    {
        name: 'report',
        help: 'Path of the JSON report, which has everything that the run knows. In a pipeline a file in the temporary folder of the agent; empty where none was written.',
    },
];
//# sourceMappingURL=input-table.js.map