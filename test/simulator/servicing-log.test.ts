import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { hresult, win32Error } from '../../src/simulator/error-numbers.js';
import { oldName, ServicingLog } from '../../src/simulator/servicing-log.js';
import { cancel, IMAGE_MINUTES, MINUTE, siteWith, start } from './life-of-a-run.js';
import { ManualClock } from './manual-clock.js';
import type { Site } from './site-client.js';
import { SMALL, smallSite } from './small-site.js';

const IMAGE = SMALL.otherImage;
const RAW =
  /^(?<text>.+) \$\$<SMS_OFFLINE_SERVICING_MANAGER><(?<stamp>\d\d-\d\d-\d{4} \d\d:\d\d:\d\d\.\d{3}[+-]\d+)><thread=(?<thread>\d+) \(0x[0-9A-F]+\)>$/u;

/** The texts that public recordings have, with what differs from site to site left open. */
const RECORDED = [
  /^SMS_EXECUTIVE started SMS_OFFLINE_SERVICING_MANAGER as thread ID \d+ \(0x[0-9A-F]+\)\.$/u,
  /^Checking if there are schedule\(s\) which need to be run at this time\.$/u,
  /^Schedule with ID \d+ \(Schedule Name = .*\) is marked for RunNow by the administrator$/u,
  /^Schedule with ID \d+ \(.*\) is active$/u,
  /^Schedule processing thread started\. ThreadID = 0x[0-9A-F]+ \(\d+\)$/u,
  /^Inbox source is local on \w+$/u,
  /^\d Schedule\(s\) are marked for RunNow by the administrator$/u,
  /^\d Schedule\(s\) are scheduled to be run at this time$/u,
  /^Processing started for Schedule with ID \d+$/u,
  /^STATMSG: ID=(?:7900 SEV=I|7913 SEV=E) LEV=M SOURCE="SMS Server" COMP="SMS_OFFLINE_SERVICING_MANAGER" SYS=\S+ SITE=\w{3} PID=\d+ TID=\d+ GMTDATE=\w{3} \w{3} \d\d \d\d:\d\d:\d\d\.\d{3} \d{4}(?: ISTR\d="[^"]*"){10} NUMATTRS=0$/u,
  /^Image info: Package id \w{8}, Size \d+ KB, Image path '.*', Type: 'OS Image'$/u,
  /^Initialization of schedule processing succeeded$/u,
  /^GetUpdateApplicability returned code 0x80004001~$/u,
  /^Applicability State = APPLICABILITY_CHECK_NOT_SUPPORTED, Update Binary = .*\.cab\.$/u,
  /^Not applying this update binary, it is not supported\.$/u,
  /^InstallUpdate returned code 0x[0-9a-f]{8}~$/u,
  /^Failed to install update with ID \d+ on the image\. ErrorCode = -?\d+$/u,
  /^UnMounting Image \(Commit Changes = 1\)\.\.\.$/u,
  /^WIM::UnMountWIMImage returned code 0x[0-9a-f]{8}~$/u,
  /^UnMountImage returned code 0x[0-9a-f]{8}~$/u,
  /^Image UnMount failed with error \d+$/u,
  /^Completed processing image package \w{8}\. Status = Failed$/u,
  /^Updated history for image package \w{8} in the database$/u,
  /^Schedule processing failed$/u,
];

interface Read {
  readonly text: string;
  readonly stamp: string;
  readonly thread: string;
}

const linesOf = (site: Site): Read[] =>
  site.running.servicingLog.map((line) => {
    const groups = RAW.exec(line)?.groups;
    assert.ok(groups !== undefined, line);
    return { text: groups['text'] ?? '', stamp: groups['stamp'] ?? '', thread: groups['thread'] ?? '' };
  });

suite('OfflineServicingMgr.log of the simulated site', () => {
  test('begins a run with the recorded lines, two threads out of order', async (context) => {
    const site = await siteWith(context);
    const id = await start(site);
    assert.deepEqual(
      linesOf(site)
        .slice(4, 12)
        .map(({ text, stamp, thread }) => [
          thread,
          stamp.slice(-8),
          text.replace(String(id), 'ID').slice(0, 48),
        ]),
      [
        ['3852', '.000-120', 'Schedule processing thread started. ThreadID = 0'],
        ['3852', '.015-120', 'Inbox source is local on CM01'],
        ['7652', '.001-120', '1 Schedule(s) are marked for RunNow by the admin'],
        ['7652', '.001-120', '0 Schedule(s) are scheduled to be run at this ti'],
        ['7652', '.001-120', 'Processing started for Schedule with ID ID'],
        ['7652', '.001-120', 'STATMSG: ID=7900 SEV=I LEV=M SOURCE="SMS Server"'],
        ['7652', '.001-120', 'Image info: Package id LAB00002, Size 5141317 KB'],
        ['7652', '.001-120', 'Initialization of schedule processing succeeded'],
      ],
    );
  });

  test('ends a run whose image cannot be unmounted with the recorded lines', async (context) => {
    const site = await siteWith(context, { images: [{ packageId: IMAGE, unmountError: 161 }] });
    await start(site);
    site.clock.advance(IMAGE_MINUTES * MINUTE);
    const texts = linesOf(site).map(({ text }) => text);
    assert.deepEqual(
      texts.slice(-8).map((text) => text.slice(0, 66)),
      [
        'UnMounting Image (Commit Changes = 1)...',
        'WIM::UnMountWIMImage returned code 0x800700a1~',
        'UnMountImage returned code 0x800700a1~',
        'Image UnMount failed with error 161',
        'STATMSG: ID=7913 SEV=E LEV=M SOURCE="SMS Server" COMP="SMS_OFFLINE',
        'Completed processing image package LAB00002. Status = Failed',
        'Updated history for image package LAB00002 in the database',
        'Schedule processing failed',
      ],
    );
    assert.match(
      texts.at(-4) ?? '',
      /GMTDATE=Mon Jun 10 10:25:00\.000 2024 ISTR0="LAB00002" ISTR1="1" ISTR2="C:\\ConfigMgr_OfflineImageServicing\\LAB00002\\ImageMountDir" ISTR3="161" ISTR4=""/u,
    );
  });

  test('marks every line that nobody recorded, whatever happens', async (context) => {
    const outcomes = ['not-required', 'not-supported', 'check-not-supported', 'installed'];
    const updates = outcomes.map((outcome, at) => ({ ciId: 101 + at, outcome }));
    const behaviours = [
      { updates },
      { updates: [...updates, { ciId: 105, outcome: 'fails', code: 0x800f0823 }] },
      { images: [{ packageId: IMAGE, mountError: 0xc1420127 }] },
      { images: [{ packageId: IMAGE, unmountError: 161 }] },
      { images: [{ packageId: IMAGE, copyError: 5 }] },
      { component: { rowOrder: ['state', 'history', 'progress', 'version', 'updates'] } },
    ];
    for (const behaviour of behaviours) {
      for (const isCancelled of [false, true]) {
        const site = await siteWith(context, behaviour);
        const id = await start(site, { images: [IMAGE, SMALL.upgrade], updates: [101, 102, 103, 104, 105] });
        if (isCancelled) await cancel(site, id);
        site.clock.advance(2 * IMAGE_MINUTES * MINUTE);
        for (const { text } of linesOf(site)) {
          const isRecorded = RECORDED.some((recorded) => recorded.test(text));
          assert.equal(text.endsWith(' [simulated]'), !isRecorded, text);
        }
      }
    }
  });

  test('has stamps that never go back within a thread', async (context) => {
    const site = await siteWith(context, {}, { servicingMilliseconds: 3 });
    await start(site);
    await start(site, { images: [SMALL.upgrade] });
    site.clock.advance(10);
    const byThread = new Map<string, string>();
    for (const { thread, stamp } of linesOf(site)) {
      assert.ok((byThread.get(thread) ?? '') <= stamp);
      byThread.set(thread, stamp);
    }
    assert.deepEqual([...byThread.keys()], ['3852', '7652', '7656']);
  });

  test('a name of a schedule stays in its line', async (context) => {
    const site = await siteWith(context);
    await site.schedule({ Schedule: '00011FC000080001', Action: 1, Name: 'a\r\nb $$<x>' });
    const [line] = linesOf(site).filter(({ text }) => text.includes('marked for RunNow by'));
    assert.match(line?.text ?? '', /\(Schedule Name = a b \$\$<x>\) is marked/u);
  });

  for (const [when, site, stamp] of [
    ['2018-05-11T15:20:42Z', { utcOffsetMinutes: -240 }, '05-11-2018 11:20:42.000+240'],
    ['2024-01-10T23:30:00Z', { utcOffsetMinutes: 60 }, '01-11-2024 00:30:00.000-60'],
    ['2024-01-10T23:30:00Z', { utcOffsetMinutes: 0 }, '01-10-2024 23:30:00.000+0'],
  ] as const) {
    test(`shows ${when} on a clock ${site.utcOffsetMinutes} minutes ahead with the bias that leads to UTC`, () => {
      const log = new ServicingLog({ site: { ...smallSite().site, ...site }, clock: new ManualClock(when) });
      log.recorded(7652, 'x~');
      assert.deepEqual(log.lines, [`x~ $$<SMS_OFFLINE_SERVICING_MANAGER><${stamp}><thread=7652 (0x1DE4)>`]);
    });
  }

  test('is appended to a file, which rolls over to .lo_', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'servicing-log-'));
    context.after(async () => rm(folder, { recursive: true }));
    const file = join(folder, 'OfflineServicingMgr.log');
    const log = new ServicingLog({
      site: smallSite().site,
      clock: new ManualClock(),
      file,
      rollOverBytes: 300,
    });
    for (let at = 1; at <= 5; at += 1) log.madeUp(1, `Line ${at} ä`);
    const texts = (path: string): string[] =>
      readFileSync(path, 'utf8')
        .split('\r\n')
        .filter((line) => line !== '')
        .map((line) => line.slice(0, 8));
    assert.deepEqual(texts(oldName(file)), ['Line 3 ä', 'Line 4 ä']);
    assert.deepEqual(texts(file), ['Line 5 ä']);
    assert.equal(log.lines.length, 5);
    assert.equal(oldName(file), join(folder, 'OfflineServicingMgr.lo_'));

    const other = join(folder, 'short');
    const short = new ServicingLog({
      site: smallSite().site,
      clock: new ManualClock(),
      file: other,
      rollOverBytes: 1,
    });
    for (let at = 1; at <= 2; at += 1) short.madeUp(1, `Line ${at} ä`);
    assert.deepEqual([...texts(oldName(other)), ...texts(other)], ['Line 1 ä', 'Line 2 ä']);
  });

  test('a folder that is not there does not end the site', () => {
    const file = join(tmpdir(), 'no-such-folder', 'x', 'OfflineServicingMgr.log');
    const log = new ServicingLog({ site: smallSite().site, clock: new ManualClock(), file });
    log.madeUp(1, 'x');
    assert.ok(!existsSync(file));
    assert.equal(log.lines.length, 1);
  });
});

suite('numbers of errors', () => {
  for (const [code, asHresult, asWin32] of [
    [123, '0x8007007b', 123],
    [0x8007007b | 0, '0x8007007b', 123],
    [0x8007007b, '0x8007007b', 123],
    [161, '0x800700a1', 161],
    [0x80004001, '0x80004001', 0x80004001 | 0],
    [0x800f081e | 0, '0x800f081e', 0x800f081e | 0],
  ] as const) {
    test(`${code} is ${asHresult} and ${asWin32}`, () => {
      assert.deepEqual([hresult(code), win32Error(code)], [asHresult, asWin32]);
    });
  }
});
