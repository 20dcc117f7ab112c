import { spawnSync } from 'node:child_process';
import { SITE_WITH_SMALL_GROUP, SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
/** What a host sends to a step that was cancelled or has run out of time, and when. */
const SIGTERM_AFTER_MILLISECONDS = 7_500;
const KILL_AFTER_MILLISECONDS = 10_000;
/** Ends a step as both hosts do. */
export async function endAsHostDoes({ child, ended }) {
    const begun = performance.now();
    let wasKilled = false;
    child.kill('SIGINT');
    const second = setTimeout(() => child.kill('SIGTERM'), SIGTERM_AFTER_MILLISECONDS);
    const last = setTimeout(() => {
        wasKilled = child.kill('SIGKILL');
    }, KILL_AFTER_MILLISECONDS);
    await ended;
    clearTimeout(second);
    clearTimeout(last);
    return { milliseconds: performance.now() - begun, wasKilled };
}
/** Waits, but not for ever. */
export async function until(isSo, what, milliseconds = 120_000) {
    const begun = performance.now();
    while (!isSo()) {
        if (performance.now() - begun > milliseconds)
            throw new Error(`It never came: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}
/** Waits until the run has begun to link updates. */
export async function untilLinking({ requests }) {
    const isLink = ({ method, className }) => method === 'POST' && className === 'SMS_ImageServicingScheduledUpdate';
    await until(() => requests.some(isLink), 'a link of an update');
}
/** A site whose group 17000001 has so many updates, all of which image LAB00010 needs. */
export function siteWithUpdates(count) {
    const [model] = SITE_WITH_SMALL_GROUP.updates.filter(({ ciId }) => ciId === SMALL_GROUP_UPDATES[0]);
    if (model === undefined)
        throw new Error('The site has no usable update.');
    const updates = Array.from({ length: count }, (_, place) => ({
        ...model,
        ciId: 18_000_001 + 3 * place,
        articleId: String(5_000_001 + place),
    }));
    return {
        ...SITE_WITH_SMALL_GROUP,
        updates: [...SITE_WITH_SMALL_GROUP.updates, ...updates],
        groups: [
            {
                ciId: 17_000_001,
                name: 'Small',
                description: '',
                updates: updates.map(({ ciId }) => ciId),
                deployed: false,
            },
        ],
    };
}
/** The commands that a run printed, as they stand in its lines. */
export function commandsIn({ stdout, stderr }) {
    // The hosts write the line ends of a message as codes.
    return `${stdout}\n${stderr}`
        .split(/\r?\n|%0A|%0D/)
        .map((line) => line.trim())
        .filter((line) => /^(curl|for id in|Get-CimInstance|foreach) /.test(line));
}
/** Runs the lines of curl in a shell, as a person would. The site has to answer meanwhile, so it is not waited for. */
export function isCurl(line) {
    return /^(curl|for id in) /.test(line);
}
/** Whether this machine has a shell that runs such lines. */
export const HAS_SHELL = spawnSync('sh', ['-c', 'exit 0']).status === 0;
//# sourceMappingURL=signals-of-a-host.js.map