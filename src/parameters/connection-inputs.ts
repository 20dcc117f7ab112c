import { AUTHENTICATIONS, CIM_PROTOCOLS, CONNECTIONS } from './connection-kinds.js';
import type { InputDefinition } from './input-definition.js';

/** Which site, and over which connection: of every verb that reaches one. */
export const SITE_INPUTS = [
  {
    name: 'connection',
    kind: {
      is: 'choice',
      of: CONNECTIONS,
      words: {
        wmi: 'Windows PowerShell (WMI)',
        'admin-service': 'AdminService (HTTPS)',
        simulator: 'Simulated site',
      },
    },
    default: 'wmi',
    required: false,
    label: 'Connection',
    group: 'site',
    refusesEmpty: true,
    help: 'How the site is reached: wmi (through Windows PowerShell, on the SMS Provider itself or from another Windows machine) or admin-service (HTTPS to the SMS Provider).',
    helpOn: {
      'command-line': 'Or simulator: a simulated site in the same process; nothing real is touched.',
    },
  },
  {
    name: 'site-code',
    kind: { is: 'text' },
    default: undefined,
    required: false,
    label: 'Site code',
    group: 'site',
    refusesEmpty: true,
    example: 'LAB',
    help: 'Three letters or digits. An error if the provider serves another site. Default: the site that the provider serves.',
  },
  {
    name: 'sms-provider',
    kind: { is: 'text' },
    default: undefined,
    required: false,
    label: 'SMS Provider',
    group: 'site',
    onlyWith: [{ connection: 'wmi' }, { connection: 'admin-service' }],
    example: 'cm01.corp.example.com',
    help: 'FQDN of the SMS Provider. With wmi by default this machine; with admin-service required, and the base URL of its administration service will do too, ending in /AdminService or /AdminService_TokenAuth.',
  },
] as const satisfies readonly InputDefinition[];

/** How the step authenticates, and what else its connection needs. */
export const LOGIN_INPUTS = [
  {
    name: 'authentication',
    kind: {
      is: 'choice',
      of: AUTHENTICATIONS,
      words: { integrated: 'Kerberos (account of the agent)', token: 'Microsoft Entra ID token' },
    },
    default: 'integrated',
    required: false,
    label: 'Authentication',
    group: 'site',
    onlyWith: [{ connection: 'admin-service' }],
    help: 'For admin-service: integrated (Kerberos, as the account that runs the step) or token (Microsoft Entra ID).',
  },
  {
    name: 'username',
    kind: { is: 'text' },
    default: undefined,
    required: false,
    label: 'User name',
    group: 'site',
    onlyWith: [{ connection: 'wmi' }],
    example: 'CORP\\svc-servicing',
    help: 'Account to log in with, as DOMAIN\\user or user@domain: for wmi with sms-provider, where by default the account that runs the step logs in. Needs the password too.',
  },
  {
    name: 'password',
    kind: { is: 'secret', environmentVariable: 'CONFIGMGR_PASSWORD' },
    default: undefined,
    required: false,
    label: 'Password',
    group: 'site',
    onlyWith: [{ connection: 'wmi' }],
    help: 'The password of username.',
    helpOn: { github: 'Take it from a secret.' },
  },
  {
    name: 'token',
    kind: { is: 'secret', environmentVariable: 'CONFIGMGR_TOKEN' },
    default: undefined,
    required: false,
    label: 'Token',
    group: 'site',
    onlyWith: [{ connection: 'admin-service', authentication: 'token' }],
    help: 'The bearer token, with authentication token.',
    helpOn: { github: 'Take it from a secret.' },
  },
  {
    name: 'ca-certificate',
    kind: { is: 'text' },
    default: undefined,
    required: false,
    label: 'CA certificate file',
    group: 'site',
    onlyWith: [{ connection: 'admin-service' }],
    example: 'site-ca.pem',
    help: "PEM file with the CA certificates to trust instead of the system's, for a site with its own certificate.",
  },
  {
    name: 'cim-protocol',
    kind: {
      is: 'choice',
      of: CIM_PROTOCOLS,
      words: { auto: 'WinRM, or DCOM if WinRM is closed', wsman: 'WinRM', dcom: 'DCOM' },
    },
    default: 'auto',
    required: false,
    label: 'CIM protocol',
    group: 'advanced',
    onlyWith: [{ connection: 'wmi' }],
    help: 'How wmi reaches the machine of sms-provider: wsman (WinRM), dcom, or auto: WinRM first, DCOM where that is closed.',
  },
  {
    name: 'powershell',
    kind: { is: 'text' },
    default: undefined,
    required: false,
    label: 'PowerShell',
    group: 'advanced',
    onlyWith: [{ connection: 'wmi' }],
    example: 'pwsh',
    help: 'The PowerShell that wmi runs: an absolute path, or a name that the PATH is searched for. Default: the Windows PowerShell of the system; where there is no Windows, pwsh.',
  },
] as const satisfies readonly InputDefinition[];

export const CONNECTION_INPUTS = [...SITE_INPUTS, ...LOGIN_INPUTS] as const;
