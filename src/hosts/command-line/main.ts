import { nearestNames } from '../../plan/nearest-names.js';
import type { Verb } from '../../verbs/verb.js';
import { verbsOf } from '../../verbs/verbs.js';
import { commandsHelp, verbHelp } from './help-text.js';
import { loadSimulator } from './simulator-connection.js';
import { TextStream } from './text-stream.js';
import { verbCommand, type CommandContext } from './verb-command.js';
import { cancelOnSignal, endedBy, EXIT_BY_KEY } from '../cancel-on-signal.js';
import { isReaderGone } from '../standard-streams.js';
import { VERSION } from '../../diagnosis/version.js';

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = withoutHelpVerb(args);
  const withoutReader = new AbortController();
  const stdout = new TextStream(process.stdout, () => {
    withoutReader.abort();
  });
  const stderr = new TextStream(process.stderr);
  const exitCode = await run(command, rest, { stdout, stderr, withoutReader: withoutReader.signal });
  const failure = await stdout.failure();
  // A run tells of it itself: it knows what runs at the site.
  const isRun = verbNamed(command) !== undefined && !asksForHelp(rest);
  if (failure === undefined || isReaderGone(failure) || isRun) return exitCode;
  stderr.write(`Error OS404: Standard output cannot be written: ${failure.message}.\n`);
  return Math.max(exitCode, 1);
}

function verbNamed(command: string | undefined): Verb | undefined {
  return verbsOf('command-line').find(({ name }) => name === command);
}

/** ` Did you mean service?`, or nothing where no command is near. */
function meantCommand(command: string): string {
  const names = [...verbsOf('command-line').map(({ name }) => name), 'simulate'];
  const [nearest] = nearestNames(
    command,
    names.map((name) => ({ name, id: name })),
  );
  return nearest === undefined ? '' : ` Did you mean ${nearest.name}?`;
}

async function runOrExplain(
  verb: Verb,
  args: readonly string[],
  { stdout, stderr }: Pick<Streams, 'stdout' | 'stderr'>,
): Promise<number> {
  if (asksForHelp(args)) {
    stdout.write(verbHelp(verb));
    return 0;
  }
  const environment = process.env;
  const by = endedBy(environment);
  const listenForCancel: CommandContext['listenForCancel'] = (onFirst) => cancelOnSignal(by, onFirst);
  return verbCommand(verb, args, { environment, stdout, stderr, endedBy: by, listenForCancel });
}

function asksForHelp(args: readonly string[]): boolean {
  return args.some((argument) => HELP.includes(argument));
}

const HELP = ['--help', '-h', '-?', '/?'];

/** `help service` is `service --help`, and `help` alone lists the commands. */
function withoutHelpVerb(args: readonly string[]): readonly string[] {
  const [first, second] = args;
  if (first !== 'help') return args;
  return second === undefined || HELP.includes(second) ? ['--help'] : [second, '--help'];
}

interface Streams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly withoutReader: AbortSignal;
}

async function run(
  command: string | undefined,
  rest: readonly string[],
  { stdout, stderr, withoutReader }: Streams,
): Promise<number> {
  const verb = verbNamed(command);
  if (verb !== undefined) return runOrExplain(verb, rest, { stdout, stderr });
  switch (command) {
    case 'simulate': {
      const { simulate } = await loadSimulator();
      const { requested, timeIsUp } = cancelOnSignal('person');
      timeIsUp.addEventListener('abort', () => process.exit(EXIT_BY_KEY));
      return simulate(
        rest,
        process.env,
        (line) => {
          stdout.write(`${line}\n`);
        },
        AbortSignal.any([requested, withoutReader]),
      );
    }
    case '--version':
      stdout.write(`${VERSION}\n`);
      return 0;
    case '--help':
    case '-h':
    case '-?':
    case '/?':
      stdout.write(commandsHelp());
      return 0;
    case undefined:
      stderr.write(commandsHelp());
      return 2;
    default:
      stderr.write(
        `There is no command ${JSON.stringify(command)}.${meantCommand(command)}\n\n${commandsHelp()}`,
      );
      return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
