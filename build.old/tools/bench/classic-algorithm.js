import { Agent, request as startRequest } from 'node:https';
import { onceAt } from '../../src/site/schedule-token.js';
import { GROUP, IMAGE, TOKEN } from './bench-site.js';
import { combined, measure } from './cost.js';
/**
 * The script of 2012 that most people know for this job (docs/configmgr.md, "The classic way"), step by step, over the
 * administration service instead of WMI. Its lists are of whole objects, as it asks for them. Otherwise it is given the
 * best of everything: one connection that is kept, no process to start, all objects of a list in one answer, and an
 * interval string that it need not ask the site for.
 */
export async function runClassic(site, updates) {
    const client = classicClient(site);
    const { requests } = site.simulator;
    try {
        const begin = await measure(requests, async () => beginSchedule(client));
        const { scheduleId, image, ciIds } = begin.result;
        const loop = await measure(requests, async () => linkUpdates(client, scheduleId, ciIds.slice(0, updates)));
        const wake = await measure(requests, async () => wakeComponent(client, image, site.siteServer));
        const once = combined(begin.cost, wake.cost);
        return {
            measuredUpdates: updates,
            measured: combined(once, loop.cost),
            forGroupOf: (size) => combined(once, loop.cost, size / updates),
        };
    }
    finally {
        client.close();
    }
}
async function beginSchedule(client) {
    const image = only(await client.list('SMS_ImagePackage'), 'Name', IMAGE);
    const schedule = await client.post('SMS_ImageServicingSchedule', {
        Action: 1,
        Schedule: onceAt(Date.now()),
        UpdateDP: true,
    });
    const scheduleId = schedule['ScheduleID'];
    await client.post('SMS_ImageServicingScheduledImage', {
        ScheduleID: scheduleId,
        ImagePackageID: image['PackageID'],
    });
    const found = only(await client.list('SMS_AuthorizationList'), 'LocalizedDisplayName', GROUP);
    // Updates is lazy: filled only when the group is read by its key.
    const [group] = await client.list(`SMS_AuthorizationList(${String(found['CI_ID'])})`);
    const ciIds = group?.['Updates'];
    return { scheduleId, image, ciIds: Array.isArray(ciIds) ? ciIds : [] };
}
/** All updates of the site for each update of the group: what makes the script slow. */
async function linkUpdates(client, scheduleId, ciIds) {
    for (const ciId of ciIds) {
        const update = only(await client.list('SMS_SoftwareUpdate'), 'CI_ID', ciId);
        await client.post('SMS_ImageServicingScheduledUpdate', {
            ScheduleID: scheduleId,
            UpdateID: update['CI_ID'],
        });
    }
}
async function wakeComponent(client, image, siteServer) {
    await client.post('SMS_ImagePackage.RunOfflineServicingManager', {
        PackageID: image['PackageID'],
        // The script takes the name of its own machine, which has to be the site server.
        ServerName: siteServer,
        SiteCode: image['SourceSite'],
        // The script has no such parameter, but the method of today does.
        PackageType: image['PackageType'],
    });
}
function only(rows, property, value) {
    const [found, ...others] = rows.filter((row) => row[property] === value);
    if (found === undefined || others.length > 0)
        throw new Error(`Not one object of the name ${String(value)}.`);
    return found;
}
function classicClient({ simulator }) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: simulator.certificatePem });
    const send = async (method, path, body) => {
        const text = await exchange(agent, method, `${simulator.tokenBaseUrl}/wmi/${path}`, body);
        return JSON.parse(text);
    };
    return {
        list: async (path) => (await send('GET', path))['value'],
        post: async (path, properties) => send('POST', path, JSON.stringify(properties)),
        close: () => {
            agent.destroy();
        },
    };
}
async function exchange(agent, method, url, body) {
    return new Promise((resolve, reject) => {
        const headers = {
            Authorization: `Bearer ${TOKEN}`,
            ...(body === undefined
                ? {}
                : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
        };
        const request = startRequest(url, { method, agent, headers }, (answer) => {
            const pieces = [];
            answer.on('data', (piece) => pieces.push(piece));
            answer.on('error', reject);
            answer.on('end', () => {
                const text = Buffer.concat(pieces).toString('utf8');
                const status = answer.statusCode ?? 0;
                if (status >= 200 && status < 300)
                    resolve(text);
                else
                    reject(new Error(`${method} ${url} was answered ${status}: ${text.slice(0, 200)}`));
            });
        });
        request.on('error', reject);
        request.end(body);
    });
}
//# sourceMappingURL=classic-algorithm.js.map