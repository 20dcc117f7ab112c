import type { ManualCommands, ManualRemoval } from './manual-removal.js';
import type { Scalar } from './cim-value.js';

/** What the lines need to be let in. */
export interface ManualAccess {
  /** Of the administration service, without a slash at its end. */
  readonly address: string;
  /** Whether a token is sent; otherwise the account of whoever runs the lines logs in. */
  readonly isByToken: boolean;
  readonly caCertificate: string | undefined;
  readonly platform: NodeJS.Platform;
}

/** The command shell of Windows takes 8,191 characters. */
const LONGEST_LINE = 6_000;

/** The removals as lines for a shell, by curl. */
export function curlRemovals(
  access: ManualAccess,
  removals: readonly ManualRemoval[],
): ManualCommands | undefined {
  if (removals.length === 0) return undefined;
  const known = removals.flatMap((removal) => urlsOf(access.address, removal));
  const found = removals.flatMap((removal) =>
    removal.kind === 'to-be-found' ? [findAndRemove(access, removal)] : [],
  );
  const isWindows = access.platform === 'win32';
  const token = access.isByToken ? ', with the token in CONFIGMGR_TOKEN' : '';
  return {
    where: `Through the administration service, in ${isWindows ? 'PowerShell' : 'a shell'}${token}`,
    lines: [...inLines(known).map((urls) => `${deleting(access)} ${urls.join(' ')}`), ...found],
  };
}

/** Each in quotes. Braces hold a list, which curl takes apart; a long list is cut. */
function urlsOf(address: string, removal: ManualRemoval): readonly string[] {
  const url = `${address}/wmi/${removal.class}`;
  switch (removal.kind) {
    case 'object':
      return [quoted(`${url}(${literal(removal.key.value.value)})`)];
    case 'objects': {
      const { key, rest } = removal;
      const own = `${key.property}=${literal(key.value.value)}`;
      const lists = inLists(rest.values.map(({ value }) => literal(value)));
      return lists.map((list) => quoted(`${url}(${own},${rest.property}=${list})`));
    }
    case 'to-be-found':
      return [];
  }
}

/** A literal of OData in a URL. Its quotes stay: `%27` would be taken for a variable in a batch file. */
function literal(value: Scalar): string {
  return typeof value === 'string' ? `'${encodeURIComponent(value.replaceAll("'", "''"))}'` : String(value);
}

function inLists(values: readonly string[]): readonly string[] {
  const lists: string[][] = [];
  let length = LONGEST_LINE;
  for (const value of values) {
    length += value.length + 1;
    if (length > LONGEST_LINE) {
      lists.push([]);
      length = value.length;
    }
    lists.at(-1)?.push(value);
  }
  return lists.map((list) => (list.length === 1 ? list.join('') : `{${list.join(',')}}`));
}

function inLines(urls: readonly string[]): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let length = LONGEST_LINE;
  for (const url of urls) {
    length += url.length + 1;
    if (length > LONGEST_LINE) {
      lines.push([]);
      length = url.length;
    }
    lines.at(-1)?.push(url);
  }
  return lines;
}

/** Looks the key up by a property, and removes what was found. */
function findAndRemove(access: ManualAccess, removal: ManualRemoval & { kind: 'to-be-found' }): string {
  const { by, key, class: className } = removal;
  const url = `${access.address}/wmi/${className}`;
  const filter = encodeURIComponent(`${by.property} eq `) + literal(by.value.value);
  const find = `${curl(access)} ${quoted(`${url}?%24filter=${filter}&%24select=${key}`)}`;
  return access.platform === 'win32'
    ? `(${find} | ConvertFrom-Json).value | ForEach-Object { ${deleting(access)} "${url}($($_.${key}))" }`
    : `for id in $(${find} | grep -oE '"${key}": *[0-9]+' | grep -oE '[0-9]+'); do ${deleting(access)} "${url}($id)"; done`;
}

function deleting(access: ManualAccess): string {
  return `${curl(access)} --request DELETE`;
}

function curl({ isByToken, caCertificate, platform }: ManualAccess): string {
  const isWindows = platform === 'win32';
  const token = isWindows ? '$env:CONFIGMGR_TOKEN' : '$CONFIGMGR_TOKEN';
  return [
    // In Windows PowerShell the name without its end is another command.
    isWindows ? 'curl.exe' : 'curl',
    '--silent --show-error --noproxy "*"',
    isByToken ? `--header "Authorization: Bearer ${token}"` : '--negotiate --user :',
    ...(caCertificate === undefined ? [] : [`--cacert ${inShellQuotes(caCertificate, platform)}`]),
    ...(isWindows ? ['--ssl-revoke-best-effort'] : []),
  ].join(' ');
}

function quoted(url: string): string {
  return `"${url}"`;
}

/** A path may hold what a shell expands. */
function inShellQuotes(path: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `'${path.replaceAll("'", "''")}'` : `'${path.replaceAll("'", `'\\''`)}'`;
}
