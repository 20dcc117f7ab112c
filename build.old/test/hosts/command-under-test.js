import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../src/simulator/index.js';
import { REPOSITORY } from '../../tools/repository.js';
import { supportedNodes } from '../../tools/supported-nodes.js';
import { SITE_WITH_SMALL_GROUP } from '../servicing/site-afterwards.js';
import { SMALL_SITE, TOKEN } from '../site-under-test.js';
export const COMMAND = join(REPOSITORY, 'dist', 'cli', 'index.mjs');
export const NODES = supportedNodes();
/** Starts the built command as a user would, with a small environment of its own. */
export function spawnCommand(args, options = {}) {
    return spawnBundle([COMMAND, ...args], options);
}
/** Starts a bundle with nothing of this process's environment but the PATH. */
export function spawnBundle(args, options = {}) {
    const temporary = mkdtempSync(join(tmpdir(), 'command '));
    const child = spawn(options.node ?? process.execPath, [...args], {
        cwd: options.folder ?? temporary,
        env: {
            PATH: process.env['PATH'],
            TMPDIR: temporary,
            TEMP: temporary,
            TMP: temporary,
            ...options.environment,
        },
        stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    const ended = new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', (exitCode) => {
            const left = readdirSync(temporary);
            rmSync(temporary, { recursive: true });
            resolve({ exitCode, stdout, stderr, left });
        });
    });
    return { child, temporary, ended };
}
export async function runCommand(args, options = {}) {
    return spawnCommand(args, options).ended;
}
export async function serveSite(context, options = {}) {
    const simulator = await startSimulator({
        description: SMALL_SITE,
        token: TOKEN,
        invisibleMilliseconds: 0,
        ...options,
    });
    const folder = mkdtempSync(join(tmpdir(), 'site of a test '));
    const certificate = join(folder, `the "site's" certificate.pem`);
    writeFileSync(certificate, simulator.certificatePem);
    context.after(async () => {
        await simulator.stop();
        rmSync(folder, { recursive: true });
    });
    const reach = [
        '--connection',
        'admin-service',
        '--authentication',
        'token',
        '--sms-provider',
        simulator.tokenBaseUrl,
        '--ca-certificate',
        certificate,
    ];
    return { simulator, reach, environment: { CONFIGMGR_TOKEN: TOKEN } };
}
/** The arguments for the group of few updates. */
export const SMALL = ['--site-code', 'LAB', '--update-group', 'Small', '--image', 'Windows 7 Enterprise'];
/** As the README has it. */
export const THE_MAIN_JOB = [
    'service',
    ...['--connection', 'simulator'],
    ...['--site-code', 'LAB'],
    ...['--update-group', 'Windows 7'],
    ...['--image', 'Windows 7 Enterprise'],
    ...['--update-distribution-points', 'true'],
];
/** Starts `service` for the small group at a served site. */
export function service({ reach, environment }, ...args) {
    return spawnCommand(['service', ...reach, ...SMALL, ...args], { environment });
}
/** A site with the group that these arguments name. */
export const small = { description: SITE_WITH_SMALL_GROUP };
//# sourceMappingURL=command-under-test.js.map