import { COMMANDS_HELP, serviceHelp } from './help-text.js';
import { loadSimulator } from './own-site.js';
import { serviceCommand } from './service-command.js';
import { cancelOnSignal, endedBy, EXIT_BY_KEY } from '../cancel-on-signal.js';
import { VERSION } from '../version.js';

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  const stdout = (text: string): void => {
    process.stdout.write(text);
  };
  const stderr = (text: string): void => {
    process.stderr.write(text);
  };
  const isHelp = rest.includes('--help') || rest.includes('-h');
  switch (command) {
    case 'service':
      if (isHelp) {
        stdout(serviceHelp());
        return 0;
      }
      return serviceCommand(rest, {
        environment: process.env,
        stdout,
        stderr,
        endedBy: endedBy(process.env),
        listenForCancel: (onFirst) => cancelOnSignal(endedBy(process.env), onFirst),
      });
    case 'simulate': {
      const { simulate } = await loadSimulator();
      const { requested, timeIsUp } = cancelOnSignal('person');
      timeIsUp.addEventListener('abort', () => process.exit(EXIT_BY_KEY));
      return simulate(
        rest,
        process.env,
        (line) => {
          stdout(`${line}\n`);
        },
        requested,
      );
    }
    case '--version':
      stdout(`${VERSION}\n`);
      return 0;
    case '--help':
    case '-h':
      stdout(COMMANDS_HELP);
      return 0;
    case undefined:
    default:
      stderr(
        command === undefined
          ? COMMANDS_HELP
          : `There is no command ${JSON.stringify(command)}.\n\n${COMMANDS_HELP}`,
      );
      return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
