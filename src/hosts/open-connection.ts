import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import { inputNamed, inputSetTo } from '../diagnosis/input-mention.js';
import { AdminServiceConnection } from '../provider/admin-service/admin-service-connection.js';
import { environmentForCurl, findCurl } from '../provider/admin-service/curl-executable.js';
import type { Clock } from '../provider/clock.js';
import type { Debug } from '../provider/debug-line.js';
import type { SmsProvider } from '../provider/port.js';
import { accountOfProcess } from '../provider/denied-operation.js';
import { makePrivateFolder } from '../provider/private-folder.js';
import type { RetryNotice, RetryPolicy } from '../provider/retry-policy.js';
import { shown } from '../parameters/input-errors.js';
import { environmentForPowerShell, findPowerShell } from '../provider/wmi/powershell-executable.js';
import { WmiConnection } from '../provider/wmi/wmi-connection.js';
import type { AdminServiceRequest, SiteConnection, WmiRequest } from '../parameters/connection-request.js';

/** What a connection needs of the process that it lives in. */
export interface ConnectionContext {
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRetry: (notice: RetryNotice) => void;
  /** Undefined where nobody looks into the run. */
  readonly debug: Debug | undefined;
}

export const RETRY_POLICY: RetryPolicy = {
  attempts: 4,
  firstDelayMilliseconds: 1_000,
  longestDelayMilliseconds: 15_000,
};

/** The first call to a provider that was idle can take many seconds; half a minute without a connection is none. */
export const ADMIN_SERVICE_LIMITS = {
  connectSeconds: 30,
  answerSeconds: 120,
  answerBytes: 64 * 1024 * 1024,
  parallel: 8,
} as const;

/**
 * PowerShell can take half a minute to start where it is scanned, and two protocols may have to be tried on two machines.
 * An answer of the script is one line, whatever its length, and a line costs more than its length to read.
 */
export const WMI_LIMITS = {
  operationSeconds: 120,
  startSeconds: 120,
  outputBytes: 32 * 1024 * 1024,
} as const;

/** The build puts it beside each bundle. */
const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'sms-provider-batch.ps1');

/** Opens nothing yet: the first batch does. Makes the private folder, so the connection has to be closed. */
export function openConnection(request: SiteConnection, context: ConnectionContext): SmsProvider {
  switch (request.kind) {
    case 'wmi':
      return openWmi(request, context);
    case 'admin-service':
      return openAdminService(request, context);
  }
}

function openWmi(
  { smsProvider, cimProtocol, siteCode, credential, powerShell }: WmiRequest,
  { environment, clock, random, onRetry, debug }: ConnectionContext,
): SmsProvider {
  const executable = findPowerShell(powerShell, environment);
  if (executable === undefined) throw new DiagnosedError(noPowerShell(powerShell, process.platform));
  return new WmiConnection({
    executable,
    scriptPath: SCRIPT,
    environment: environmentForPowerShell(environment),
    folder: makePrivateFolder(environment),
    place: { computer: smsProvider, protocol: cimProtocol, siteCode, credential },
    limits: WMI_LIMITS,
    retry: RETRY_POLICY,
    clock,
    random,
    onRetry,
    debug,
    account: accountOfProcess(environment, process.platform),
  });
}

function noPowerShell(named: string | undefined, platform: NodeJS.Platform): Diagnosis {
  const isWindows = platform === 'win32';
  const usual = isWindows ? 'System32 has no powershell.exe' : 'no folder of the PATH has a pwsh';
  return {
    code: 'OS311',
    what: `There is no PowerShell to run: ${named === undefined ? usual : `${inputNamed('powershell')} names ${shown(named)}, which was not found`}.`,
    cause: `The connection wmi${named === undefined ? ', which is the default,' : ''} talks to the SMS Provider through PowerShell and the CIM cmdlets of Windows.`,
    next: isWindows
      ? `Name in ${inputNamed('powershell')} one that is there, or leave the input out to take the one of Windows.`
      : `Set ${inputSetTo('connection', 'admin-service')}, which runs on any system; or run the step on a Windows machine of the domain and name the SMS Provider in ${inputNamed('sms-provider')}. It need not be the site server.`,
  };
}

function openAdminService(
  request: AdminServiceRequest,
  { environment, clock, random, onRetry, debug }: ConnectionContext,
): SmsProvider {
  const curlExecutable = findCurl(environment);
  if (curlExecutable === undefined) {
    throw new DiagnosedError({
      code: 'OS301',
      what: 'There is no curl on this runner.',
      cause:
        'The connection admin-service talks to the SMS Provider through curl 7.76 or later, found on the PATH or, on Windows, in System32.',
      next: 'Install curl (on Debian and Ubuntu: apt-get install curl; Windows Server 2019 and later have it).',
    });
  }
  const { address, login, caCertificate } = request;
  return new AdminServiceConnection({
    address,
    curlExecutable,
    environment: environmentForCurl(environment),
    settings: { login, caCertificate, platform: process.platform, ...ADMIN_SERVICE_LIMITS },
    folder: makePrivateFolder(environment),
    retry: RETRY_POLICY,
    clock,
    random,
    onRetry,
    debug,
    account: accountOfProcess(environment, process.platform),
  });
}
