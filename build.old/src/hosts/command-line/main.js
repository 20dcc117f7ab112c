import { COMMANDS_HELP, serviceHelp } from './help-text.js';
import { loadSimulator } from './simulator-connection.js';
import { serviceCommand } from './service-command.js';
import { TextStream } from './text-stream.js';
import { cancelOnSignal, endedBy, EXIT_BY_KEY } from '../cancel-on-signal.js';
import { isReaderGone } from '../standard-streams.js';
import { VERSION } from '../version.js';
async function main(args) {
    const [command, ...rest] = args;
    const withoutReader = new AbortController();
    const stdout = new TextStream(process.stdout, () => {
        withoutReader.abort();
    });
    const stderr = new TextStream(process.stderr);
    const exitCode = await run(command, rest, { stdout, stderr, withoutReader: withoutReader.signal });
    const failure = await stdout.failure();
    // A run tells of it itself: it knows what runs at the site.
    const isRun = command === 'service' && !asksForHelp(rest);
    if (failure === undefined || isReaderGone(failure) || isRun)
        return exitCode;
    stderr.write(`Error OS404: Standard output cannot be written: ${failure.message}.\n`);
    return Math.max(exitCode, 1);
}
function asksForHelp(args) {
    return args.includes('--help') || args.includes('-h');
}
async function run(command, rest, { stdout, stderr, withoutReader }) {
    switch (command) {
        case 'service':
            if (asksForHelp(rest)) {
                stdout.write(serviceHelp());
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
            return simulate(rest, process.env, (line) => {
                stdout.write(`${line}\n`);
            }, AbortSignal.any([requested, withoutReader]));
        }
        case '--version':
            stdout.write(`${VERSION}\n`);
            return 0;
        case '--help':
        case '-h':
            stdout.write(COMMANDS_HELP);
            return 0;
        case undefined:
        default:
            stderr.write(command === undefined
                ? COMMANDS_HELP
                : `There is no command ${JSON.stringify(command)}.\n\n${COMMANDS_HELP}`);
            return 2;
    }
}
process.exitCode = await main(process.argv.slice(2));
//# sourceMappingURL=main.js.map