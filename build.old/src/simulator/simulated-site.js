import { createServer } from 'node:https';
import { systemClock } from './clock.js';
import { loopbackCertificate } from './loopback-certificate.js';
import { loginCheck } from './login.js';
import { listenAsProvider } from './provider-listener.js';
import { LONGEST_HEAD, serveRequests } from './serve-requests.js';
import { ServicingComponent } from './servicing-component.js';
import { fillSite } from './site-objects.js';
import { SiteState } from './site-state.js';
export { systemClock } from './clock.js';
/** Serves a simulated site on 127.0.0.1 until it is stopped. */
export async function startSimulator(options) {
    const clock = options.clock ?? systemClock;
    const { description } = options;
    const state = new SiteState({
        site: description.site,
        access: description.access,
        classes: description.classes,
        clock,
        invisibleMilliseconds: options.invisibleMilliseconds ?? 2000,
    });
    fillSite(state, description, clock.now());
    const component = new ServicingComponent({
        state,
        description,
        clock,
        mode: options.component ?? 'between-writes',
        servicingMilliseconds: options.servicingMilliseconds ?? 1000,
    });
    const certificate = await loopbackCertificate();
    const server = createServer({
        cert: certificate.certificatePem,
        key: certificate.privateKeyPem,
        minVersion: 'TLSv1.2',
        // Node must not refuse first what http.sys would.
        maxHeaderSize: 4 * LONGEST_HEAD,
    });
    const listener = await listenAsProvider(server, options.port ?? 0, clock);
    const { port } = listener;
    const origin = `https://127.0.0.1:${port}`;
    const serving = serveRequests({
        service: {
            state,
            component,
            clock,
            origin,
            pageSize: options.pageSize,
            pagesCarryNextLink: options.pagesCarryNextLink ?? false,
            longestFilterTerms: options.longestFilterTerms,
            manners: options.manners ?? [],
            extraClasses: options.extraClasses ?? 0,
        },
        login: loginCheck(options),
        faults: options.faults ?? [],
        latencyMilliseconds: options.latencyMilliseconds ?? 0,
        listener,
        beforeRequest: options.beforeRequest,
    });
    server.on('request', serving.listener);
    return {
        baseUrl: `${origin}/AdminService`,
        tokenBaseUrl: `${origin}/AdminService_TokenAuth`,
        port,
        certificatePem: certificate.certificatePem,
        state,
        component,
        clock,
        manners: options.manners ?? [],
        requests: serving.requests,
        isListening: () => server.listening,
        stop: async () => {
            component.stop();
            serving.stop();
            await listener.stop();
        },
    };
}
//# sourceMappingURL=simulated-site.js.map