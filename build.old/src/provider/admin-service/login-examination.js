import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runChild } from '../child-process.js';
import { examinationConfiguration, readTransferReport } from './curl-configuration.js';
/** The login itself takes milliseconds; a site that hangs must not hold up the error. */
const ANSWER_SECONDS = 15;
/**
 * Repeats the login with one read and lets curl talk, because without that it says nothing of a ticket that is missing
 * (docs/configmgr.md, "curl as the client"). The lines go past and are not kept: a token is in them. Undefined when
 * curl told nothing.
 */
export async function examineLogin(curl, address, cancelled) {
    const answerFile = join(curl.folder, 'login-answer');
    const request = {
        method: 'GET',
        url: `${address}/wmi/SMS_Identification?$top=1`,
        body: undefined,
        label: 'login',
        effect: 'read',
    };
    const listener = listenToCurl();
    const answerSeconds = Math.min(curl.settings.answerSeconds, ANSWER_SECONDS);
    const end = await runChild({
        executable: curl.executable,
        args: ['-q', '--config', '-'],
        environment: curl.environment,
        folder: curl.folder,
        input: examinationConfiguration({ request, answerFile }, { ...curl.settings, answerSeconds }),
        onLine: listener.hear,
        outputBytes: 256 * 1024,
        deadlineMilliseconds: (answerSeconds + curl.settings.connectSeconds) * 1_000,
        cancelled,
    });
    await rm(answerFile, { force: true });
    return end.ended === 'by-itself' ? listener.heard() : undefined;
}
/** Understands what curl says with `verbose`, line by line. */
export function listenToCurl() {
    let status;
    let sent = 'nothing';
    let words = '';
    const offered = new Set();
    return {
        hear: (line) => {
            const authorization = /^> Authorization: *(\S+) +(\S+)/i.exec(line);
            if (authorization !== null)
                sent = kindOfToken(authorization[2] ?? '');
            const scheme = /^< WWW-Authenticate: *([\w-]+)/i.exec(line)?.[1];
            if (scheme !== undefined)
                offered.add(scheme.toLowerCase());
            const complaint = COMPLAINT.exec(line)?.[1];
            if (complaint !== undefined && words === '')
                words = complaint.replace(/[\s.]+$/, '');
            status = readTransferReport(line)?.status ?? status;
        },
        heard: () => (status === undefined ? undefined : { status, sent, offered: [...offered], words }),
    };
}
/** How curl begins the lines with the words of GSS-API and of SSPI. */
const COMPLAINT = /^\* (?:gss_(?:init_sec_context|import_name)\(\) failed|InitializeSecurityContext failed|AcquireCredentialsHandle failed)[: ]+(.*)$/;
/** SPNEGO begins with this byte; it wraps a Kerberos ticket, or NTLM. */
const SPNEGO = 0x60;
function kindOfToken(base64) {
    const token = Buffer.from(base64, 'base64');
    if (token.includes('NTLMSSP\0', 0, 'latin1'))
        return 'ntlm';
    return token[0] === SPNEGO ? 'kerberos' : 'unknown';
}
//# sourceMappingURL=login-examination.js.map