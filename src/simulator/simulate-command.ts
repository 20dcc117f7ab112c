import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeDefaultSite } from './default-site.js';
import { parseSiteDescription, SiteDescriptionError } from './parse-site-description.js';
import { readSimulateFlags, SIMULATE_HELP, type SimulateSettings } from './simulate-flags.js';
import { inBash, inPowerShell, type SimulatedCommand } from './printed-command.js';
import { startSimulator, type RunningSimulator } from './simulated-site.js';
import type { SiteDescription } from './site-description.js';

/**
 * The command `simulate`: serves a simulated site until `stopped`.
 * @returns the exit code: 0 when it was stopped, 1 when it could not start, 2 for wrong flags
 */
export async function simulate(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
  stopped: AbortSignal,
): Promise<number> {
  const flags = readSimulateFlags(args);
  switch (flags.kind) {
    case 'help':
      print(SIMULATE_HELP.trimEnd());
      return 0;
    case 'problems':
      printProblems(flags.problems, print);
      return 2;
    case 'settings':
      return serve(flags.settings, environment, print, stopped);
  }
}

function printProblems(problems: readonly string[], print: (line: string) => void): void {
  print(
    `The flags of simulate cannot be used (${problems.length === 1 ? '1 problem' : `${problems.length} problems`}):`,
  );
  for (const problem of problems) {
    print(`  ${problem}`);
  }
  print('configmgr-offline-servicing simulate --help tells all flags.');
}

async function serve(
  settings: SimulateSettings,
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
  stopped: AbortSignal,
): Promise<number> {
  const description = await readDescription(settings, print);
  if (description === undefined) {
    return 2;
  }
  const given = environment['CONFIGMGR_TOKEN'] ?? '';
  if (!/^[\x21-\x7e]*$/u.test(given)) {
    print('CONFIGMGR_TOKEN: a token holds no blanks and no other characters than visible ASCII ones.');
    return 2;
  }
  if (settings.servicingLogFile !== undefined && !canAppend(settings.servicingLogFile, print)) return 2;
  // It guards nothing but made-up data, so it may be printed.
  const token = given === '' ? randomBytes(16).toString('hex') : given;
  let running: RunningSimulator;
  try {
    running = await startSimulator({
      description,
      token,
      port: settings.port,
      latencyMilliseconds: settings.latencyMilliseconds,
      invisibleMilliseconds: settings.invisibleMilliseconds,
      servicingMilliseconds: settings.servicingMilliseconds,
      speed: settings.speed,
      ...(settings.servicingLogFile === undefined
        ? {}
        : {
            servicingLog: { file: settings.servicingLogFile, rollOverBytes: settings.servicingLogBytes },
          }),
      ...(settings.pageSize === undefined ? {} : { pageSize: settings.pageSize }),
      pagesCarryNextLink: settings.pagesCarryNextLink,
      ...(settings.longestFilterTerms === undefined
        ? {}
        : { longestFilterTerms: settings.longestFilterTerms }),
      faults: settings.faults,
      manners: settings.manners,
    });
  } catch (error) {
    print(`The simulated site cannot be served on port ${settings.port}: ${messageOf(error)}`);
    return 1;
  }
  try {
    return await serveWithCertificate(
      running,
      settings,
      given === '' ? token : undefined,
      print,
      stopped,
      () => {
        tellAbout(running, description, print);
        print(given === '' ? `Token         ${token}` : 'Token         the one of CONFIGMGR_TOKEN');
      },
    );
  } finally {
    await running.stop();
  }
}

function canAppend(file: string, print: (line: string) => void): boolean {
  try {
    appendFileSync(file, '');
    return true;
  } catch (error) {
    print(`--servicing-log: the file cannot be written: ${messageOf(error)}`);
    return false;
  }
}

async function readDescription(
  settings: SimulateSettings,
  print: (line: string) => void,
): Promise<SiteDescription | undefined> {
  if (settings.descriptionFile === undefined) {
    return describeDefaultSite({ seed: settings.seed, updates: settings.updates });
  }
  try {
    return parseSiteDescription(await readFile(settings.descriptionFile, 'utf8'));
  } catch (error) {
    printProblems(
      error instanceof SiteDescriptionError
        ? error.problems.map((problem) => `--description ${settings.descriptionFile ?? ''}: ${problem}`)
        : [`--description: the file cannot be read: ${messageOf(error)}`],
      print,
    );
    return undefined;
  }
}

/** Writes the certificate, waits for the end, and leaves no file behind. */
async function serveWithCertificate(
  running: RunningSimulator,
  settings: SimulateSettings,
  token: string | undefined,
  print: (line: string) => void,
  stopped: AbortSignal,
  tell: () => void,
): Promise<number> {
  const file =
    settings.certificateFile ?? join(await mkdtemp(join(tmpdir(), 'configmgr-simulate-')), 'certificate.pem');
  // The flag's file alone is removed, but the whole folder where the folder is of our own making too.
  const remove = settings.certificateFile === undefined ? dirname(file) : file;
  try {
    // `wx`: a file that is there already is somebody else's, and would be gone at the end.
    await writeFile(file, running.certificatePem, { flag: 'wx' });
  } catch (error) {
    print(`--certificate-file: the certificate cannot be written: ${messageOf(error)}`);
    return 2;
  }
  try {
    tell();
    printUsage(running, settings, file, token, print);
    await untilStopped(stopped);
    print('Stopped.');
    return 0;
  } finally {
    await rm(remove, { recursive: true, force: true });
  }
}

function tellAbout(
  running: RunningSimulator,
  description: SiteDescription,
  print: (line: string) => void,
): void {
  const { site } = description;
  const images = description.images.filter((image) => image.kind === 'image');
  const names = (list: readonly { readonly name: string }[]): string =>
    list
      .slice(0, 4)
      .map((one) => JSON.stringify(one.name))
      .join(', ') + (list.length > 4 ? ', …' : '');
  print('SIMULATED: a made-up site on this machine. Nothing real is read or changed.');
  print(`Site          ${site.code} (${site.name}), site server ${site.serverName}`);
  print(`Images        ${images.length}: ${names(images)}`);
  print(`Upgrades      ${description.images.length - images.length} OS upgrade packages`);
  print(`Update groups ${description.groups.length}: ${names(description.groups)}`);
  print(`Updates       ${description.updates.length}`);
  print(`Address       ${running.tokenBaseUrl} (token)`);
  print(`              ${running.baseUrl} (Negotiate; answers 401 here)`);
}

function printUsage(
  running: RunningSimulator,
  settings: SimulateSettings,
  file: string,
  token: string | undefined,
  print: (line: string) => void,
): void {
  const [group] = running.state.objects('SMS_AuthorizationList');
  const [image] = running.state.objects('SMS_ImagePackage');
  print(`Certificate   ${file}`);
  if (settings.servicingLogFile !== undefined) print(`Log           ${settings.servicingLogFile}`);
  const command: SimulatedCommand = {
    program: process.argv[1] ?? '',
    token,
    options: [
      ['--connection', 'admin-service'],
      ['--sms-provider', running.tokenBaseUrl],
      ['--authentication', 'token'],
      ['--ca-certificate', file],
      ['--site-code', running.state.site.code],
      ...named('--image', image?.['Name']),
      ...named('--update-group', group?.['LocalizedDisplayName']),
    ],
  };
  const before = token === undefined ? ', with the token in the environment variable CONFIGMGR_TOKEN' : '';
  print(`Use it from another terminal${before}. In bash:`);
  print(`  ${inBash(command)}`);
  print('In PowerShell:');
  print(`  ${inPowerShell(command)}`);
  print('Interrupt it (Ctrl+C) to end.');
}

const named = (option: string, name: unknown): readonly (readonly [string, string])[] =>
  typeof name === 'string' ? [[option, name]] : [];

async function untilStopped(stopped: AbortSignal): Promise<void> {
  if (stopped.aborted) {
    return;
  }
  await new Promise<void>((resolve) => {
    stopped.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
