import type { KeyPart, ManualCommands, ManualRemoval } from './manual-removal.js';

/** Where a PowerShell of a person finds the provider. */
export interface ManualPlace {
  /** Empty: the machine on which the lines are run. */
  readonly computer: string;
  readonly protocol: 'wsman' | 'dcom';
  readonly namespace: string;
}

/** The removals as lines for PowerShell. Objects of several classes that share their condition are one line. */
export function powerShellRemovals(
  place: ManualPlace,
  removals: readonly ManualRemoval[],
): ManualCommands | undefined {
  const byCondition = new Map<string, Set<string>>();
  for (const removal of removals) {
    const condition = conditionText(removal.kind === 'to-be-found' ? removal.by : removal.key);
    byCondition.set(condition, (byCondition.get(condition) ?? new Set()).add(removal.class));
  }
  if (byCondition.size === 0) return undefined;
  const machine = place.computer === '' ? 'the SMS Provider' : 'a machine that reaches the SMS Provider';
  return {
    where: `In PowerShell on ${machine}`,
    lines: [...byCondition].map(([condition, classes]) => line(place, condition, [...classes])),
  };
}

function line(place: ManualPlace, condition: string, classes: readonly string[]): string {
  const [only, ...others] = classes;
  if (only !== undefined && others.length === 0) return remove(place, only, condition);
  const listed = classes.map(inSingleQuotes).join(', ');
  return `foreach ($class in ${listed}) { ${remove(place, '$class', condition)} }`;
}

function remove(place: ManualPlace, className: string, condition: string): string {
  const query = `"SELECT * FROM ${className} WHERE ${condition}"`;
  const from = `Get-CimInstance ${computerOf(place)}-Namespace ${inSingleQuotes(place.namespace)}`;
  return `${from} -Query ${query} | Remove-CimInstance`;
}

function computerOf({ computer, protocol }: ManualPlace): string {
  if (computer === '') return '';
  const named = `-ComputerName ${inSingleQuotes(computer)} `;
  return protocol === 'wsman'
    ? named
    : `-CimSession (New-CimSession ${named}-SessionOption (New-CimSessionOption -Protocol Dcom)) `;
}

/** A condition of WQL, for the double quotes of PowerShell. */
function conditionText({ property, value: { value } }: KeyPart): string {
  if (typeof value !== 'string') return `${property} = ${String(value)}`;
  const inWql = value.replace(/[\\']/g, (character) => `\\${character}`);
  return `${property} = '${inWql.replace(/[`"$]/g, (character) => `\`${character}`)}'`;
}

/** A text as a literal of PowerShell, in which nothing is expanded. */
function inSingleQuotes(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
