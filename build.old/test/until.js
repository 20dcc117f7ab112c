import { setTimeout as wait } from 'node:timers/promises';
/** Far over what any machine under load takes; a test that waits for longer waits for what does not come. */
const LONGEST_MILLISECONDS = 60_000;
/** Waits until something is so, and fails in words when it does not become so: a test must not hang the suite. */
export async function until(isSo, what, milliseconds = LONGEST_MILLISECONDS) {
    const end = performance.now() + milliseconds;
    while (!isSo()) {
        if (performance.now() > end)
            throw new Error(`Waited ${milliseconds} ms in vain until ${what}.`);
        await wait(5);
    }
}
//# sourceMappingURL=until.js.map