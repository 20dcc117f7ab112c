import assert from 'node:assert/strict';
import { Agent, request as httpsRequest } from 'node:https';
import type { TestContext } from 'node:test';
import {
  startSimulator,
  type RunningSimulator,
  type SimulatorOptions,
} from '../../src/simulator/simulated-site.js';
import { ManualClock } from './manual-clock.js';
import { smallSite } from './small-site.js';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface AskOptions {
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the right bearer token. */
  readonly authorization?: string | undefined;
  readonly route?: string;
}

export type Row = Readonly<Record<string, unknown>>;

const TOKEN = 'test-token';

/** A served site and a client with one connection to it, which is kept and used again. */
export class Site {
  readonly running: RunningSimulator;
  readonly clock: ManualClock;
  readonly agent: Agent;

  constructor(running: RunningSimulator, clock: ManualClock) {
    this.running = running;
    this.clock = clock;
    this.agent = new Agent({ keepAlive: true, maxSockets: 1, ca: running.certificatePem });
  }

  async ask(method: string, path: string, options: AskOptions = {}): Promise<Reply> {
    const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const authorization = 'authorization' in options ? options.authorization : `Bearer ${TOKEN}`;
    return new Promise((resolve, reject) => {
      const request = httpsRequest(
        {
          host: '127.0.0.1',
          port: this.running.port,
          path: `${options.route ?? '/AdminService_TokenAuth'}${path}`,
          method,
          agent: this.agent,
          headers: {
            ...(authorization === undefined ? {} : { authorization }),
            ...(text === undefined ? {} : { 'content-type': 'application/json' }),
            ...options.headers,
          },
        },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('error', reject);
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(pieces).toString('utf8'),
              headers: response.headers,
            });
          });
        },
      );
      request.on('error', reject);
      request.end(text);
    });
  }

  /** The objects of a list, or of a read by key. */
  async rows(path: string, query: Readonly<Record<string, string>> = {}): Promise<Row[]> {
    const parts = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const reply = await this.ask('GET', `/wmi/${path}${parts.length > 0 ? `?${parts.join('&')}` : ''}`);
    assert.equal(reply.status, 200, reply.text);
    const { value } = JSON.parse(reply.text) as { value: Row[] };
    return value;
  }

  async filter(className: string, filter: string): Promise<Row[]> {
    return this.rows(className, { $filter: filter });
  }

  /** The one object of a read by key. */
  async object(path: string): Promise<Row> {
    const [row, ...more] = await this.rows(path);
    assert.equal(more.length, 0);
    assert.ok(row !== undefined);
    return row;
  }

  /** Asks for something that has to be refused; returns the message of the error. */
  async refused(method: string, path: string, options: AskOptions = {}, status = 404): Promise<string> {
    const reply = await this.ask(method, `/wmi/${path}`, options);
    assert.equal(reply.status, status, `${method} ${path}: ${reply.text}`);
    const { error } = JSON.parse(reply.text) as { error: { code: string; message: string } };
    assert.equal(error.code, String(status));
    return error.message;
  }

  async refusedFilter(className: string, filter: string): Promise<string> {
    return this.refused('GET', `${className}?$filter=${encodeURIComponent(filter)}`);
  }

  /** Makes an object and returns it as the answer shows it. */
  async create(className: string, body: unknown): Promise<Row> {
    const reply = await this.ask('POST', `/wmi/${className}`, { body });
    assert.equal(reply.status, 201, reply.text);
    return JSON.parse(reply.text) as Row;
  }

  /** Makes a schedule with its links, and returns its ID. */
  async schedule(
    body: Row,
    images: readonly string[] = [],
    updates: readonly number[] = [],
  ): Promise<number> {
    const made = await this.create('SMS_ImageServicingSchedule', body);
    const ScheduleID = made['ScheduleID'];
    assert.ok(typeof ScheduleID === 'number');
    for (const ImagePackageID of images) {
      await this.create('SMS_ImageServicingScheduledImage', { ScheduleID, ImagePackageID });
    }
    for (const UpdateID of updates) {
      await this.create('SMS_ImageServicingScheduledUpdate', { ScheduleID, UpdateID });
    }
    return ScheduleID;
  }
}

/** Serves the small site, or another one, until the test is over. */
export async function serve(context: TestContext, options: Partial<SimulatorOptions> = {}): Promise<Site> {
  const clock = new ManualClock();
  const running = await startSimulator({
    description: options.description ?? smallSite(),
    token: TOKEN,
    clock,
    ...options,
  });
  const site = new Site(running, clock);
  context.after(async () => {
    site.agent.destroy();
    await running.stop();
  });
  return site;
}

/** Waits for something that happens on the other side of a socket; fails after ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!condition()) {
    assert.ok(Date.now() < end, 'it never happened');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
