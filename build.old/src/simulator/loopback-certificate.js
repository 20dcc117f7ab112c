import { generate } from 'selfsigned';
const DAY = 86_400_000;
let made;
/** One certificate for all sites of a process: a test run starts hundreds of them. */
export const loopbackCertificate = async () => (made ??= makeLoopbackCertificate());
/**
 * A certificate for 127.0.0.1, localhost and a name with an underscore, as Windows takes it, made in memory; the key never reaches a disk. P-256, because an RSA key
 * takes more than a hundred milliseconds to find.
 */
async function makeLoopbackCertificate() {
    const now = Date.now();
    const pems = await generate([{ name: 'commonName', value: 'Simulated SMS Provider' }], {
        keyType: 'ec',
        curve: 'P-256',
        algorithm: 'sha256',
        // A day back, for a client whose clock is a little slow.
        notBeforeDate: new Date(now - DAY),
        notAfterDate: new Date(now + 30 * DAY),
        extensions: [
            // Schannel and OpenSSL both take it as a root only when it says that it is one.
            { name: 'basicConstraints', cA: true, critical: true },
            { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
            { name: 'extKeyUsage', serverAuth: true },
            {
                name: 'subjectAltName',
                altNames: [
                    { type: 7, ip: '127.0.0.1' },
                    { type: 2, value: 'localhost' },
                    // Every name below localhost is this machine.
                    { type: 2, value: 'cm_01.lab.localhost' },
                ],
            },
        ],
    });
    return { certificatePem: `${pems.cert.trim()}\n`, privateKeyPem: pems.private };
}
//# sourceMappingURL=loopback-certificate.js.map