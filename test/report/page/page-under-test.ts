import type { PageImage, PageModel, PageResult, PageUpdate } from '../../../src/report/page/page-model.js';

const at = (time: string): Date => new Date(`2026-01-14T${time}Z`);

/** A followed run, of which one update failed. */
export const MODEL: PageModel = {
  product: { name: 'configmgr-offline-servicing', version: '0.1.0' },
  verb: 'service',
  host: 'GitHub Actions',
  startedAt: at('02:00:04'),
  endedAt: at('04:41:50'),
  site: { code: 'LAB', name: 'Contoso Lab', version: '5.00.9132.1000' },
  provider: 'cm01.contoso.example',
  state: 'partly-failed',
  diagnoses: [
    {
      code: 'OS602',
      what: 'Image "Windows 11 Enterprise": 1 of 6 updates is not installed on every index.',
      cause: 'The content of the update on the site server is incomplete.',
      next: 'Download the update again, then run the step again.',
      link: 'https://docs.example/troubleshooting#os602',
    },
  ],
  warnings: ['The image "Windows Server 2022" has no distribution points.'],
  notes: [],
  settings: [
    { name: 'Start', value: 'now' },
    { name: 'Distribution points', value: 'updated' },
    { name: 'On update error', value: 'continue' },
  ],
  images: [
    imageWith(
      update(0, 'failed'),
      update(1, 'not-reported'),
      update(2),
      update(3),
      update(4),
      update(5, 'not-required'),
    ),
    {
      packageId: 'LAB00011',
      name: 'Windows Server 2022',
      state: 'nothing-to-do',
      updates: [],
      skipped: [],
    },
  ],
};

export function imageWith(...updates: readonly PageUpdate[]): PageImage {
  return {
    packageId: 'LAB00010',
    name: 'Windows 11 Enterprise',
    state: 'partly-failed',
    siteServer: 'cm01.contoso.example',
    osVersion: '10.0.22631.2861',
    scheduleId: 16777301,
    scheduleName: 'OfflineServicing-7f3a-LAB00010',
    phases: [
      { name: 'Waiting to start', from: at('02:00:31'), to: at('02:05:02') },
      { name: 'Mounting', from: at('02:05:02'), to: at('02:17:40') },
      { name: 'Applying updates', from: at('02:17:40'), to: at('03:58:12') },
      { name: 'Unmounting', from: at('03:58:12'), to: at('04:20:00') },
      { name: 'Distributing', from: at('04:21:10') },
    ],
    updates,
    skipped: [
      {
        ciId: 16778900,
        article: 'KB5032190',
        title: '2023-11 Cumulative Update for Windows 11 Version 23H2 for x64-based Systems (KB5032190)',
        reason: 'Not needed: superseded by KB5034123, CI_ID 16778001, also selected',
      },
      { ciId: 16778901, reason: 'Not possible: not readable (deleted, or outside the scope of the account)' },
    ],
    distribution: {
      sourceVersion: 4,
      points: [
        { name: 'dp01.contoso.example', state: 'installed' },
        { name: 'dp02.contoso.example', state: 'failed', detail: 'The site retries every 30 minutes.' },
        { name: 'dp03.contoso.example', state: 'in-progress' },
      ],
    },
  };
}

export function update(at: number, result: PageResult['result'] = 'installed'): PageUpdate {
  const number = 5034123 + at;
  const code = '0x80070002 (ERROR_FILE_NOT_FOUND): A file was not found.';
  return {
    ciId: 16778001 + at,
    article: `KB${number}`,
    title: `2024-01 Cumulative Update for Windows 11 Version 23H2 for x64-based Systems (KB${number})`,
    results: [1, 3, 4, 5, 6].map((index) => ({ index, result, ...(result === 'failed' ? { code } : {}) })),
  };
}

/** Texts that a site could hold to get out of the text that they are. */
export const HOSTILE = [
  '</title></style></script><script>window.hacked=1</script>',
  '<img src=x onerror="window.hacked=1">',
  '"><svg onload=window.hacked=1>',
  "' autofocus onfocus=window.hacked=1 x='",
  '<!-- ]]> --><plaintext>',
  'javascript:window.hacked=1',
  '&lt;b&gt; &#60;b&#62; &amp;',
  'safe\u202egnp.exe\u2066\u200b\u0007\u001b[31m',
  '${window.hacked=1} {{7*7}} `x`',
  '\ufdd0image\ufdd1<b>\ufdd3',
  'W'.repeat(9000),
] as const;
