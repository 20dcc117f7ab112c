/** The IDs that updates are made for. */
export const WINDOWS_7_IMAGE = 'LAB00010';
export const SERVER_2022_IMAGE = 'LAB00011';
export const WINDOWS_10_IMAGES = ['LAB00013', 'LAB00014'];
export const UPGRADE_PACKAGE = 'LAB00020';
/** A release whose offline servicing the vendor no longer supports. */
export const WINDOWS_11_IMAGE = 'LAB00021';
/** The images and upgrade packages of the default site. */
export function defaultImages(random, moreNames) {
    const image = (packageId, name, osVersion, indexes, more = {}) => ({
        packageId,
        kind: 'image',
        name,
        version: '1.0',
        sourcePath: `\\\\cm01.lab.example\\Sources\\OSD\\${packageId}\\install.wim`,
        sourceSite: 'LAB',
        sourceVersion: random.between(1, 9),
        sourceDate: `2024-0${random.between(1, 9)}-${random.between(10, 28)}T06:3${random.between(0, 9)}:00Z`,
        osVersion,
        language: 'en-US',
        actionInProgress: 0,
        scopes: ['Default'],
        indexes,
        indexVersions: [],
        information: null,
        cleanupError: 0,
        ...more,
    });
    const shared = '\\\\cm01.lab.example\\Sources\\OSD\\Pilot\\install.wim';
    return [
        image(WINDOWS_7_IMAGE, 'Windows 7 Enterprise', '6.1.7601.17514', ['Windows 7 ENTERPRISE']),
        image(SERVER_2022_IMAGE, 'Windows Server 2022', '10.0.20348.587', [
            'Windows Server 2022 Standard (Desktop Experience)',
            'Windows Server 2022 Datacenter',
            'Windows Server 2022 Datacenter (Desktop Experience)',
        ]),
        image('LAB00012', 'Windows 10 Enterprise LTSC 2021', '10.0.19044.1288', ['Windows 10 Enterprise LTSC']),
        // Two images of one name, made from one and the same WIM.
        image('LAB00013', 'Windows 10 Pilot', '10.0.19045.2006', ['Windows 10 Enterprise'], {
            sourcePath: shared,
        }),
        image('LAB00014', 'Windows 10 Pilot', '10.0.19045.3803', ['Windows 10 Enterprise'], {
            sourcePath: shared,
            version: '2.0',
        }),
        image('LAB00015', 'Windows Server 2019 Datacenter', '10.0.17763.3650', [
            'Windows Server 2019 Standard',
            'Windows Server 2019 Standard (Desktop Experience)',
            'Windows Server 2019 Datacenter',
            'Windows Server 2019 Datacenter (Desktop Experience)',
        ]),
        image('LAB00016', 'Bürorechner Süd – Größe M', '10.0.19045.3803', ['Windows 10 Enterprise'], {
            language: 'de-DE',
        }),
        image('LAB00017', '教室用 Windows 10', '10.0.19045.3803', ['Windows 10 Education'], {
            language: 'ja-JP',
        }),
        image('LAB00018', 'O\'Neill & Partner 100% \\ "Kiosk" #1', '10.0.19045.3803', ['Windows 10 <IoT>']),
        image('LAB00019', 'Windows 10 Enterprise (in transfer)', '10.0.19045.2006', ['Windows 10 Enterprise'], {
            actionInProgress: 1,
        }),
        image('REM00010', 'Windows 10 Remote office', '10.0.19045.3803', ['Windows 10 Enterprise'], {
            sourceSite: 'REM',
            sourcePath: '\\\\cm02.remote.lab.example\\Sources\\OSD\\REM00010\\install.wim',
        }),
        image(UPGRADE_PACKAGE, 'Windows 10 Upgrade', '10.0.19045.3803', ['Windows 10 Enterprise', 'Windows 10 Pro'], {
            kind: 'upgrade-package',
            sourcePath: '\\\\cm01.lab.example\\Sources\\Upgrade\\Win10',
        }),
        image(WINDOWS_11_IMAGE, 'Windows 11 Enterprise 24H2', '10.0.26100.1742', ['Windows 11 Enterprise']),
        ...moreNames.map((name, at) => image(`LAB${(0x00100 + at).toString(16).toUpperCase().padStart(5, '0')}`, name, '10.0.19045.3803', [
            'Windows 10 Enterprise',
        ])),
    ];
}
//# sourceMappingURL=default-images.js.map