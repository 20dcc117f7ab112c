import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { inputNamed, inputSetTo } from '../../diagnosis/input-mention.js';
import type { BatchLine } from './batch-lines.js';
import { diagnoseFailure, type FailureContext } from './failure-diagnosis.js';
import type { ScriptRun } from './powershell-process.js';

/** Why the script came to no end of its own, for the operations that it said nothing of. */
export function diagnoseEnd(run: ScriptRun, executable: string, context: FailureContext): Diagnosis {
  const stopped = run.lines.find((line) => line.kind === 'stopped');
  if (stopped !== undefined) return diagnoseStop(stopped, executable, context);
  const { end } = run;
  const { operation } = context;
  const words = end.stderr === '' ? '' : `: ${firstLines(end.stderr)}`;
  if (end.ended === 'never-started') {
    return {
      code: 'OS311',
      what: `${executable} could not be started${words}.`,
      cause: 'It is no PowerShell, or a policy of the machine forbids the account to start it.',
      next: `Name another one in ${inputNamed('powershell')}, or start this one by hand as the account of the runner.`,
    };
  }
  if (end.ended === 'killed') {
    switch (end.why) {
      case 'cancelled':
        return {
          code: 'OS501',
          what: `${operation}: ended because the run was cancelled.`,
          cause: 'The step was cancelled.',
          next: 'Run the step again when wanted.',
        };
      case 'output':
        return {
          code: 'OS307',
          what: `${operation}: the answers of the SMS Provider are larger than this product accepts.`,
          cause: 'The site sent far more than such an answer holds.',
          next: 'Report it with the lines that the step printed.',
        };
      case 'deadline':
      case 'watch':
        return outOfTime(context);
    }
  }
  if (run.outOfTime) return outOfTime(context);
  return isBlocked(end.stderr)
    ? blocked(`${executable} did not run the script${words}.`)
    : {
        code: 'OS315',
        what: `${operation}: PowerShell ended${end.exitCode === null ? '' : ` with exit code ${end.exitCode}`} before it had done everything${words}.`,
        cause:
          'Something ended the process (a person, security software, a lack of memory), or it is no PowerShell that can run the script.',
        next: `Start ${executable} by hand as the account of the runner; it needs Windows PowerShell 5.1, or PowerShell 7 on Windows.`,
      };
}

function diagnoseStop(
  { why, failure }: BatchLine & { kind: 'stopped' },
  executable: string,
  context: FailureContext,
): Diagnosis {
  switch (why) {
    case 'language-mode':
      return blocked(`${executable} runs the script in Constrained Language Mode.`);
    case 'input':
      return {
        code: 'OS315',
        what: `The script could not read its batch: ${failure.words}`,
        cause: 'The script beside the bundle is of another version, or was changed.',
        next: 'Install the product again.',
      };
    case 'connect':
      return diagnoseFailure(failure, { ...context, during: 'connecting' });
    case 'location': {
      const where = context.computer === '' ? 'this machine' : context.computer;
      return {
        code: 'OS313',
        what: `SMS_ProviderLocation of ${where} names no provider for the site. It knows of ${failure.words === '' ? 'no site' : `site ${failure.words}`}.`,
        cause: `${inputNamed('site-code')} is wrong, or this machine is not a provider of that site.`,
        next: `Correct ${inputNamed('site-code')}, or name the SMS Provider of the site in ${inputNamed('sms-provider')}.`,
      };
    }
  }
}

function outOfTime({ operation }: FailureContext): Diagnosis {
  return {
    code: 'OS306',
    what: `${operation}: the script ended itself because the time of its batch was up.`,
    cause: 'The SMS Provider or the WMI service hangs, or answers far too slowly.',
    next: 'Look into SMSProv.log on the SMS Provider, and whether WMI answers there by hand (Get-CimInstance -Namespace root\\SMS -ClassName SMS_ProviderLocation).',
  };
}

function blocked(what: string): Diagnosis {
  return {
    code: 'OS312',
    what,
    cause:
      'A policy of the machine forbids it: an execution policy set by group policy stands above -ExecutionPolicy Bypass; AppLocker or App Control put a script that they do not trust into Constrained Language Mode.',
    next: `Let the policy trust sms-provider-batch.ps1 in the folder of this product (by hash, path or a signature of your own), or use ${inputSetTo('connection', 'admin-service')}.`,
  };
}

/** The names of the errors, which stay English whatever the language of the machine. */
function isBlocked(stderr: string): boolean {
  return /PSSecurityException|UnauthorizedAccess|AuthorizationManager|about_Execution_Policies/i.test(stderr);
}

const LONGEST_COMPLAINT = 600;

function firstLines(stderr: string): string {
  const line = stderr.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_COMPLAINT ? `${line.slice(0, LONGEST_COMPLAINT)}…` : line;
}
