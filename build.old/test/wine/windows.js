import { spawn } from 'node:child_process';
import { closeSync, copyFileSync, cpSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../../tools/repository.js';
import { openStage } from './stage.js';
import { makeStandIn, STAGE_FILE } from './stand-in-program.js';
import { makeWinePrefix } from './wine-prefix.js';
import { findWinePrograms } from './wine-programs.js';
const NODE = 'C:\\Program Files\\nodejs\\node.exe';
/** With spaces and an apostrophe in the path, as agents may have them. */
export const BUNDLES = "C:\\an agent's work\\offline servicing";
export const POWERSHELL = 'C:\\windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
export const CURL = 'C:\\windows\\System32\\curl.exe';
/** Where Windows keeps temporary files of the account. */
export const TEMPORARY = `C:\\users\\${userInfo().username}\\Temp`;
/** Longer than a run takes on the slowest of machines. */
const LIMIT_MILLISECONDS = 180_000;
/** A Windows, or why there is none here. */
export async function makeWindows() {
    const programs = findWinePrograms();
    if (typeof programs === 'string')
        return programs;
    const prefix = prefixOrReason(() => makeWinePrefix(programs));
    if (typeof prefix === 'string')
        return prefix;
    const stage = await openStage();
    const windows = onPrefix(programs.wine, prefix, makeStandIn(programs, prefix.folder), stage);
    copy(programs.windowsNode, windows.pathHere(NODE));
    for (const bundle of ['cli', 'github', 'azure'])
        cpSync(join(REPOSITORY, 'dist', bundle), windows.pathHere(`${BUNDLES}\\${bundle}`), { recursive: true });
    writeFileSync(join(prefix.drive, STAGE_FILE), JSON.stringify({ port: stage.port, secret: stage.secret }));
    const { stdout } = await windows.start(['-p', 'process.platform']).ended;
    if (stdout.trim() !== 'win32') {
        await windows.remove();
        return 'needs Wine, and the one here does not start Node.js';
    }
    for (const program of [POWERSHELL, CURL])
        windows.place(program);
    return windows;
}
function prefixOrReason(make) {
    try {
        return make();
    }
    catch (error) {
        return `needs Wine, and the one here makes no Windows: ${error instanceof Error ? error.message : String(error)}`;
    }
}
function onPrefix(wine, prefix, standIn, stage) {
    const pathHere = (windowsPath) => {
        const [, letter = '', rest = ''] = /^([A-Za-z]):\\(.*)$/s.exec(windowsPath) ?? [];
        const root = { C: prefix.drive, Z: '/' }[letter.toUpperCase()];
        if (root === undefined)
            throw new Error(`No absolute path of drive C: or Z: is ${windowsPath}`);
        return join(root, ...rest.split('\\'));
    };
    let starts = 0;
    return {
        stage,
        pathHere,
        place: (windowsPath) => copy(standIn, pathHere(windowsPath)),
        start: (args, environment = {}) => {
            starts += 1;
            const preloaded = `C:\\variables-${starts}.cjs`;
            writeFileSync(pathHere(preloaded), settingWhatTheShellDrops(environment));
            return startProgram(wine, [NODE, '--require', preloaded, ...args], {
                output: join(prefix.folder, `output-${starts}`),
                folder: prefix.folder,
                environment: { ...prefix.environment, ...environment },
            });
        },
        remove: async () => {
            await stage.close();
            prefix.remove();
        },
    };
}
/**
 * Wine's own start is a script, and a shell drops variables with a hyphen in their names, as GitHub's inputs have them: a
 * script of Node.js sets these again.
 */
function settingWhatTheShellDrops(environment) {
    const dropped = Object.entries(environment).filter(([name]) => !/^\w+$/.test(name));
    return `Object.assign(process.env, ${JSON.stringify(Object.fromEntries(dropped))});`;
}
function startProgram(wine, args, { output, folder, environment }) {
    const files = [`${output}.stdout`, `${output}.stderr`];
    const [stdout, stderr] = [openSync(files[0], 'w'), openSync(files[1], 'w')];
    const child = spawn(wine, [...args], {
        cwd: folder,
        env: { ...environment },
        stdio: ['ignore', stdout, stderr],
        timeout: LIMIT_MILLISECONDS,
        killSignal: 'SIGKILL',
    });
    closeSync(stdout);
    closeSync(stderr);
    const textOf = (file) => readFileSync(file, 'utf8');
    return {
        ended: new Promise((resolve, reject) => {
            child.on('error', reject);
            child.on('close', (exitCode) => resolve({ exitCode, stdout: textOf(files[0]), stderr: textOf(files[1]) }));
        }),
        printed: () => files.map(textOf).join(''),
        interrupt: () => void child.kill('SIGINT'),
    };
}
/** As a link where that is possible: the programs are large. */
function copy(from, to) {
    mkdirSync(dirname(to), { recursive: true });
    rmSync(to, { force: true });
    try {
        linkSync(from, to);
    }
    catch {
        copyFileSync(from, to);
    }
}
//# sourceMappingURL=windows.js.map