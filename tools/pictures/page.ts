import { marked } from 'marked';

export type Theme = 'light' | 'dark';

interface Colours {
  readonly text: string;
  readonly background: string;
  readonly border: string;
  readonly stripe: string;
  readonly code: string;
  readonly link: string;
}

/** Those of GitHub's pages. */
const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    text: '#1f2328',
    background: '#ffffff',
    border: '#d1d9e0',
    stripe: '#f6f8fa',
    code: '#818b981f',
    link: '#0969da',
  },
  dark: {
    text: '#f0f6fc',
    background: '#0d1117',
    border: '#3d444d',
    stripe: '#151b23',
    code: '#656c7633',
    link: '#4493f8',
  },
};

/** A job summary as a page that looks as GitHub shows it. */
export function summaryPage(markdown: string, theme: Theme): string {
  const body = marked.parse(markdown, { async: false, gfm: true });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Job summary</title>
<style>${styleOf(COLOURS[theme])}</style>
<body>${body}</body>
</html>
`;
}

function styleOf({ text, background, border, stripe, code, link }: Colours): string {
  return `
    body { margin: 0; padding: 24px; color: ${text}; background: ${background}; overflow: hidden;
      font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif, "Noto Color Emoji"; }
    h2, h3 { margin: 24px 0 16px; font-weight: 600; line-height: 1.25; }
    h2 { padding-bottom: .3em; border-bottom: 1px solid ${border}; font-size: 1.5em; }
    h3 { font-size: 1.25em; }
    body > :first-child { margin-top: 0; }
    body > :last-child { margin-bottom: 0; }
    p, ul, table, details { margin: 0 0 16px; }
    ul { padding-left: 2em; }
    a { color: ${link}; text-decoration: none; }
    table { border-collapse: collapse; border-spacing: 0; width: max-content; max-width: 100%; }
    th, td { padding: 6px 13px; border: 1px solid ${border}; }
    th { font-weight: 600; }
    tbody tr:nth-child(2n) { background: ${stripe}; }
    code { padding: .2em .4em; border-radius: 6px; background: ${code}; font: 85% "Liberation Mono", Consolas, monospace; }
    summary { cursor: pointer; }
  `;
}
