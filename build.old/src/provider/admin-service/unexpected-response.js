import { inputNamed } from '../../diagnosis/input-mention.js';
const LONGEST_HOST = 100;
/** A proxy asks for a login of its own, or a network does. */
const STATUSES_OF_OTHERS = [407, 511];
/** Explains an answer that the administration service cannot have given; undefined for one that may be its own. */
export function diagnoseForeignAnswer(answer, asked) {
    if (answer.kind !== 'answered')
        return undefined;
    const { status, body, redirectsTo } = answer;
    const { operation, address } = asked;
    if (status >= 300 && status < 400) {
        const what = `${operation}: ${address} redirects (${status}) to ${hostOf(redirectsTo)}; not followed.`;
        return notTheService(what, asked);
    }
    if (STATUSES_OF_OTHERS.includes(status)) {
        return notTheService(`${operation}: ${address} answered ${status}.`, asked);
    }
    if (status === 404 && isPage(body)) {
        return notTheService(`${operation}: ${address} answered 404 with a page.`, asked, 'A web server answered that has no administration service at this address: the machine is no SMS Provider, the ' +
            'path is another one, or the service does not run.');
    }
    return undefined;
}
/** For an answer that arrived whole and yet is not what an administration service would send. */
export function notTheService(what, { address }, cause = 'Something other than the administration service answered: a web server, a proxy, a sign-in page.') {
    return {
        code: 'OS308',
        what,
        cause,
        next: `Check that ${inputNamed('sms-provider')} names an SMS Provider; open ${address}/wmi/SMS_Identification in a browser on the runner.`,
    };
}
/** The host alone: what follows it is somebody else's, may hold secrets and has no end. */
function hostOf(location) {
    if (location === undefined || !URL.canParse(location))
        return 'an address that cannot be read';
    const { host } = new URL(location);
    if (host === '')
        return 'an address without a host';
    return host.length > LONGEST_HOST ? `${host.slice(0, LONGEST_HOST)}…` : host;
}
const isPage = (body) => /^\s*<(?:!doctype|html|\?xml)/i.test(body.slice(0, 1_000));
//# sourceMappingURL=unexpected-response.js.map