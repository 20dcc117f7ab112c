import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { suite, test } from 'node:test';

import { DIAGNOSIS_CODES, type DiagnosisCode } from '../src/diagnosis/codes.js';
import { troubleshootingUrl } from '../src/diagnosis/troubleshooting-page.js';
import { VERSION } from '../src/diagnosis/version.js';
import type { InputDefinition } from '../src/parameters/input-definition.js';
import { SERVICE_INPUTS as INPUTS, SERVICE_OUTPUTS as OUTPUTS } from '../src/verbs/service/inputs.js';
import { REPOSITORY } from '../tools/repository.js';

const NOT_OURS = ['node_modules', 'build', 'dist', '.git'];

function filesBelow(folder: string, extension: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.includes(entry.name) ? [] : filesBelow(path, extension);
    return extname(entry.name) === extension ? [path] : [];
  });
}

const textOf = (...path: string[]): string => readFileSync(join(REPOSITORY, ...path), 'utf8');
const named = (path: string): string => relative(REPOSITORY, path).split(sep).join('/');

/** What a Markdown file says, without its blocks of code. */
function proseOf(markdown: string): string {
  return markdown.replace(/^( *)(```|~~~).*\n[\s\S]*?^\1\2 *$/gm, '');
}

function headingsOf(markdown: string): readonly string[] {
  return [...proseOf(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, title = '']) => title);
}

/** The anchors that GitHub gives to headings; one that comes again gets a number. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const heading of headingsOf(markdown)) {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    anchors.add(before === 0 ? anchor : `${anchor}-${before}`);
  }
  return anchors;
}

/** Targets of links and images, and of the lines that define them, outside of code. */
function linksOf(markdown: string): readonly string[] {
  const text = proseOf(markdown).replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '');
  const inline = text.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g);
  const defined = text.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/gm);
  return [...inline, ...defined].map(([, target = '']) => target);
}

/** Undefined for a link that leads somewhere. */
function whyBroken(file: string, link: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : resolve(dirname(file), decodeURIComponent(path));
  if (target !== REPOSITORY && !target.startsWith(REPOSITORY + sep)) return 'leads out of the repository';
  if (!existsSync(target)) return 'there is no such file';
  if (anchor === undefined || extname(target) !== '.md' || statSync(target).isDirectory()) return undefined;
  return anchorsOf(readFileSync(target, 'utf8')).has(anchor) ? undefined : 'there is no such heading';
}

/** The text of a source file with a comment's lines joined, so that a citation may go over two of them. */
function withCommentsJoined(source: string): string {
  return source.replace(/\s*\n\s*(?:\*(?!\/)|\/\/)\s*/g, ' ');
}

const MARKDOWN = filesBelow(REPOSITORY, '.md');
const SOURCES = [
  ...filesBelow(join(REPOSITORY, 'src'), '.ts'),
  ...filesBelow(join(REPOSITORY, 'tools'), '.ts'),
  join(REPOSITORY, 'eslint.config.js'),
].map((path) => ({ file: named(path), source: withCommentsJoined(readFileSync(path, 'utf8')) }));

suite('documentation', () => {
  test('the troubleshooting page has a heading for each code, with its title, in order', () => {
    const headings = headingsOf(textOf('docs', 'troubleshooting.md')).filter((title) => /^OS\d/.test(title));
    const codes = Object.entries(DIAGNOSIS_CODES).map(([code, title]) => `${code} — ${title}`);
    assert.deepEqual(headings, codes);
  });

  test('the link of each code leads to its section, at the version that runs', () => {
    const anchors = anchorsOf(textOf('docs', 'troubleshooting.md'));
    const owner = /uses: ([\w-]+\/[\w-]+)@v/.exec(textOf('README.md'))?.[1] ?? '?';
    for (const code of Object.keys(DIAGNOSIS_CODES) as DiagnosisCode[]) {
      const [page, anchor = ''] = troubleshootingUrl(code).split('#');
      assert.equal(page, `https://github.com/${owner}/blob/v${VERSION}/docs/troubleshooting.md`);
      assert.ok(anchors.has(anchor), anchor);
      assert.ok(anchor.startsWith(`${code.toLowerCase()}--`));
    }
  });

  test('every section of the troubleshooting page says the same four things', () => {
    const page = textOf('docs', 'troubleshooting.md');
    const sections = page.split(/^## /m).filter((section) => /^OS\d/.test(section));
    for (const section of sections) {
      const labels = [...section.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, label]) => label);
      assert.deepEqual(labels, ['Means', 'Usual causes', 'Do', 'The site'], section.slice(0, 60));
    }
  });

  test('every heading of a page that the source cites is there', () => {
    const cited = SOURCES.flatMap(({ file, source }) =>
      [...source.matchAll(/(docs\/[\w/-]+\.md), "([^"]+)"/g)].map(([, page = '', heading = '']) => ({
        file,
        page,
        heading,
      })),
    );
    assert.ok(cited.length > 0, 'the source cites no page, or in another form than this test knows');
    const missing = cited.filter(({ page, heading }) => !headingsOf(textOf(page)).includes(heading));
    assert.deepEqual(missing, []);
  });

  test('every page and anchor that the source names is there', () => {
    const broken = SOURCES.flatMap(({ file, source }) =>
      [...source.matchAll(/docs\/[\w/-]+\.md(?:#[\w-]+)?/g)]
        .map(([link]) => ({ file, link, why: whyBroken(join(REPOSITORY, 'x'), link) }))
        .filter(({ why }) => why !== undefined),
    );
    assert.deepEqual(broken, []);
  });

  test('every relative link of every page leads to a file, and to a heading', () => {
    const broken = MARKDOWN.flatMap((path) =>
      linksOf(readFileSync(path, 'utf8'))
        .map((link) => ({ file: named(path), link, why: whyBroken(path, link) }))
        .filter(({ why }) => why !== undefined),
    );
    assert.deepEqual(broken, []);
  });

  test('every decision is listed', () => {
    const decisions = readdirSync(join(REPOSITORY, 'docs', 'adr')).filter((name) => name !== 'README.md');
    assert.deepEqual(linksOf(textOf('docs', 'adr', 'README.md')), decisions.sort());
  });

  test('every npm script that a page tells to run exists', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const unknown = MARKDOWN.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bnpm run ([\w:-]+)/g)]
        .map(([, script = '']) => ({ file: named(path), script }))
        .filter(({ script }) => !Object.hasOwn(scripts, script)),
    );
    assert.deepEqual(unknown, []);
  });

  test('the version is the one of package.json', () => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    assert.equal(VERSION, version);
  });
});

suite('the tables of the README', () => {
  const README = textOf('README.md');
  const names = [...proseOf(README).matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name = '']) => name);

  test('it is short', () => {
    assert.ok(README.split('\n').length <= 200);
  });

  test('it has the inputs that most runs use, with their defaults', () => {
    const inputs: readonly InputDefinition[] = INPUTS;
    const shown = inputs.filter(({ name }) => names.includes(name));
    assert.ok(shown.length >= 10 && shown.length <= 14, String(shown.length));
    for (const { name, required } of inputs) if (required) assert.ok(names.includes(name), name);
    for (const { name, default: fallback = '' } of shown) {
      const [row = ''] = new RegExp(`^\\| \`${name}\` .*$`, 'm').exec(README) ?? [];
      assert.ok(row.includes(fallback), row);
    }
  });

  test('it has every output', () => {
    const missing = OUTPUTS.filter(({ name }) => !names.includes(name));
    assert.deepEqual(missing, []);
  });

  test('the expressions for outputs of other jobs and stages are those of the examples', () => {
    const examples = ['github', 'azure']
      .map((host) => textOf('docs', 'examples', host, 'rule.yml'))
      .join('\n');
    const used = [...README.matchAll(/`([^`\n]*(?:dependencies|needs\.|stageDependencies)[^`\n]*)`/g)];
    assert.ok(used.length >= 4);
    for (const [, expression = ''] of used) assert.ok(examples.includes(expression), expression);
  });

  test('its badges are true', () => {
    const { license } = JSON.parse(textOf('package.json')) as { license: string };
    assert.ok(README.includes(`/badge/license-${license}-`));
    assert.ok(existsSync(join(REPOSITORY, '.github', 'workflows', 'ci.yml')));
    assert.deepEqual(README.match(/actions\/workflows\/[\w.]+\/badge\.svg/g), [
      'actions/workflows/ci.yml/badge.svg',
    ]);
  });
});
