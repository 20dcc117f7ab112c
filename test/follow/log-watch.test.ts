import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import type { FollowEvent } from '../../src/follow/follow-event.js';
import { followResult } from '../../src/follow/follow-result.js';
import { followRun } from '../../src/follow/follow-run.js';
import { watchLog } from '../../src/follow/log-watch.js';
import { withTimeLimit, type ReadPart } from '../../src/follow/servicing-log-file.js';
import { followLine } from '../../src/report/follow-lines.js';
import type { ScheduleId } from '../../src/site/identifiers.js';
import { SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
import { serviced, SETTINGS, type ServicedSite } from './followed.js';

const ID = 16_777_294 as ScheduleId;
const OTHER = 16_777_295 as ScheduleId;
const PATH = 'Logs/OfflineServicingMgr.log';

const line = (text: string): string =>
  `${text} $$<SMS_OFFLINE_SERVICING_MANAGER><05-11-2018 11:20:42.000+240><thread=7652 (0x1DE4)>\r\n`;
const begins = (id: ScheduleId): string => line(`Processing started for Schedule with ID ${id}`);

/** A log in memory; undefined while it cannot be read. */
function watched(): {
  readonly set: (text: string | undefined) => void;
  readonly look: () => Promise<readonly FollowEvent[]>;
  readonly evidence: () => readonly string[];
} {
  let text: string | undefined;
  let events: FollowEvent[] = [];
  const read: ReadPart = async (path, from, atMost) => {
    if (text === undefined || path !== PATH) return Promise.resolve(undefined);
    const bytes = new TextEncoder().encode(text);
    return Promise.resolve({ bytes: bytes.subarray(from, from + atMost), size: bytes.length });
  };
  const watch = watchLog({ path: PATH, read }, [ID], (event) => events.push(event));
  return {
    set: (next) => (text = next),
    look: async () => {
      events = [];
      await watch.look();
      return events;
    },
    evidence: () => watch.evidenceOf(ID),
  };
}

suite('the servicing log beside the polls', () => {
  test('shows what is new of the schedules that are meant, folded below one line', async () => {
    const log = watched();
    log.set(begins(ID) + line('old'));
    assert.deepEqual(await log.look(), []);
    log.set(begins(ID) + line('old') + line('one') + begins(OTHER) + line('not ours'));
    const [event, ...others] = await log.look();
    assert.ok(event !== undefined && others.length === 0);
    const told = followLine(event, 0);
    assert.equal(told.line, `00:00:00 OfflineServicingMgr.log: 1 new line of schedule ${ID}`);
    assert.deepEqual(told.details, ['15:20:42 one']);
    assert.deepEqual(await log.look(), []);
  });

  test('is told once as not readable, and read from its end when it is there', async () => {
    const log = watched();
    assert.deepEqual(await log.look(), [{ kind: 'log-not-readable', path: PATH }]);
    assert.deepEqual(await log.look(), []);
    log.set(begins(ID) + line('old'));
    assert.deepEqual(await log.look(), []);
    log.set(begins(ID) + line('old') + line('new'));
    assert.equal((await log.look()).length, 1);
  });

  test('keeps the last lines that tell of an error, and none of a success', async () => {
    const log = watched();
    log.set(begins(ID));
    await log.look();
    const failures = [1, 2, 3, 4, 5, 6].map((code) => `InstallUpdate returned code 0x8007000${code}`);
    log.set([begins(ID), line('InstallUpdate returned code 0x00000000'), ...failures.map(line)].join(''));
    await log.look();
    assert.deepEqual(log.evidence(), failures.slice(1));
  });

  test('that hangs is one that cannot be read, and is not asked twice at a time', async () => {
    let asked = 0;
    const hanging = withTimeLimit(async () => {
      asked++;
      return new Promise(() => undefined);
    }, 1);
    const alive = setTimeout(() => undefined, 5_000);
    assert.equal(await hanging(PATH, 0, 1), undefined);
    assert.equal(await hanging(PATH, 0, 1), undefined);
    clearTimeout(alive);
    assert.equal(asked, 1);
  });
});

suite('a servicing that fails', () => {
  const [ciId = 0] = SMALL_GROUP_UPDATES;
  const failing = { updates: [{ ciId, outcome: 'fails', code: 123 }] };

  /** The log of a simulated site, as a file that grows. */
  const logOf =
    ({ site }: ServicedSite): ReadPart =>
    async (path, from, atMost) => {
      if (path !== PATH) return Promise.resolve(undefined);
      const bytes = new TextEncoder().encode(
        site.simulator.servicingLog.map((each) => `${each}\r\n`).join(''),
      );
      return Promise.resolve({ bytes: bytes.subarray(from, from + atMost), size: bytes.length });
    };

  const whatOf = async (t: TestContext, hasLog: boolean): Promise<string> => {
    const run = await serviced(t, { servicing: failing });
    const site = { ...run.followSite, ...(hasLog && { log: { path: PATH, read: logOf(run) } }) };
    const result = followResult(await followRun(site, [run.schedule], [], SETTINGS), SETTINGS);
    assert.equal(result.state, 'failed');
    return result.errors[0]?.what ?? '';
  };

  test('is explained by the lines of the log', async (t) => {
    assert.match(
      await whatOf(t, true),
      /OfflineServicingMgr\.log: Failed to install update with ID \d+ on the image\. ErrorCode = 123/u,
    );
  });

  test('is explained by the status messages where nobody reads the log', async (t) => {
    assert.match(
      await whatOf(t, false),
      /status message 7900 of .* UTC: the site began with schedule \d+\./u,
    );
  });
});
