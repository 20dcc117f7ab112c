import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { curlRemovals } from '../../src/provider/curl-removal.js';
import { powerShellRemovals } from '../../src/provider/powershell-removal.js';
import { manualRemovals } from '../../src/site/servicing-schedule.js';
const NAME = 'Offline servicing LAB00010 0123456789ab';
const ID = 16_777_217;
const left = (more) => manualRemovals({ scheduleId: ID, name: undefined, updates: [], images: [], isThere: true, ...more });
const WHOLE = left({ updates: [1, 2, 3].map((id) => id), images: ['LAB00010'] });
const UNKNOWN = left({ scheduleId: undefined, name: NAME });
const LOCAL = { computer: '', protocol: 'wsman', namespace: 'root\\SMS\\site_LAB' };
const ACCESS = {
    address: 'https://cm01.lab.example/AdminService',
    isByToken: false,
    caCertificate: undefined,
    platform: 'linux',
};
suite('the commands that remove what is left', () => {
    test('for PowerShell: one line for all classes, on the provider or from elsewhere', () => {
        const query = '-Query "SELECT * FROM $class WHERE ScheduleID = 16777217" | Remove-CimInstance }';
        const classes = "foreach ($class in 'SMS_ImageServicingScheduledUpdate', 'SMS_ImageServicingScheduledImage', 'SMS_ImageServicingSchedule') { Get-CimInstance";
        const space = "-Namespace 'root\\SMS\\site_LAB'";
        assert.deepEqual(powerShellRemovals(LOCAL, WHOLE)?.lines, [`${classes} ${space} ${query}`]);
        assert.deepEqual(powerShellRemovals({ ...LOCAL, computer: 'cm01' }, WHOLE)?.lines, [
            `${classes} -ComputerName 'cm01' ${space} ${query}`,
        ]);
        assert.deepEqual(powerShellRemovals({ ...LOCAL, computer: 'cm01', protocol: 'dcom' }, WHOLE)?.lines, [
            `${classes} -CimSession (New-CimSession -ComputerName 'cm01' -SessionOption (New-CimSessionOption -Protocol Dcom)) ${space} ${query}`,
        ]);
    });
    test('for PowerShell: by its name where the ID is not known', () => {
        assert.deepEqual(powerShellRemovals(LOCAL, UNKNOWN)?.lines, [
            `Get-CimInstance -Namespace 'root\\SMS\\site_LAB' -Query "SELECT * FROM SMS_ImageServicingSchedule WHERE Name = '${NAME}'" | Remove-CimInstance`,
        ]);
    });
    test('for curl: one line with all links and the schedule, as the shell of the platform has it', () => {
        const wmi = 'https://cm01.lab.example/AdminService/wmi/SMS_ImageServicingSchedule';
        const urls = `"${wmi}dUpdate(ScheduleID=16777217,UpdateID={1,2,3})" "${wmi}dImage(ScheduleID=16777217,ImagePackageID='LAB00010')" "${wmi}(16777217)"`;
        assert.deepEqual(curlRemovals(ACCESS, WHOLE)?.lines, [
            `curl --silent --show-error --noproxy "*" --negotiate --user : --request DELETE ${urls}`,
        ]);
        const windows = {
            ...ACCESS,
            isByToken: true,
            caCertificate: "C:\\it's $x.pem",
            platform: 'win32',
        };
        assert.deepEqual(curlRemovals(windows, WHOLE)?.lines, [
            `curl.exe --silent --show-error --noproxy "*" --header "Authorization: Bearer $env:CONFIGMGR_TOKEN" --cacert 'C:\\it''s $x.pem' --ssl-revoke-best-effort --request DELETE ${urls}`,
        ]);
    });
    test('for curl: finds the ID by the name first', () => {
        const [line, ...others] = curlRemovals(ACCESS, UNKNOWN)?.lines ?? [];
        assert.deepEqual(others, []);
        assert.match(line ?? '', /^for id in \$\(curl .*\?%24filter=Name%20eq%20'Offline%20servicing%20LAB00010/);
        const [ofWindows] = curlRemovals({ ...ACCESS, platform: 'win32' }, UNKNOWN)?.lines ?? [];
        assert.match(ofWindows ?? '', /^\(curl\.exe .*ConvertFrom-Json\)\.value \| ForEach-Object \{ curl\.exe .*\(\$\(\$_\.ScheduleID\)\)" \}$/);
    });
    test('keeps each line within what the command shell of Windows takes', () => {
        const updates = Array.from({ length: 3_000 }, (_, place) => (18_000_000 + place));
        const lines = curlRemovals(ACCESS, left({ updates }))?.lines ?? [];
        assert.ok(lines.length > 3);
        for (const line of lines)
            assert.ok(line.length < 8_000, String(line.length));
        for (const update of updates)
            assert.ok(lines.some((line) => line.includes(String(update))));
    });
    test('has nothing to say where nothing is left', () => {
        assert.equal(powerShellRemovals(LOCAL, []), undefined);
        assert.equal(curlRemovals(ACCESS, []), undefined);
    });
});
//# sourceMappingURL=manual-removal.test.js.map