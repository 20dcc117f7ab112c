import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { findCurl } from '../../src/provider/admin-service/curl-executable.js';
import { certificateFor } from '../loopback-certificate.js';
import { remainsOf, SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
import { runCommand, service, serveSite, SMALL, small } from './command-under-test.js';
function temporaryFolder(context) {
    const folder = mkdtempSync(join(tmpdir(), 'way to the site '));
    context.after(() => {
        rmSync(folder, { recursive: true });
    });
    return folder;
}
suite('a cloud management gateway', () => {
    const prefix = '/CCM_Proxy_ServerAuth/72057594037927937/AdminService';
    /** Passes on what comes below the path of the gateway, to the route of the site that takes a token. */
    async function startGateway(context, site) {
        const paths = [];
        const { certificatePem, privateKeyPem } = await certificateFor('localhost');
        const server = createHttpsServer({ cert: certificatePem, key: privateKeyPem }, (incoming, answer) => {
            const path = incoming.url ?? '';
            paths.push(path);
            if (!path.startsWith(`${prefix}/`)) {
                answer.writeHead(404).end();
                return;
            }
            const onward = request(`${site.tokenBaseUrl}${path.slice(prefix.length)}`, { method: incoming.method, headers: incoming.headers, ca: site.certificatePem, agent: false }, (reply) => {
                answer.writeHead(reply.statusCode ?? 502, reply.headers);
                reply.pipe(answer);
            });
            incoming.pipe(onward);
        });
        await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
        context.after(() => {
            server.close();
        });
        const { port } = server.address();
        return { address: `https://localhost:${port}${prefix}`, certificatePem, paths };
    }
    test('is reached by its whole path, in every request of a run', async (t) => {
        const site = await serveSite(t, small);
        const gateway = await startGateway(t, site.simulator);
        const certificate = join(temporaryFolder(t), 'gateway.pem');
        writeFileSync(certificate, gateway.certificatePem);
        const { exitCode, stderr } = await runCommand([
            'service',
            ...['--connection', 'admin-service', '--authentication', 'token'],
            // A slash at the end is a matter of taste.
            ...['--sms-provider', `${gateway.address}/`, '--ca-certificate', certificate],
            ...SMALL,
        ], site);
        assert.equal(exitCode, 0, stderr);
        const { schedules, images, updates } = remainsOf(site.simulator);
        assert.deepEqual([schedules.length, images, updates], [1, 1, SMALL_GROUP_UPDATES.length]);
        assert.equal(gateway.paths.length, site.simulator.requests.length);
        for (const path of gateway.paths) {
            assert.ok(path.startsWith(`${prefix}/wmi/SMS_`), path);
            assert.ok(!path.includes('//'), path);
        }
    });
});
suite('a proxy', () => {
    test('is never used, whatever the environment and the files of curl say', async (t) => {
        let connections = 0;
        const proxy = createServer((socket) => {
            connections++;
            socket.destroy();
        });
        await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
        t.after(() => {
            proxy.close();
        });
        const url = `http://127.0.0.1:${proxy.address().port}`;
        const home = temporaryFolder(t);
        for (const name of ['.curlrc', '_curlrc'])
            writeFileSync(join(home, name), `proxy = "${url}"\n`);
        const variables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
        const hostile = {
            ...Object.fromEntries(variables.map((name) => [name, url])),
            HOME: home,
            CURL_HOME: home,
            XDG_CONFIG_HOME: home,
        };
        const site = await serveSite(t, small);
        const curl = findCurl(process.env);
        assert.ok(curl !== undefined);
        const plain = spawn(curl, ['--silent', site.simulator.tokenBaseUrl], {
            env: { ...process.env, NO_PROXY: '', no_proxy: '', ...hostile },
            stdio: 'ignore',
        });
        await new Promise((resolve) => plain.on('close', resolve));
        assert.equal(connections, 1, 'curl by itself goes through the proxy');
        const { exitCode, stderr } = await service({ ...site, environment: { ...site.environment, ...hostile } })
            .ended;
        assert.equal(exitCode, 0, stderr);
        assert.equal(connections, 1);
    });
});
//# sourceMappingURL=ways-to-the-site.test.js.map