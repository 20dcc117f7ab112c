import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import { VERSION } from '../../src/diagnosis/version.js';
import { SERVICE_INPUTS as INPUTS } from '../../src/verbs/service/inputs.js';
import type { Fault } from '../../src/simulator/index.js';
import { readReport } from '../report/report-validity.js';
import {
  remainsOf,
  NOTHING,
  settled,
  SITE_WITH_SMALL_GROUP,
  SMALL_GROUP_UPDATES,
} from '../servicing/site-afterwards.js';
import { TOKEN } from '../site-under-test.js';
import {
  NODES,
  runCommand,
  serveSite,
  spawnCommand,
  service,
  SMALL,
  small,
  THE_MAIN_JOB,
} from './command-under-test.js';

const WANTED = SMALL_GROUP_UPDATES.length;

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'of the command '));
  context.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

suite('the command, as it is shipped', () => {
  for (const { version, path } of NODES) {
    test(`does the main job with nothing but Node.js ${version} and curl`, async () => {
      const { exitCode, stdout, stderr, left } = await runCommand(THE_MAIN_JOB, { node: path });
      assert.equal(exitCode, 0, stderr);
      assert.match(stdout, /^SIMULATED/);
      assert.match(stdout, /Image "Windows 7 Enterprise" \(LAB00010/);
      assert.match(stdout, /Left out of image LAB00010: 0 updates/);
      assert.match(stdout, /Result: scheduled\. Schedule \d+ applies \d+ updates/);
      assert.equal(stderr, '');
      assert.deepEqual(left, []);
    });

    test(`answers wrong inputs under Node.js ${version}`, async () => {
      const { exitCode, stderr } = await runCommand(['service', '--imgae', 'x', '--json'], { node: path });
      assert.equal(exitCode, 2);
      assert.match(stderr, /OS104: There is no input --imgae/);
    });
  }

  test('prints the result alone on standard output when asked for JSON', async (t) => {
    const site = await serveSite(t, small);
    const { exitCode, stdout, stderr } = await service(site, '--json').ended;
    assert.equal(exitCode, 0, stderr);
    const result = readReport(stdout);
    const [schedule] = remainsOf(site.simulator).schedules;
    assert.equal(result.state, 'scheduled');
    assert.equal(result.scheduleId, String(schedule));
    assert.deepEqual(result.scheduleIds, { LAB00010: schedule });
    assert.equal(result.appliedCiCount, WANTED);
    assert.deepEqual(result.ciIds, SMALL_GROUP_UPDATES);
    assert.deepEqual([result.skippedCiCount, result.imagePackageIds, result.errors], [0, ['LAB00010'], []]);
    assert.equal(result.images[0]?.used?.length, WANTED);
    assert.match(stderr, /Result: scheduled/);
  });

  test('writes the same object into the file that --report names, and a page for people beside it', async (t) => {
    const site = await serveSite(t, small);
    const folder = temporaryFolder(t);
    const file = join(folder, 'a report.json');
    writeFileSync(file, 'an older one that is longer than nothing');
    const { exitCode, stdout, stderr, left } = await service(site, '--json', '--report', file).ended;
    assert.equal(exitCode, 0, stderr);
    const report = readReport(readFileSync(file, 'utf8'));
    assert.deepEqual(readReport(stdout), report);
    assert.deepEqual([report.report, report.state], [file, 'scheduled']);
    assert.deepEqual([readdirSync(folder), left], [['a report.html', 'a report.json'], []]);
    const without = await service(site, '--json', '--dry-run', 'true').ended;
    assert.equal(readReport(without.stdout).report, '');
  });

  test('writes the report of a run that fails and of wrong inputs, for this account alone', async (t) => {
    const site = await serveSite(t, { ...small, faults: [{ kind: 'refuse', request: 1, method: 'PUT' }] });
    const folder = temporaryFolder(t);
    const failed = await runCommand(['service', ...site.reach, ...SMALL, '--report=failed.json'], {
      ...site,
      folder,
    });
    assert.equal(failed.exitCode, 1);
    const report = readReport(readFileSync(join(folder, 'failed.json'), 'utf8'));
    assert.deepEqual([report.images[0]?.state, report.images[0]?.used?.length], ['failed', WANTED]);
    assert.deepEqual(
      report.errors.map(({ code }) => code),
      ['OS401'],
    );
    const wrong = await runCommand(['service', '--report', 'wrong.json'], { folder });
    assert.equal(wrong.exitCode, 2);
    const { errors, request } = readReport(readFileSync(join(folder, 'wrong.json'), 'utf8'));
    assert.deepEqual([errors.map(({ code }) => code), request], [['OS101', 'OS101'], null]);
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'wrong.json')).mode & 0o777, 0o600);
  });

  test('dry, says what it would do and writes nothing', async (t) => {
    const site = await serveSite(t, small);
    const { exitCode, stdout } = await service(site, '--dry-run', 'true').ended;
    assert.equal(exitCode, 0);
    assert.match(stdout, /Result: planned \(a dry run; nothing was written\)/);
    assert.deepEqual(remainsOf(site.simulator), NOTHING);
  });

  test('names every input in its help, and its version', async () => {
    const help = await runCommand(['service', '--help']);
    assert.equal(help.exitCode, 0);
    for (const { name, kind } of INPUTS) {
      assert.ok(help.stdout.includes(kind.is === 'secret' ? kind.environmentVariable : `--${name} `), name);
    }
    assert.match(help.stdout, /^ {2}--report FILE$/m);
    assert.equal((await runCommand(['--version'])).stdout, `${VERSION}\n`);
    assert.equal((await runCommand(['--help'])).exitCode, 0);
    assert.equal((await runCommand([])).exitCode, 2);
    assert.match((await runCommand(['servcie'])).stderr, /no command "servcie"/);
  });
});

suite('wrong inputs of the command', () => {
  const good = ['service', '--connection', 'simulator', '--image', 'i', '--update-group', 'g'];
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['service'], /^Error OS101: --image is missing[^]*OS101: --update-group and --updates are missing/],
    [[...good, '--site-cod', 'LAB'], /OS104: There is no input --site-cod[^]*Did you mean --site-code\?/],
    [[...good, 'LAB'], /OS104: Argument 7 is no input/],
    [[...good, '-x'], /OS104: Argument 7, -x, is no input/],
    [[...good, '--site-code'], /OS105: --site-code has no value/],
    [[...good, '--site-code', '--json'], /OS105: --site-code has no value/],
    [[...good, '--dry-run', '--dry-run'], /OS105: --dry-run is given twice/],
    [[...good, '--dry-run='], /OS105: --dry-run is empty/],
    [[...good, '--dry-run', ''], /OS105: --dry-run is empty/],
    [[...good, '--start', ''], /OS105: --start is empty/],
    [[...good, '--site-code', ''], /OS105: --site-code is empty/],
    [[...good, '--token', 'hunter2'], /OS108: --token is a secret/],
    [[...good, '--token', 'Bearer', 'hunter2'], /OS108[^]*OS104: Argument 9 is no input/],
    [[...good, '-token', 'hunter2'], /OS108: -token is a secret/],
    [[...good, '--json=true'], /OS105: --json takes no value/],
    [[...good, '--report'], /OS105: --report has no value/],
    [[...good, '--report', '--json'], /OS105: --report has no value/],
    [[...good, '--report', '/dev/null', '--report', '/dev/null'], /OS105: --report is given twice/],
    [
      [...good, '--report', '/no/such/folder/x'],
      /OS111: --report names a file that cannot be written: ENOENT/,
    ],
    [
      [...good, '--connection', 'j', '--report', '/'],
      /OS105: --connection[^]*OS111: --report names .*EISDIR/,
    ],
    [
      [...good, '--dry-run=yes'],
      /^Error OS103: --dry-run is "yes"\. Write true or false, for example --dry-run true\.\n$/,
    ],
    [[...good, '--site-code', 'L'], /OS106: --site-code is "L"/],
    [[...good, '--ca-certificate', '/no'], /OS107: --ca-certificate has no use/],
    [
      [
        'service',
        '--connection',
        'admin-service',
        '--sms-provider',
        'a b',
        '--authentication',
        'token',
        '--image',
        ',',
        '--update-group',
        'g',
      ],
      /OS108[^]*CONFIGMGR_TOKEN[^]*OS106: --sms-provider[^]*OS106: --image names nothing/,
    ],
  ];
  for (const [args, expected] of cases) {
    test(['service', ...args.slice(1)].join(' '), async () => {
      const { exitCode, stdout, stderr } = await runCommand(args);
      assert.equal(exitCode, 2);
      assert.match(stderr, expected);
      assert.doesNotMatch(stderr, /Probable cause|lower\(/);
      assert.doesNotMatch(stderr, /hunter2/);
      assert.equal(args.some((each) => each.startsWith('--json')) || stdout === '', true);
    });
  }

  test('come as JSON too', async () => {
    const { exitCode, stdout } = await runCommand(['service', '--json']);
    assert.equal(exitCode, 2);
    const { state, errors } = readReport(stdout);
    assert.equal(state, 'failed');
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['OS101', 'OS101'],
    );
  });
});

suite('a run of the command that fails', () => {
  const faults: readonly (readonly [Fault, 'whole' | 'nothing', RegExp])[] = [
    [
      { kind: 'refuse', request: 1, method: 'POST' },
      'nothing',
      /Error OS401: Create SMS_ImageServicingSchedule:.*404: Access denied/,
    ],
    [
      { kind: 'refuse', request: 1, method: 'PUT' },
      'nothing',
      /Error OS401: Update SMS_ImageServicingSchedule.*Undone: schedule \d+/,
    ],
    [{ kind: 'deny-401', request: 2 }, 'nothing', /Error OS304/],
    [{ kind: 'error-500', request: 2 }, 'whole', /answer 500.*; attempt 2 of 4 in/],
    [{ kind: 'cut', request: 1 }, 'whole', /attempt 2 of 4/],
    [{ kind: 'lose', request: 1, method: 'POST' }, 'whole', /Looking up a schedule named/],
    [{ kind: 'delay', milliseconds: 700, request: 3 }, 'whole', /Result: scheduled/],
  ];
  for (const [fault, end, expected] of faults) {
    test(`${fault.kind} at request ${'request' in fault ? fault.request : ''} ${fault.method ?? ''}: ${end}`, async (t) => {
      const site = await serveSite(t, { ...small, faults: [fault] });
      const { exitCode, stdout, stderr, left } = await service(site).ended;
      assert.match(stdout + stderr, expected);
      assert.equal(exitCode, end === 'whole' ? 0 : 1);
      await settled(site.simulator);
      const remains = remainsOf(site.simulator);
      if (end === 'nothing') assert.deepEqual(remains, NOTHING);
      else assert.deepEqual([remains.schedules.length, remains.images, remains.updates], [1, 1, WANTED]);
      assert.deepEqual(left, []);
    });
  }

  test('for a missing right: the site’s own words, and where to look', async (t) => {
    const access = {
      hidden: [],
      denied: [{ class: 'SMS_AuthorizationList', operations: ['read' as const] }],
    };
    const site = await serveSite(t, { description: { ...SITE_WITH_SMALL_GROUP, access } });
    const { exitCode, stderr } = await service(site).ended;
    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      /Error OS305: Query SMS_AuthorizationList:.*404: Access denied[^]*What to do:.*right.*SMSProv\.log/,
    );
  });

  test('for a typo: the nearest name', async (t) => {
    const site = await serveSite(t, small);
    const { exitCode, stderr } = await runCommand(
      ['service', ...site.reach, '--update-group', 'Smal', '--image', 'LAB00010'],
      site,
    );
    assert.equal(exitCode, 1);
    assert.match(stderr, /OS204: No update group is named "Smal"[^]*"Small" \(17000001\)/);
  });

  test('without curl: what to install', async () => {
    const { exitCode, stderr, left } = await runCommand(THE_MAIN_JOB, { environment: { PATH: '' } });
    assert.equal(exitCode, 1);
    assert.match(stderr, /Error OS301: There is no curl/);
    assert.deepEqual(left, []);
  });

  test('with a curl that is too old: which is needed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'old-curl-'));
    writeFileSync(
      join(folder, 'curl'),
      '#!/bin/sh\necho "curl: option fail-with-body: is unknown" >&2\nexit 2\n',
    );
    chmodSync(join(folder, 'curl'), 0o755);
    const { exitCode, stderr } = await runCommand(THE_MAIN_JOB, { environment: { PATH: folder } });
    rmSync(folder, { recursive: true });
    assert.equal(exitCode, 1);
    assert.match(stderr, /Error OS301:[^]*older than 7\.76/);
  });
});

suite('the simulated site, served by the command', () => {
  test('tells how it is reached, serves a run, and ends with the signal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'served site '));
    const certificate = join(folder, 'site.pem');
    const served = spawnCommand(['simulate', '--updates', '500', '--certificate-file', certificate], {
      environment: { CONFIGMGR_TOKEN: TOKEN },
    });
    let said = '';
    await new Promise<void>((resolve) => {
      served.child.stdout?.on('data', (text: string) => {
        said += text;
        if (said.includes('AdminService_TokenAuth') && said.includes('--ca-certificate')) resolve();
      });
    });
    assert.match(said, /^SIMULATED/);
    const address = /https:\/\/127\.0\.0\.1:\d+\/AdminService_TokenAuth/.exec(said)?.[0] ?? '';
    const { exitCode, stderr } = await runCommand(
      [
        'service',
        '--connection',
        'admin-service',
        '--authentication',
        'token',
        '--sms-provider',
        address,
        '--ca-certificate',
        certificate,
        '--update-group',
        'Windows 7',
        '--image',
        'Windows 7 Enterprise',
      ],
      { environment: { CONFIGMGR_TOKEN: TOKEN } },
    );
    assert.equal(exitCode, 0, stderr);
    served.child.kill('SIGTERM');
    const ended = await served.ended;
    assert.equal(ended.exitCode, 0, ended.stderr);
    assert.deepEqual(readdirSync(folder), []);
    rmSync(folder, { recursive: true });
  });
});
