import { generate } from 'selfsigned';
/** For 127.0.0.1 and the names; signed by itself, so that it is its own root. */
export async function certificateFor(...names) {
    const { cert, private: privateKeyPem } = await generate([{ name: 'commonName', value: 'A server of a test' }], {
        keyType: 'ec',
        curve: 'P-256',
        algorithm: 'sha256',
        extensions: [
            { name: 'basicConstraints', cA: true, critical: true },
            {
                name: 'subjectAltName',
                altNames: [...names.map((value) => ({ type: 2, value })), { type: 7, ip: '127.0.0.1' }],
            },
        ],
    });
    return { certificatePem: `${cert.trim()}\n`, privateKeyPem };
}
//# sourceMappingURL=loopback-certificate.js.map