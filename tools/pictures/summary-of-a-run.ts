import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describeDefaultSite, startSimulator, type SiteDescription } from '../../src/simulator/index.js';
import { REPOSITORY } from '../repository.js';

const TOKEN = '0123456789abcdef0123456789abcdef';

const GROUP = 'Windows Server 2022';
/** So few that the picture stays small: five to schedule, and three to skip, each for another reason. */
const MEMBERS = [16777873, 16777876, 16777878, 16777881, 16777895, 16777905, 16777908, 16777913];

/** The inputs of the run in the picture. */
const INPUTS = {
  connection: 'admin-service',
  authentication: 'token',
  token: TOKEN,
  'site-code': 'LAB',
  image: 'Windows Server 2022',
  'update-group': GROUP,
  'update-distribution-points': 'true',
  'unusable-updates': 'skip',
};

/** The job summary that the shipped action writes in a run at the simulated site, without what differs in each run. */
export async function summaryOfARun(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'picture '));
  const site = await startSimulator({
    description: siteOfThePicture(),
    token: TOKEN,
    invisibleMilliseconds: 0,
  });
  try {
    const [summary, certificate] = [join(folder, 'summary.md'), join(folder, 'site.pem')];
    await writeFile(summary, '');
    await writeFile(certificate, site.certificatePem);
    await runAction(folder, summary, {
      ...INPUTS,
      'sms-provider': site.tokenBaseUrl,
      'ca-certificate': certificate,
    });
    return withoutChance(await readFile(summary, 'utf8'));
  } finally {
    await site.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The default site, with a smaller group. */
function siteOfThePicture(): SiteDescription {
  const site = describeDefaultSite();
  const groups = site.groups.map((group) => (group.name === GROUP ? { ...group, updates: MEMBERS } : group));
  return { ...site, groups };
}

async function runAction(
  folder: string,
  summary: string,
  inputs: Readonly<Record<string, string>>,
): Promise<void> {
  const variables = Object.entries(inputs).map(
    ([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const,
  );
  const child = spawn(process.execPath, [join(REPOSITORY, 'dist', 'github', 'index.mjs')], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: folder,
      ...Object.fromEntries(variables),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The run in the picture ended with exit code ${code}:\n${printed}`));
    });
  });
}

/** The mark of the run, the port and the time at which it met the site, and how long it took. */
function withoutChance(markdown: string): string {
  return markdown
    .replace(/SMS Provider 127\S+,/, 'SMS Provider cm01.corp.example.com,')
    .replace(/began \S+ \S+ UTC/, 'began 2026-11-11 04:00 UTC')
    .replace(/\b[0-9a-f]{12}\b/g, '5eed5eed5eed')
    .replace(/\b\d+(?:\.\d+)? (?=s\b|seconds\b)/g, '12 ');
}
