import { after, suite } from 'node:test';
import { cancelledOnWindows } from './cancelled-on-windows.js';
import { programsOnWindows } from './programs-on-windows.js';
import { wholeRuns } from './whole-runs.js';
import { makeWindows } from './windows.js';
// One file, because a Windows takes seconds and hundreds of megabytes to make.
const windows = await makeWindows();
suite('on a Windows that Wine plays', { skip: typeof windows === 'string' && windows }, () => {
    if (typeof windows === 'string')
        return;
    after(async () => windows.remove());
    programsOnWindows(windows);
    wholeRuns(windows);
    cancelledOnWindows(windows);
});
//# sourceMappingURL=windows-under-wine.test.js.map