import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `CHROMIUM` names another browser of that kind than the one on the PATH. */
const BROWSER = process.env['CHROMIUM'] ?? 'chromium';

/** How high the page is at this width, in CSS pixels. */
export function heightOf(html: string, width: number): number {
  const measure = 'document.title = document.documentElement.getBoundingClientRect().height';
  const script = `<script>addEventListener('load', () => { ${measure} })</script>`;
  const dom = withPage(html.replace('<title>', `${script}<title>`), (address) =>
    runBrowser(['--dump-dom', `--window-size=${width},800`, address]),
  );
  const height = Number(/<title>([\d.]+)<\/title>/.exec(dom)?.[1]);
  if (!Number.isFinite(height)) throw new Error('The browser did not say how high the page is.');
  return Math.ceil(height);
}

/** Writes a PNG of the page. `scale`: pixels of the picture for each CSS pixel. */
export function takePicture(html: string, file: string, { width, height }: Size, scale: number): void {
  withPage(html, (address) =>
    runBrowser([
      `--screenshot=${file}`,
      `--window-size=${width},${height}`,
      `--force-device-scale-factor=${scale}`,
      '--default-background-color=00000000',
      address,
    ]),
  );
}

function withPage<T>(html: string, use: (address: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'page '));
  try {
    const file = join(folder, 'page.html');
    writeFileSync(file, html);
    return use(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runBrowser(args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(
    BROWSER,
    ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', ...args],
    { encoding: 'utf8', timeout: 60_000 },
  );
  if (error !== undefined)
    throw new Error(`${BROWSER} cannot be started: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`${BROWSER} ended with exit code ${status}: ${stderr}`);
  return stdout;
}
