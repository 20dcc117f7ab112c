import assert from 'node:assert/strict';
import { Agent, request as httpsRequest } from 'node:https';
import { startSimulator, } from '../../src/simulator/simulated-site.js';
import { ManualClock } from './manual-clock.js';
import { smallSite } from './small-site.js';
const TOKEN = 'test-token';
/** A served site and a client with one connection to it, which is kept and used again. */
export class Site {
    running;
    clock;
    agent;
    constructor(running, clock) {
        this.running = running;
        this.clock = clock;
        this.agent = new Agent({ keepAlive: true, maxSockets: 1, ca: running.certificatePem });
    }
    async ask(method, path, options = {}) {
        const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
        const authorization = 'authorization' in options ? options.authorization : `Bearer ${TOKEN}`;
        return new Promise((resolve, reject) => {
            const request = httpsRequest({
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
            }, (response) => {
                const pieces = [];
                response.on('data', (piece) => pieces.push(piece));
                response.on('error', reject);
                response.on('end', () => {
                    resolve({
                        status: response.statusCode ?? 0,
                        text: Buffer.concat(pieces).toString('utf8'),
                        headers: response.headers,
                    });
                });
            });
            request.on('error', reject);
            request.end(text);
        });
    }
    /** The objects of a list, or of a read by key. */
    async rows(path, query = {}) {
        const parts = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
        const reply = await this.ask('GET', `/wmi/${path}${parts.length > 0 ? `?${parts.join('&')}` : ''}`);
        assert.equal(reply.status, 200, reply.text);
        const { value } = JSON.parse(reply.text);
        return value;
    }
    async filter(className, filter) {
        return this.rows(className, { $filter: filter });
    }
    /** The one object of a read by key. */
    async object(path) {
        const [row, ...more] = await this.rows(path);
        assert.equal(more.length, 0);
        assert.ok(row !== undefined);
        return row;
    }
    /** Asks for something that has to be refused; returns the message of the error. */
    async refused(method, path, options = {}, status = 404) {
        const reply = await this.ask(method, `/wmi/${path}`, options);
        assert.equal(reply.status, status, `${method} ${path}: ${reply.text}`);
        const { error } = JSON.parse(reply.text);
        assert.equal(error.code, String(status));
        return error.message;
    }
    async refusedFilter(className, filter) {
        return this.refused('GET', `${className}?$filter=${encodeURIComponent(filter)}`);
    }
    /** Makes an object and returns it as the answer shows it. */
    async create(className, body) {
        const reply = await this.ask('POST', `/wmi/${className}`, { body });
        assert.equal(reply.status, 201, reply.text);
        return JSON.parse(reply.text);
    }
    /** Makes a schedule with its links, and returns its ID. */
    async schedule(body, images = [], updates = []) {
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
export async function serve(context, options = {}) {
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
export async function until(condition) {
    const end = Date.now() + 10_000;
    while (!condition()) {
        assert.ok(Date.now() < end, 'it never happened');
        await new Promise((resolve) => setImmediate(resolve));
    }
}
//# sourceMappingURL=site-client.js.map