import type { Progress } from '../../src/plan/progress.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { reportText } from '../../src/report/report-text.js';
import { jsonReport, type JsonReport, type ReportFrame } from '../../src/verbs/service/json-report.js';
import type { ServiceRun } from '../../src/verbs/service/service-images.js';
import type { ServiceRequest } from '../../src/verbs/service/service-request.js';
import { REQUEST } from '../servicing/site-afterwards.js';
import { readReport } from './report-validity.js';

const BEGIN = Date.UTC(2026, 10, 11, 4, 0, 0, 7);

/** A run of one minute, written to a file. */
export const FRAME: ReportFrame = {
  version: '1.2.3',
  startedAt: BEGIN,
  endedAt: BEGIN + 60_000,
  file: '/t/r.json',
  late: [],
};

/** A request over the administration service, with a secret in it. */
export function serviceRequest(servicing: Partial<ServicingRequest> = {}): ServiceRequest {
  const address = serviceAddress('cm01.corp.example.com', 'token');
  if (address === undefined) throw new TypeError('Not an address.');
  return {
    connection: {
      kind: 'admin-service',
      address,
      login: { kind: 'token', token: 'hunter2-hunter2' },
      caCertificate: '/etc/ssl/corp.pem',
    },
    servicing: { ...REQUEST, ...servicing },
    follow: undefined,
  };
}

/** The report of a run, read again from its text. */
export function reportOfRun(
  { run }: { readonly run: ServiceRun },
  progress: readonly Progress[],
  request: Partial<ServicingRequest> = {},
): JsonReport {
  const report = jsonReport(run, serviceRequest(request), progress, FRAME);
  return readReport(reportText(report, (text) => text));
}
