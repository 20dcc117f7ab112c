/** A command that reaches a simulated site, for another terminal. */
export interface SimulatedCommand {
  /** The file that this process was started with. */
  readonly program: string;
  /** It guards only made-up data. Undefined: it came from the environment, and is not printed. */
  readonly token: string | undefined;
  readonly options: readonly (readonly [option: string, value: string])[];
}

/** The command as bash and other shells of Linux and macOS read it. */
export function inBash({ program, token, options }: SimulatedCommand): string {
  const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const before = token === undefined ? '' : `CONFIGMGR_TOKEN=${quote(token)} `;
  return `${before}${programIn(program, quote)} service ${optionsIn(options, quote)}`;
}

/** The command as PowerShell reads it, on Windows and elsewhere. */
export function inPowerShell({ program, token, options }: SimulatedCommand): string {
  // PowerShell takes typographic quotes for straight ones.
  const quote = (text: string): string => `'${text.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
  const before = token === undefined ? '' : `$env:CONFIGMGR_TOKEN = ${quote(token)}; `;
  return `${before}${programIn(program, quote)} service ${optionsIn(options, quote)}`;
}

/** From a clone nothing is installed under the name of the product. */
function programIn(program: string, quote: (text: string) => string): string {
  return /\.m?js$/.test(program) ? `node ${quote(program)}` : 'configmgr-offline-servicing';
}

function optionsIn(options: SimulatedCommand['options'], quote: (text: string) => string): string {
  return options
    .map(([option, value]) => `${option} ${/^[A-Za-z0-9:/._-]+$/.test(value) ? value : quote(value)}`)
    .join(' ');
}
