import { COMMANDS_HELP, serviceHelp } from './help-text.js';
import { loadSimulator } from './own-site.js';
import { serviceCommand } from './service-command.js';
import { cancelOnSignal } from '../cancel-on-signal.js';
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
        listenForCancel: cancelOnSignal,
      });
    case 'simulate': {
      const { simulate } = await loadSimulator();
      return simulate(
        rest,
        process.env,
        (line) => {
          stdout(`${line}\n`);
        },
        cancelOnSignal(),
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
