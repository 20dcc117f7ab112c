import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { inputNamed } from '../../diagnosis/input-mention.js';
import { deniedText, type Denied } from '../denied-operation.js';
import { CURL } from './curl-process.js';
import { errorWords } from './error-words.js';
import { diagnoseForeignAnswer, notTheService } from './unexpected-response.js';
import { UNAUTHORIZED, type HttpAnswer } from './http-exchange.js';
import { diagnoseLogin, type RefusedLogin } from './login-diagnosis.js';

/** What the advice depends on beside the answer itself. */
export interface DiagnosisContext extends RefusedLogin {
  /** For people: `create SMS_ImageServicingSchedule`. */
  readonly operation: string;
  /** Who asks, and the right that it takes. */
  readonly denied: Denied;
}

const LOGS = 'AdminService.log and SMSProv.log on the SMS Provider';

/** The words of the site in an answer that is not a success, or those of curl. */
export function wordsOf(answer: HttpAnswer): string {
  switch (answer.kind) {
    case 'answered':
      return siteWords(answer.body);
    case 'no-answer':
      return answer.words;
    case 'not-attempted':
      return '';
  }
}

/** Explains an answer that did not do what was asked. */
export function diagnose(answer: HttpAnswer, context: DiagnosisContext): Diagnosis {
  const foreign = diagnoseForeignAnswer(answer, context);
  if (foreign !== undefined) return foreign;
  switch (answer.kind) {
    case 'answered':
      // The page that comes with a 401 is the web server's own, and has no reason in it.
      return answer.status === UNAUTHORIZED
        ? diagnoseLogin(answeredWith(UNAUTHORIZED, messageIn(answer.body) ?? '', context), context)
        : diagnoseStatus(answer.status, siteWords(answer.body), context);
    case 'no-answer':
      return diagnoseSilence(answer, context);
    case 'not-attempted':
      return {
        code: 'OS305',
        what: `Not attempted: ${context.operation}.`,
        cause: 'An earlier operation of the same sequence failed.',
        next: 'Mend the earlier failure and run the step again.',
      };
  }
}

function answeredWith(status: number, words: string, { operation, address }: DiagnosisContext): string {
  const answered = `${operation}: ${address} answered ${status}${words === '' ? '' : `: ${words}`}`;
  return /[.!?]$/.test(answered) ? answered : `${answered}.`;
}

function diagnoseStatus(status: number, words: string, context: DiagnosisContext): Diagnosis {
  const { operation, address, denied } = context;
  const answered = answeredWith(status, words, context);
  if (status === 403 || status === 404) {
    return {
      code: 'OS305',
      what: answered,
      cause:
        status === 403 || isDenied(words)
          ? deniedText(denied)
          : 'The administration service answers 404 to almost everything: a missing right, an object that is gone, ' +
            'a class or method that it does not expose. Its message, if any, says which.',
      next: `Check that ${denied.account} has a security role with the right ${denied.right.replace('probably ', '')}, and a security scope with the object; then look into ${LOGS} for the real reason.`,
    };
  }
  if (status >= 500) {
    return {
      code: 'OS309',
      what: answered,
      cause: 'The administration service or the SMS Provider behind it failed on this request.',
      next: `Look into ${LOGS}; when the provider was restarting, run the step again.`,
    };
  }
  if (status < 300)
    return notTheService(`${operation}: the answer of ${address} cannot be read: ${words}`, context);
  return {
    code: 'OS305',
    what: answered,
    cause: 'The site did not accept the form of the request.',
    next: `Look into ${LOGS} and report it with the lines that the step printed.`,
  };
}

/** With these words the service answers 404 for a missing right (docs/rights.md, "What is known"). */
function isDenied(words: string): boolean {
  return /^access denied/i.test(words);
}

function diagnoseSilence(
  answer: HttpAnswer & { readonly kind: 'no-answer' },
  { operation, address }: DiagnosisContext,
): Diagnosis {
  const words = answer.words === '' ? '' : `: ${answer.words}`;
  const code = answer.curlCode === undefined ? '' : ` (curl ${answer.curlCode})`;
  const what = `${operation}: no answer of ${address}${words}${code}.`;
  switch (answer.because) {
    case 'cancelled':
      return {
        code: 'OS501',
        what: `${operation}: ended because the run was cancelled.`,
        cause: 'The step was cancelled.',
        next: 'Run the step again when wanted.',
      };
    case 'too-large':
      return {
        code: 'OS307',
        what: `${operation}: the answer of ${address} is larger than this product accepts.`,
        cause: 'The site sent far more than such an answer holds, or something else answered.',
        next: `Open the address in a browser and look at what comes; then look into ${LOGS}.`,
      };
    case 'deadline':
      return {
        code: 'OS306',
        what,
        cause: answer.sent
          ? 'The site took longer than the limit, or the connection was lost on the way.'
          : 'Nothing listens at that address, or a firewall drops the packets.',
        next: `Check that port ${portOf(address)} of the SMS Provider is open to this runner; then look into ${LOGS}.`,
      };
    case 'curl':
      return diagnoseCurl(what, answer.words);
    case 'transfer':
      return diagnoseTransfer(answer.curlCode, what, address);
  }
}

function diagnoseCurl(what: string, words: string): Diagnosis {
  const tooOld =
    words.includes('unknown') || words.includes('not recognized') || words.includes('is unknown');
  return {
    code: 'OS301',
    what,
    cause: tooOld
      ? 'This curl is older than 7.76, or was built without what is needed (Kerberos, HTTPS).'
      : 'curl could not be started, or ended before it sent anything.',
    next: 'Run "curl --version" on the runner: it needs 7.76 or later with GSS-API or SSPI. On Windows install the updates of the system.',
  };
}

function portOf(address: string): string {
  const { port } = new URL(address);
  return port === '' ? '443' : port;
}

function diagnoseTransfer(curlCode: number | undefined, what: string, address: string): Diagnosis {
  switch (curlCode) {
    case CURL.untrustedCertificate:
    case CURL.tlsHandshake:
    case CURL.badCaFile:
      return {
        code: 'OS303',
        what,
        cause:
          'The certificate of the SMS Provider is not trusted on this runner (a site has its own self-signed one ' +
          'unless another is bound), is for another name, or the CA file is not the right one.',
        next:
          `Export the root certificate (Base-64 .cer) and give its path in ${inputNamed('ca-certificate')}, or put it into the ` +
          "machine's trust. There is no switch that turns the check off.",
      };
    case CURL.noSuchHost:
      return {
        code: 'OS302',
        what,
        cause: 'The name of the SMS Provider cannot be resolved on this runner.',
        next: `Check the spelling of ${inputNamed('sms-provider')}, and with nslookup whether the runner uses the DNS of the domain.`,
      };
    case undefined:
    default:
      return {
        code: 'OS302',
        what,
        cause: 'The connection could not be made, or broke before the answer was complete.',
        next: `Check that port ${portOf(address)} of the SMS Provider is open to this runner; then look into ${LOGS}.`,
      };
  }
}

const LONGEST_WORDS = 600;
/** An error is short; of what is longer only the beginning is looked at. */
const LONGEST_ERROR = 50_000;

/** The words of the site or, of a body in another form, its beginning on one line. */
export function siteWords(body: string): string {
  const message = messageIn(body) ?? textOfPage(body.slice(0, LONGEST_ERROR));
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}…` : line;
}

/** What a page shows: neither its tags nor its scripts. */
function textOfPage(page: string): string {
  return page.replace(/<(script|style)\b[^<]*(?:<(?!\/\1)[^<]*)*/gi, ' ').replace(/<[^<>]*>/g, ' ');
}

function messageIn(body: string): string | undefined {
  return body.length > LONGEST_ERROR ? undefined : errorWords(body);
}
