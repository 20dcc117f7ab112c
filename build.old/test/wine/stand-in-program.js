import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../tools/repository.js';
/** Where a stand-in finds the process of the test, as a file on drive C:. */
export const STAGE_FILE = 'stage.json';
/**
 * The program that plays `powershell.exe` and `curl.exe` under Wine. It tells the process of the test how it was started
 * and what it reads, and writes what it is told to: so one program plays all, and all that is played is in the tests.
 */
const PROGRAM = `
const { readFileSync } = require('node:fs');
const { createConnection } = require('node:net');
const { port, secret } = JSON.parse(readFileSync('C:\\\\${STAGE_FILE}', 'utf8'));
const stage = createConnection(port, '127.0.0.1');
const tell = (line) => stage.write(JSON.stringify(line) + '\\n');
const { execPath: executable, env: environment, pid } = process;
tell({ secret, executable, args: process.argv.slice(2), environment, folder: process.cwd(), pid });
process.stdin.on('data', (data) => tell({ input: data.toString('base64') }));
process.stdin.on('end', () => tell({ inputEnded: true }));
const end = (code) => process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
let unfinished = '';
stage.setEncoding('utf8').on('data', (text) => {
  const lines = (unfinished + text).split('\\n');
  unfinished = lines.pop();
  for (const { output, complaint, exitCode } of lines.map((line) => JSON.parse(line))) {
    if (output !== undefined) process.stdout.write(Buffer.from(output, 'base64'));
    if (complaint !== undefined) process.stderr.write(Buffer.from(complaint, 'base64'));
    if (exitCode !== undefined) end(exitCode);
  }
});
stage.on('error', () => end(98)).on('close', () => end(99));
`;
/** Makes it: the `node.exe` with the program in it, as a single executable application. */
export function makeStandIn(programs, folder) {
    const main = join(folder, 'stand-in.cjs');
    const blob = join(folder, 'stand-in.blob');
    const configuration = join(folder, 'stand-in.json');
    const executable = join(folder, 'stand-in.exe');
    writeFileSync(main, PROGRAM);
    writeFileSync(configuration, JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true }));
    copyFileSync(programs.windowsNode, executable);
    quietly(programs.sameNodeHere, '--experimental-sea-config', configuration);
    quietly(process.execPath, join(REPOSITORY, 'node_modules', 'postject', 'dist', 'cli.js'), ...[executable, 'NODE_SEA_BLOB', blob], ...['--sentinel-fuse', 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2']);
    return executable;
}
function quietly(executable, ...args) {
    execFileSync(executable, [...args], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
}
//# sourceMappingURL=stand-in-program.js.map