import { runChild } from '../child-process.js';
import { readBatchLine } from './batch-lines.js';
import { batchText } from './batch-text.js';
/** The script's own limit comes first; this one is for a PowerShell that hangs before or after it. */
const GRACE_SECONDS = 15;
/** Runs the script once for a batch. Never throws for what PowerShell or a site does. */
export async function runScript(powerShell, batch, cancelled) {
    const lines = [];
    const begun = performance.now();
    const end = await runChild({
        executable: powerShell.executable,
        args: [
            '-NoLogo',
            '-NoProfile',
            '-NonInteractive',
            '-ExecutionPolicy',
            'Bypass',
            '-File',
            powerShell.scriptPath,
        ],
        environment: powerShell.environment,
        folder: powerShell.folder,
        input: batchText(batch, process.pid),
        onLine: (text) => {
            const line = readBatchLine(text);
            if (line !== undefined)
                lines.push(line);
        },
        outputBytes: powerShell.outputBytes,
        deadlineMilliseconds: (batch.batchSeconds + GRACE_SECONDS) * 1_000,
        cancelled,
    });
    const hasEndedItself = end.ended === 'by-itself' && end.exitCode !== 0;
    return {
        lines,
        end,
        outOfTime: hasEndedItself && performance.now() - begun >= batch.batchSeconds * 1_000,
    };
}
//# sourceMappingURL=powershell-process.js.map