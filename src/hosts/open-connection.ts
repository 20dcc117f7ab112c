import { DiagnosedError } from '../diagnosis/diagnosis.js';
import { AdminServiceConnection } from '../provider/admin-service/admin-service-connection.js';
import { environmentForCurl, findCurl } from '../provider/admin-service/curl-executable.js';
import type { Clock } from '../provider/clock.js';
import type { SmsProvider } from '../provider/port.js';
import { makePrivateFolder } from '../provider/private-folder.js';
import type { RetryNotice, RetryPolicy } from '../provider/retry-policy.js';
import type { AdminServiceRequest } from '../parameters/step-request.js';

/** What a connection needs of the process that it lives in. */
export interface ConnectionSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onRetry: (notice: RetryNotice) => void;
}

export const RETRY_POLICY: RetryPolicy = {
  attempts: 4,
  firstDelayMilliseconds: 1_000,
  longestDelayMilliseconds: 15_000,
};

/** The first call to a provider that was idle can take many seconds; half a minute without a connection is none. */
const LIMITS = {
  connectSeconds: 30,
  answerSeconds: 120,
  answerBytes: 64 * 1024 * 1024,
  parallel: 8,
} as const;

/** Opens nothing yet: the first batch does. Makes the private folder, so the connection has to be closed. */
export function openAdminService(
  request: AdminServiceRequest,
  { environment, clock, random, onRetry }: ConnectionSurroundings,
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
    settings: { login, caCertificate, platform: process.platform, ...LIMITS },
    folder: makePrivateFolder(environment),
    retry: RETRY_POLICY,
    clock,
    random,
    onRetry,
  });
}
