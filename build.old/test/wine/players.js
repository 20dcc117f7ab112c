import { spawn } from 'node:child_process';
import { findCurl } from '../../src/provider/admin-service/curl-executable.js';
import { environmentOfTest } from '../simulated-wmi/powershells.js';
/** Plays curl.exe with the curl of this system, which gets the same configuration with the paths of this system. */
export function curlOfThisSystem(windows) {
    const executable = findCurl(process.env);
    if (executable === undefined)
        throw new Error('These tests need curl.');
    return async (program) => {
        const configuration = (await program.input).replace(/^(output|cacert) = "(.*)"$/gm, (_line, option, quoted) => `${option} = ${JSON.stringify(windows.pathHere(quoted.replace(/\\(.)/g, '$1')))}`);
        playWith(program, { executable, args: program.args, environment: { LC_ALL: 'C' } }, configuration);
    };
}
/** Plays powershell.exe with the PowerShell of this system, which runs the very script that it was started with. */
export function powerShellOfThisSystem(windows, powerShell, wmi) {
    return async (program) => {
        const [batch = '', ...operations] = (await program.input).split('\n');
        // The number of a process of Wine is none of this system: the script would take its parent for gone.
        const here = JSON.stringify({ ...JSON.parse(batch), parent: process.pid });
        const script = windows.pathHere(program.args.at(-1) ?? '');
        playWith(program, {
            executable: powerShell,
            args: [...program.args.slice(0, -1), script],
            environment: environmentOfTest(powerShell, wmi.environment),
        }, [here, ...operations].join('\n'));
    };
}
/** What the program here prints, the stand-in prints, with the line ends of Windows. */
function playWith(program, here, input) {
    const child = spawn(here.executable, [...here.args], { env: { ...here.environment } });
    const kill = () => void child.kill('SIGKILL');
    program.gone.addEventListener('abort', kill);
    if (program.gone.aborted)
        kill();
    child.on('error', (error) => {
        program.complain(Buffer.from(error.message));
        program.exit(95);
    });
    child.stdout.setEncoding('latin1').on('data', (text) => program.write(withLineEnds(text)));
    child.stderr.setEncoding('latin1').on('data', (text) => program.complain(withLineEnds(text)));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('close', (code) => program.exit(code ?? 94));
}
/** Byte by byte, so that no character is torn. */
function withLineEnds(text) {
    return Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1');
}
//# sourceMappingURL=players.js.map