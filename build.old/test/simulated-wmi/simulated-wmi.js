import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { faultPicker } from '../../src/simulator/faults.js';
import { hostOfSession, locationsOf, thisMachine, } from './hosts.js';
import { plainValues } from './cim-values.js';
import { SiteNamespace } from './site-namespace.js';
import { providerError, WmiError } from './wmi-error.js';
import { classOf, likeMethod } from './wmi-request.js';
/** Opens a simulated site to the CIM cmdlets of the test's own module. */
export async function startSimulatedWmi(site, options = {}) {
    const secret = randomBytes(16).toString('hex');
    const { code } = site.state.site;
    const service = {
        hosts: options.hosts ?? [thisMachine(code)],
        pickFault: faultPicker(options.faults ?? []),
        namespace: new SiteNamespace({
            site,
            path: `root\\sms\\site_${code}`,
            longestQueryTerms: options.longestQueryTerms ?? 300,
            newInstanceKey: options.newInstanceKey ?? 'assigned',
        }),
        requests: [],
        sessions: [],
        failed: new Map(),
        now: () => site.clock.now(),
        timers: new Set(),
    };
    const clients = new Set();
    const server = createServer((socket) => {
        clients.add(socket);
        socket.on('close', () => clients.delete(socket));
        socket.on('error', () => undefined);
        void serve(service, socket, secret);
    });
    const port = await listen(server);
    return {
        environment: { SIMULATED_WMI: `${port}:${secret}` },
        requests: service.requests,
        sessions: service.sessions,
        clients,
        stop: async () => {
            for (const timer of service.timers)
                clearTimeout(timer);
            const closed = new Promise((resolve) => server.close(() => resolve()));
            for (const socket of clients)
                socket.destroy();
            await closed;
        },
    };
}
async function listen(server) {
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string')
        throw new Error('The server has no port.');
    return address.port;
}
/** The lines of one PowerShell: the secret first, then one request after the other. */
async function serve(service, socket, secret) {
    const sessions = [];
    let isKnown = false;
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
        if (!isKnown) {
            if (line !== secret)
                socket.destroy();
            isKnown = true;
            continue;
        }
        const answer = await answerRequest(service, sessions, JSON.parse(line));
        if (answer === 'die') {
            socket.write('"die"\n');
            continue;
        }
        if (answer === 'silent')
            continue;
        socket.write(answer.map((each) => `${JSON.stringify(each, markTexts)}\n`).join(''));
    }
}
/** Marked, for PowerShell 7 makes a date of every text in JSON that looks like one. */
function markTexts(_name, part) {
    if (typeof part !== 'object' || part === null || !('type' in part) || !('value' in part))
        return part;
    if (part.type === 'String' && typeof part.value === 'string')
        return { ...part, value: `=${part.value}` };
    if (part.type === 'StringArray' && Array.isArray(part.value)) {
        return { ...part, value: part.value.map((text) => `=${String(text)}`) };
    }
    return part;
}
async function answerRequest(service, sessions, request) {
    if (request.verb === 'open') {
        const { computer, protocol, user } = request;
        service.sessions.push({ computer, protocol, user });
        return told(() => {
            const host = hostOfSession(service.hosts, request);
            failOver(service, { host, protocol }, 'open');
            sessions.push({ host, protocol });
            return [{ session: sessions.length - 1 }];
        });
    }
    if (request.verb === 'took') {
        const last = service.requests.at(-1);
        if (last !== undefined)
            last.rows = request.rows;
        return 'silent';
    }
    const session = request.session === null ? undefined : sessions[request.session];
    const host = request.session === null ? service.hosts.find(({ name }) => name === undefined) : session?.host;
    if (host === undefined)
        return told(() => raise('0x8004100e'));
    if (request.namespace.toLowerCase() === 'root\\sms') {
        return told(() => {
            failOver(service, session, 'location');
            return instances(locationsOf(host));
        });
    }
    const { path } = service.namespace;
    if (host.hasProvider === false || request.namespace.toLowerCase() !== path.toLowerCase()) {
        return told(() => raise('0x8004100e'));
    }
    const failed = told(() => {
        failOver(service, session, 'call');
        return [];
    });
    return failed.length > 0 ? failed : answerCall(service, request, request.timeoutSeconds);
}
/** Fails where the way of a session does. */
function failOver(service, session, at) {
    const failure = session?.host.failures?.find((one) => one.protocol === session.protocol &&
        one.at === at &&
        (service.failed.get(one) ?? 0) < (one.times ?? Infinity));
    if (failure === undefined)
        return;
    service.failed.set(failure, (service.failed.get(failure) ?? 0) + 1);
    raise(failure.hresult);
}
async function answerCall(service, call, timeoutSeconds) {
    const record = recordOf(service, call);
    const fault = service.pickFault(record);
    record.fault = isShared(fault) ? fault.kind : undefined;
    const answer = () => {
        const lines = told(() => perform(service.namespace, call));
        record.rows = lines.length - 1;
        record.status = isFailure(lines) ? 500 : 200;
        record.outcome = 'answered';
        return lines;
    };
    const fail = (error, outcome = 'answered') => {
        record.outcome = outcome;
        return told(() => {
            throw error;
        });
    };
    const later = async (milliseconds) => new Promise((resolve) => {
        const timer = setTimeout(() => {
            service.timers.delete(timer);
            resolve();
        }, milliseconds);
        service.timers.add(timer);
    });
    switch (fault?.kind) {
        case undefined:
            return answer();
        case 'refuse':
            return fail(providerError({ description: 'Access denied', operation: 'PutInstance', hresult: '0x80041003' }));
        case 'deny-401':
            return fail(new WmiError('0x80070005'));
        case 'error-500':
            return fail(new WmiError('0x80041001'));
        case 'provider-not-loaded':
            return fail(new WmiError('0x80041013'));
        case 'not-found':
            return fail(new WmiError('0x80041002'));
        case 'cut':
        case 'reset':
            return fail(new WmiError('0x800706be'), 'cut');
        case 'lose':
            answer();
            return fail(new WmiError('0x800706be'), 'lost');
        case 'truncate':
            answer();
            return fail(new WmiError('0x80010108'), 'truncated');
        case 'timed-out':
            answer();
            return fail(new WmiError('0x80041069'), 'lost');
        case 'die':
            answer();
            record.outcome = 'lost';
            return 'die';
        case 'hang':
            await later(timeoutSeconds * 1_000);
            return fail(new WmiError('0x80041069'), 'cut');
        case 'hang-for-ever':
            return 'silent';
        case 'html-200':
        case 'html-502':
        case 'redirect':
        case 'oversize':
        case 'slow':
        case 'restart':
        case 'invalid-json':
        case 'wrong-types':
            throw new TypeError(`"${fault.kind}" is a fault of HTTP alone.`);
        case 'delay': {
            // The provider goes on with what the client has given up.
            if (fault.milliseconds > timeoutSeconds * 1_000) {
                void later(fault.milliseconds).then(answer);
                await later(timeoutSeconds * 1_000);
                return told(() => raise('0x80041069'));
            }
            await later(fault.milliseconds);
            return answer();
        }
    }
}
function isShared(fault) {
    return (fault !== undefined &&
        ['refuse', 'not-found', 'deny-401', 'error-500', 'delay', 'cut', 'reset', 'lose', 'truncate'].includes(fault.kind));
}
function recordOf(service, call) {
    const record = {
        number: service.requests.length + 1,
        at: service.now(),
        method: likeMethod(call.verb),
        path: service.namespace.path,
        query: call.verb === 'query' ? call.text : '',
        className: classOf(call),
        methodName: call.verb === 'invoke' ? call.method : undefined,
        body: 'properties' in call ? JSON.stringify(plainValues(call.properties)) : '',
        authorization: 'none',
        fault: undefined,
        status: 0,
        rows: 0,
        bytes: 0,
        outcome: 'pending',
        workMilliseconds: 0,
    };
    service.requests.push(record);
    return record;
}
function perform(namespace, call) {
    switch (call.verb) {
        case 'query':
            return instances(namespace.query(call.text));
        case 'enumerate':
            return instances(namespace.enumerate(call.class));
        case 'get':
            return instances([namespace.get(call.class, call.properties)]);
        case 'create':
            return instances([namespace.create(call.class, call.properties)]);
        case 'modify':
            namespace.modify(call.class, call.properties);
            return instances([]);
        case 'remove':
            namespace.remove(call.class, call.properties);
            return instances([]);
        case 'invoke':
            return [{ out: namespace.invoke(call.class, call.method, call.properties) }];
        case 'class':
            return [{ class: namespace.describe(call.class) }];
    }
}
const instances = (all) => [{ rows: all.length }, ...all];
function told(act) {
    try {
        return act();
    }
    catch (error) {
        if (!(error instanceof WmiError))
            throw error;
        const { hresult, native, message, data } = error;
        return [{ failure: { hresult, native, message, data: data ?? null } }];
    }
}
function isFailure([first]) {
    return typeof first === 'object' && first !== null && 'failure' in first;
}
function raise(hresult) {
    throw new WmiError(hresult);
}
//# sourceMappingURL=simulated-wmi.js.map