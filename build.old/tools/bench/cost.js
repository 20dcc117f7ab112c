/** Does the work, with nothing else going on at the site. `all`: the requests that the site notes. */
export async function measure(all, work) {
    const earlier = all.length;
    const begun = performance.now();
    const result = await work();
    const milliseconds = performance.now() - begun;
    const requests = all.slice(earlier);
    return { result, cost: costOf(requests, milliseconds) };
}
function isRead(request) {
    return request.method === 'GET';
}
export function requestsOf({ reads, writes }) {
    return reads + writes;
}
/** The cost of one piece of work and `times` that of another. */
export function combined(one, other, times = 1) {
    return {
        reads: one.reads + times * other.reads,
        writes: one.writes + times * other.writes,
        objects: one.objects + times * other.objects,
        bytes: one.bytes + times * other.bytes,
        milliseconds: one.milliseconds + times * other.milliseconds,
        siteMilliseconds: one.siteMilliseconds + times * other.siteMilliseconds,
    };
}
function costOf(requests, milliseconds) {
    const reads = requests.filter(isRead).length;
    return {
        reads,
        writes: requests.length - reads,
        objects: sum(requests.filter(isRead).map(({ rows }) => rows)),
        bytes: sum(requests.map(({ bytes }) => bytes)),
        milliseconds,
        siteMilliseconds: sum(requests.map(({ workMilliseconds }) => workMilliseconds)),
    };
}
export function median(values) {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
function sum(values) {
    return values.reduce((total, value) => total + value, 0);
}
//# sourceMappingURL=cost.js.map