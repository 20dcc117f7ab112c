import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import { parse } from 'yaml';

import { describeDefaultSite } from '../src/simulator/index.js';
import { REPOSITORY } from '../tools/repository.js';
import { COMMAND, runCommand, serveSite, spawnCommand } from './hosts/command-under-test.js';
import { POWERSHELLS, WITHOUT_POWERSHELL } from './simulated-wmi/powershells.js';
import { until } from './until.js';

/** CONTRIBUTING.md has a test of its own. */
const PAGES = [
  'README.md',
  'SECURITY.md',
  ...readdirSync(join(REPOSITORY, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Programs of a person who has a release, or a domain: no test can start them. */
const ELSEWHERE = ['gh', 'sha256sum', 'git', 'cd', 'unzip', 'find', 'cmp'];

const textOf = (path: string): string =>
  readFileSync(join(REPOSITORY, path), 'utf8').replaceAll('\r\n', '\n');

interface Block {
  readonly page: string;
  readonly code: string;
}

function blocksOf(language: string): readonly Block[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\`$`, 'gm');
  return PAGES.flatMap((page) =>
    [...textOf(page).matchAll(fence)].map(([, indent = '', code = '']) => ({
      page,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    })),
  );
}

/** Each command in one line. */
const LINES = blocksOf('sh').flatMap(({ page, code }) =>
  code
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ page, line })),
);

/** The words of a command line, of which some are in quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}

const OWN = /^(?:CONFIGMGR_TOKEN=\S+ )?node dist\/cli\/index\.mjs /;
const own = LINES.filter(({ line }) => OWN.test(line));
/** What follows the name of the command. */
const argumentsOf = (line: string): readonly string[] => wordsOf(line.replace(OWN, ''));

suite('the shell commands of the pages', () => {
  const isSelfContained = ({ line }: { readonly line: string }): boolean =>
    line.includes('--connection simulator') || line.endsWith(' about');

  for (const { page, line } of own.filter(isSelfContained)) {
    test(`${page}: ${line}`, async () => {
      const { exitCode, stderr } = await runCommand(argumentsOf(line), { folder: REPOSITORY });
      assert.equal(exitCode, 0, stderr);
    });
  }

  for (const { page, line } of own.filter(({ line }) => line.includes('cm01.corp.example.com'))) {
    test(`${page}, at a simulated site: ${line}`, async (t) => {
      const { reach, environment } = await serveSite(t, { description: describeDefaultSite() });
      // What stands in the page is not at the simulated site.
      const there = line
        .replace('--sms-provider cm01.corp.example.com ', '')
        .replace('P01', 'LAB')
        .replace('--image "Windows Server 2022"', '--image "Windows 7 Enterprise"')
        .replace('--update-group "Windows Server 2022"', '--update-group "Windows 7"');
      const args = argumentsOf(there);
      const { exitCode, stderr } = await runCommand([...args, ...reach], { environment });
      assert.equal(exitCode, 0, stderr);
    });
  }

  test('README.md: the dry run over HTTPS reaches the site that the line before it serves', async (t) => {
    const pair = own.filter(({ line }) => line.includes('8443'));
    const [serve = '', run = ''] = pair.map(({ line }) => line);
    const [, token = ''] = /CONFIGMGR_TOKEN=(\S+)/.exec(run) ?? [];
    assert.ok(serve.includes(` simulate `) && serve.includes(token));
    const folder = folderFor(t);
    const environment = { CONFIGMGR_TOKEN: token };
    // Another program of this machine might have the port.
    const site = spawnCommand(argumentsOf(serve.replace('8443', '0')), { folder, environment });
    let printed = '';
    site.child.stdout?.on('data', (text: string) => (printed += text));
    t.after(() => site.child.kill('SIGINT'));
    await until(() => printed.includes('Interrupt it'), 'the simulated site was there');
    const port = /127\.0\.0\.1:(\d+)/.exec(printed)?.[1] ?? '';
    const ended = await runCommand(argumentsOf(run.replace('8443', port)), { folder, environment });
    assert.equal(ended.exitCode, 0, ended.stderr);
    site.child.kill('SIGINT');
    await site.ended;
  });

  test('every npm command exists', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const unknown = LINES.map(({ line }) => wordsOf(line))
      .filter(([program]) => program === 'npm')
      .filter(([, verb = '', script = '']) =>
        verb === 'run' ? !Object.hasOwn(scripts, script) : !['ci', 'cit', 'test'].includes(verb),
      );
    assert.deepEqual(unknown, []);
  });

  test('every other command is one that only a person can run', () => {
    const isKnown = ({ line }: { readonly line: string }): boolean => {
      const [program = ''] = wordsOf(line);
      return (
        program === 'npm' || ELSEWHERE.includes(program) || /^[A-Z0-9_]+=\S+$/.test(line) || OWN.test(line)
      );
    };
    assert.deepEqual(
      LINES.filter((each) => !isKnown(each)),
      [],
    );
  });

  const noBash = process.platform === 'win32' ? 'needs bash' : false;
  test('every block is correct for a shell', { skip: noBash }, () => {
    for (const { page, code } of blocksOf('sh')) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
      assert.equal(status, 0, `${page}: ${stderr}`);
    }
  });

  test('the command that they start is the one that is tested', () => {
    assert.ok(own.length > 3);
    assert.ok(COMMAND.endsWith(join('dist', 'cli', 'index.mjs')));
  });
});

/** The PowerShell of the steps of an example. */
function scriptsIn(example: string): readonly string[] {
  return everyMapping(parse(example)).flatMap(({ shell, run, powershell, pwsh }) =>
    [powershell, pwsh, ...(shell === 'powershell' || shell === 'pwsh' ? [run] : [])].filter(
      (script) => typeof script === 'string',
    ),
  );
}

function everyMapping(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(everyMapping);
  return typeof value === 'object' && value !== null
    ? [{ ...value }, ...Object.values(value).flatMap(everyMapping)]
    : [];
}

suite('the PowerShell of pages and examples', () => {
  const examples = ['github', 'azure'].flatMap((host) =>
    readdirSync(join(REPOSITORY, 'docs', 'examples', host)).flatMap((name) => {
      const page = `docs/examples/${host}/${name}`;
      return scriptsIn(textOf(page)).map((code) => ({ page, code }));
    }),
  );

  test('PowerShell can read each of them', { skip: WITHOUT_POWERSHELL }, (t) => {
    const blocks = [...blocksOf('powershell'), ...examples];
    assert.ok(blocks.length > 15);
    const files = blocks.map(({ code }) => JSON.stringify(Buffer.from(code).toString('base64')));
    const printed = printedBy(t, `${PARSE}\n${files.map((text) => `Test-Block ${text}`).join('\n')}`);
    const wrong = printed.split(/\r?\n/).filter((line) => line.startsWith('wrong: '));
    assert.deepEqual(wrong, []);
    assert.equal(printed.match(/^right$/gm)?.length, blocks.length, printed);
  });

  for (const host of ['github', 'azure']) {
    test(`rule.yml for ${host} takes the newest group of the rule`, { skip: WITHOUT_POWERSHELL }, (t) => {
      const [script = ''] = scriptsIn(textOf(`docs/examples/${host}/rule.yml`));
      assert.match(printedBy(t, SITE_OF_RULES + script), /\bgroup(?:=|;isOutput=true\])17000002\b/);
    });

    test(`rule.yml for ${host} fails when there is no such rule`, { skip: WITHOUT_POWERSHELL }, (t) => {
      const [script = ''] = scriptsIn(textOf(`docs/examples/${host}/rule.yml`));
      const renamed = script.replace("Name = 'Windows Server 2022'", "Name = 'Another'");
      assert.match(printedBy(t, SITE_OF_RULES + renamed), /There is no such automatic deployment rule/);
    });
  }
});

const PARSE = `
function Test-Block($base64) {
  $text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($base64))
  $errors = $null
  [void][System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$errors)
  if ($errors) { "wrong: $($errors[0].Message) in $text" } else { 'right' }
}
`;

/** In place of the cmdlet: a site with one rule, and two groups of it that come in no order. */
const SITE_OF_RULES = `
function Get-CimInstance {
  [CmdletBinding()] param($ComputerName, $Namespace, $ClassName, $Filter)
  if ($Namespace -ne 'root\\SMS\\site_P01') { throw $Namespace }
  switch ("$ClassName $Filter") {
    "SMS_AutoDeployment Name = 'Windows Server 2022'" { [pscustomobject]@{ AutoDeploymentID = 5 } }
    'SMS_AuthorizationList AssociatedAutoRuleID = 5' {
      [pscustomobject]@{ CI_ID = 17000002; DateCreated = [datetime]'2026-11-11' }
      [pscustomobject]@{ CI_ID = 17000001; DateCreated = [datetime]'2026-10-14' }
    }
  }
}
`;

/** What a script prints and writes as output of its step. */
function printedBy(context: TestContext, script: string): string {
  const folder = folderFor(context);
  const [file, output] = [join(folder, 'script.ps1'), join(folder, 'output')];
  writeFileSync(file, script);
  writeFileSync(output, '');
  const { stdout, stderr } = spawnSync(
    POWERSHELLS[0] ?? '',
    ['-NoProfile', '-NonInteractive', '-File', file],
    {
      encoding: 'utf8',
      env: { ...process.env, GITHUB_OUTPUT: output },
    },
  );
  return [stdout, stderr, readFileSync(output, 'utf8')].join('\n');
}

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'commands of pages '));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
