import { siteUnderTest } from '../site-under-test.js';
import { runOnce } from './site-afterwards.js';
import { assertEachWholeOrNothing } from './whole-or-nothing.js';
/** How long the client waits for an answer. */
const ANSWER_SECONDS = 2;
const plainly = (...kinds) => 
// The type of a fault is a choice of objects, each with some of the kinds.
kinds.map((kind) => ({ name: kind, at: (target) => ({ ...target, kind }) }));
const timed = (name, kind, milliseconds) => ({
    name,
    at: (target) => ({ ...target, kind, milliseconds }),
});
const SHORT_DELAY = timed('short delay', 'delay', 200);
/** The effect comes after the client has given up. */
const LONG_DELAY = timed('long delay', 'delay', ANSWER_SECONDS * 1_000 + 100);
export const FAULTS_OF_HTTP = [
    ...plainly('refuse', 'not-found', 'deny-401', 'error-500', 'html-200', 'html-502', 'redirect', 'oversize'),
    ...plainly('cut', 'reset', 'lose', 'truncate', 'invalid-json', 'wrong-types'),
    SHORT_DELAY,
    LONG_DELAY,
    timed('slow', 'slow', 200),
    timed('short restart', 'restart', 20),
    timed('long restart', 'restart', 600),
];
export const FAULTS_OF_WMI = [
    ...plainly('refuse', 'not-found', 'deny-401', 'error-500', 'cut', 'lose', 'truncate'),
    ...plainly('provider-not-loaded', 'timed-out', 'die'),
    SHORT_DELAY,
];
/** In the order in which a run comes to them. */
export const OPERATION_KINDS = [
    'query',
    'get',
    'create schedule',
    'create link',
    'update',
    'invoke',
    'describe',
    'delete',
];
function kindOf({ method, className, methodName, path, query }) {
    if (methodName !== undefined)
        return 'invoke';
    if (className === '$metadata')
        return 'describe';
    if (method === 'POST')
        return className === 'SMS_ImageServicingSchedule' ? 'create schedule' : 'create link';
    if (method === 'PUT')
        return 'update';
    if (method === 'DELETE')
        return 'delete';
    // Of HTTP a key is in the path; of WMI only a query has a text.
    return path.includes('(') || (query === '' && !path.includes('/')) ? 'get' : 'query';
}
const REFUSED_WAKE = {
    kind: 'refuse',
    every: true,
    class: 'SMS_ImagePackage.RunOfflineServicingManager',
};
/** Starts a site for one run, and ends it as soon as `use` has ended. */
async function withSite({ connection, description, component, isUndone }, faults, use) {
    const ends = [];
    const all = [...faults, ...(isUndone ? [REFUSED_WAKE] : [])];
    const site = await siteUnderTest({
        after: (end) => {
            if (typeof end === 'function')
                ends.push(end);
        },
    }, {
        connection,
        simulator: {
            description,
            component,
            invisibleMilliseconds: 60,
            servicingMilliseconds: 20,
            faults: connection === 'wmi' ? [] : all,
        },
        wmi: { faults: connection === 'wmi' ? all : [] },
        settings: { answerSeconds: ANSWER_SECONDS, answerBytes: 2 * 1024 * 1024 },
        // The first look sees everything, so that the number of requests does not depend on chance.
        patience: { firstLookMilliseconds: 100 },
    });
    try {
        return await use(site);
    }
    finally {
        for (const end of ends)
            await end();
    }
}
/** Every request of the run when nothing but what makes it undo disturbs it; of one that undoes, those from then on. */
export async function targetsOf(disturbed) {
    return withSite(disturbed, [], async (site) => {
        await assertEachWholeOrNothing(site, await runOnce(site, disturbed.request), disturbed.wanted);
        const { requests } = site.simulator;
        const seen = new Map();
        const all = requests.map(({ method, className = '', methodName }) => {
            const name = methodName === undefined ? className : `${className}.${methodName}`;
            const request = (seen.get(`${method} ${name}`) ?? 0) + 1;
            seen.set(`${method} ${name}`, request);
            return { method, class: name, request };
        });
        if (!disturbed.isUndone)
            return all;
        return all.slice(requests.findIndex(({ methodName }) => methodName !== undefined) + 1);
    });
}
export async function disturb(disturbed, form, target) {
    const fault = form.at(target);
    return withSite(disturbed, [fault], async (site) => {
        const ended = await runOnce(site, disturbed.request);
        try {
            const afterwards = await assertEachWholeOrNothing(site, ended, disturbed.wanted);
            const met = metBy(site, target);
            return { fault: form.name, kind: met && kindOf(met), ended: afterwards };
        }
        catch (error) {
            const { component, isUndone } = disturbed;
            throw new Error(JSON.stringify({ fault, component, isUndone }), { cause: error });
        }
    });
}
function metBy({ simulator }, target) {
    return simulator.requests.filter(({ method, className = '', methodName }) => method === target.method &&
        (methodName === undefined ? className : `${className}.${methodName}`) === target.class)[target.request - 1];
}
/** Does so much at once: a run mostly waits, and too many of them would wait for each other. */
export async function atOnce(most, items, act) {
    const results = [];
    let next = 0;
    await Promise.all(Array.from({ length: most }, async () => {
        for (let place = next++; place < items.length; place = next++) {
            const item = items[place];
            if (item !== undefined)
                results.push(await act(item));
        }
    }));
    return results;
}
/** Counts of `whole / nothing / told`, by kind of operation and fault, as a table of Markdown. */
export function tableOf(cells, faults) {
    const kinds = OPERATION_KINDS.filter((kind) => cells.some((cell) => cell.kind === kind));
    const count = (fault, kind, ended) => cells.filter((cell) => cell.fault === fault && cell.kind === kind && cell.ended === ended).length;
    const rows = faults.map(({ name }) => [
        name,
        ...kinds.map((kind) => ['whole', 'nothing', 'told'].map((ended) => count(name, kind, ended)).join(' / ')),
    ]);
    const line = (parts) => `| ${parts.join(' | ')} |`;
    return [line(['Fault', ...kinds]), line(['---', ...kinds.map(() => '---')]), ...rows.map(line)].join('\n');
}
/** How many runs met each fault at each kind of operation, in a table of the above; reads of both kinds together. */
export function countsIn(table) {
    const rows = table
        .split('\n')
        .filter((line) => line.startsWith('|') && !line.includes('---'))
        .map((line) => line.split('|').map((part) => part.trim()));
    const [header = [], ...faults] = rows;
    const counts = new Map();
    for (const row of faults) {
        for (const [place, kind] of header.entries()) {
            const sum = (row[place] ?? '').split('/').reduce((all, each) => all + Number(each), 0);
            if (place < 2 || kind === '')
                continue;
            const name = `${row[1] ?? ''}: ${kind === 'query' || kind === 'get' ? 'read' : kind}`;
            counts.set(name, (counts.get(name) ?? 0) + sum);
        }
    }
    return counts;
}
//# sourceMappingURL=fault-cells.js.map