import type { HttpRequest } from './http-exchange.js';

/** What every request of a connection carries. */
export interface CurlSettings {
  readonly login: { readonly kind: 'integrated' } | { readonly kind: 'token'; readonly token: string };
  /** Absolute path of a PEM file; undefined: the trust of the system. */
  readonly caCertificate: string | undefined;
  readonly connectSeconds: number;
  readonly answerSeconds: number;
  readonly answerBytes: number;
  /** How many transfers run at once in an unordered batch. */
  readonly parallel: number;
  readonly platform: NodeJS.Platform;
}

export interface CurlTransfer {
  readonly request: HttpRequest;
  /** Absolute path of the file that takes the body of the answer. */
  readonly answerFile: string;
}

type Option = readonly [name: string, value?: string | number];

/**
 * The configuration that curl reads on its standard input: a section for each transfer.
 * A section inherits nothing from the one before, so each carries everything
 * (docs/configmgr.md, "curl as the client").
 */
export function curlConfiguration(
  transfers: readonly CurlTransfer[],
  order: 'unordered' | 'in-order',
  settings: CurlSettings,
): string {
  const whole: readonly Option[] =
    order === 'in-order' ? [['fail-early']] : [['parallel'], ['parallel-max', settings.parallel]];
  const sections = transfers.map((transfer, index) => section(transfer, index, order, settings));
  return configurationLines(whole) + sections.map(configurationLines).join('next\n');
}

/** One transfer that curl comments on, on standard output: what it sent, what came, what its login library said. */
export function examinationConfiguration(transfer: CurlTransfer, settings: CurlSettings): string {
  const whole: readonly Option[] = [['verbose'], ['stderr', '-']];
  return configurationLines(whole) + configurationLines(section(transfer, 0, 'unordered', settings));
}

function section(
  { request, answerFile }: CurlTransfer,
  index: number,
  order: 'unordered' | 'in-order',
  settings: CurlSettings,
): readonly Option[] {
  return [
    ['url', request.url],
    ...requestOptions(request),
    ...loginOptions(settings.login),
    ['header', 'Accept: application/json'],
    ...(endsItsConnection(request, order) ? ([['header', 'Connection: close']] as const) : []),
    ['output', answerFile],
    ['write-out', transferReport(index)],
    // An answer of 400 and above counts as a failure, so that fail-early stops a sequence; its body is kept.
    ['fail-with-body'],
    ['silent'],
    ['no-progress-meter'],
    ['proto', '=https'],
    ['tlsv1.2'],
    ['http1.1'],
    ['globoff'],
    // Straight to the provider: a proxy in between would see, and could change, what is written.
    ['noproxy', '*'],
    ...(settings.caCertificate === undefined ? [] : ([['cacert', settings.caCertificate]] as const)),
    // Schannel refuses a certificate whose revocation list cannot be reached, which is the rule for internal ones.
    // A list that can be reached is still obeyed.
    ...(settings.platform === 'win32' ? ([['ssl-revoke-best-effort']] as const) : []),
    ['connect-timeout', settings.connectSeconds],
    ['max-time', settings.answerSeconds],
    ['max-filesize', settings.answerBytes],
  ];
}

/**
 * A request on a connection that the site closed meanwhile is sent a second time by curl itself. Where that would make
 * a second object, the connection is not used again; nor in a sequence, whose later requests start what the site may
 * have taken already when they come again.
 */
function endsItsConnection({ effect }: HttpRequest, order: 'unordered' | 'in-order'): boolean {
  return effect === 'write-once' || order === 'in-order';
}

function requestOptions(request: HttpRequest): readonly Option[] {
  const method: readonly Option[] = request.method === 'GET' ? [] : [['request', request.method]];
  if (request.body === undefined) return method;
  return [
    ...method,
    // data-raw: with plain data a body that began with @ would be read as the name of a file.
    ['data-raw', request.body],
    ['header', 'Content-Type: application/json'],
    ['header', 'Expect:'],
  ];
}

function loginOptions(login: CurlSettings['login']): readonly Option[] {
  switch (login.kind) {
    case 'integrated':
      return [['negotiate'], ['user', ':']];
    case 'token':
      return [['header', `Authorization: Bearer ${login.token}`]];
  }
}

const REPORT_MARK = 'transfer';

const REDIRECT_MARK = 'redirect';

/**
 * Two lines on standard output for each transfer that ended, well or not. What may have spaces comes last; a header
 * cannot hold a line end.
 */
function transferReport(index: number): string {
  return (
    `${REDIRECT_MARK} ${index} %{redirect_url}\n` +
    `${REPORT_MARK} ${index} %{http_code} %{exitcode} %{size_request} %{time_total} %{errormsg}\n`
  );
}

export interface TransferReport {
  readonly index: number;
  /** 0 when no status line came. */
  readonly status: number;
  readonly curlCode: number;
  readonly sentBytes: number;
  /** Of the whole transfer, from its beginning in curl. */
  readonly milliseconds: number;
  readonly words: string;
}

/** Undefined for a line that is none of ours. */
export function readTransferReport(line: string): TransferReport | undefined {
  const match = /^transfer (\d+) (\d{3}) (\d+) (\d+) ([\d.,]+) ?(.*)$/.exec(line);
  if (match === null) return undefined;
  const [, index, status, curlCode, sentBytes, seconds, words] = match;
  return {
    index: Number(index),
    status: Number(status),
    curlCode: Number(curlCode),
    sentBytes: Number(sentBytes),
    // curl writes the decimal separator of its locale in some versions.
    milliseconds: Number(seconds?.replace(',', '.')) * 1_000,
    words: words ?? '',
  };
}

/** Where the answer of a transfer redirects to; undefined for any other line, and without a redirect. */
export function readRedirectReport(
  line: string,
): { readonly index: number; readonly location: string } | undefined {
  const match = /^redirect (\d+) (.+)$/s.exec(line);
  return match === null ? undefined : { index: Number(match[1]), location: match[2] ?? '' };
}

function configurationLines(options: readonly Option[]): string {
  return options
    .map(([name, value]) => (value === undefined ? `${name}\n` : `${name} = ${quoted(String(value))}\n`))
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A quoted value of curl's configuration. Without these escapes a value could end its line and begin an option. */
export function quoted(value: string): string {
  if (value.includes('\0')) throw new RangeError('A value for curl cannot hold a NUL character.');
  return `"${value.replace(/[\\"\n\r\t\v]/g, (character) => ESCAPES[character] ?? character)}"`;
}
