import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium, type Browser, type Page } from 'playwright-core';

import { IS_FAST } from '../../../tools/fast-tests.js';

const PATH = IS_FAST ? undefined : pathOfChromium();

/** For the option `skip` of a test; FAIL_WHEN_SKIPPED looks for the word Chromium. */
export const WITHOUT_CHROMIUM = PATH === undefined && whyNoChromium();

function whyNoChromium(): string {
  return IS_FAST ? 'not part of npm run test:fast' : 'needs Chromium (chromium on the PATH)';
}

function pathOfChromium(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find((path) => existsSync(path));
}

/** A headless browser of this machine. Chromium has no sandbox for root, which CI often is. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH ?? 'chromium', chromiumSandbox: false });
}

export interface View {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly script?: boolean;
}

/** The page as a person has it open, and what it asked the network for or complained about. */
export async function open(
  browser: Browser,
  html: string,
  { width = 1280, colorScheme = 'light', script = true }: View = {},
): Promise<{
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    javaScriptEnabled: script,
  });
  const page = await context.newPage();
  const address = 'http://report.invalid/';
  const requests: string[] = [];
  const complaints: string[] = [];
  await page.route('**/*', async (route) => {
    const url = route.request().url();
    if (url === address) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
    requests.push(url);
    return route.abort();
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(address);
  return { page, requests, complaints };
}
