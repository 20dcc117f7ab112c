import { defect, DiagnosedError } from '../diagnosis/diagnosis.js';
/** What every host does between reading texts and publishing a result. Never throws. */
export async function runStep(readRequest, context) {
    let request;
    try {
        request = readRequest();
    }
    catch (error) {
        return { kind: 'wrong-inputs', errors: diagnosesOf(error) };
    }
    try {
        // Loaded only now: everything that a run needs would double the time until a wrong input is told.
        const { runRequest } = await import(/* webpackMode: "eager" */ './run-request.js');
        return { kind: 'done', result: await runRequest(request, context) };
    }
    catch (error) {
        return { kind: 'failed', errors: diagnosesOf(error) };
    }
}
export async function reachDirectly(connection) {
    if (connection.kind === 'simulator')
        throw new TypeError('This host has no simulated site.');
    return Promise.resolve({ connection, stop: async () => Promise.resolve() });
}
function diagnosesOf(error) {
    return error instanceof DiagnosedError ? error.diagnoses : [defect(error)];
}
//# sourceMappingURL=run-step.js.map