import { MOST_UPDATES } from './default-site.js';
import { parseFault, readDuration, type Fault } from './faults.js';
import { mannerNamed, MANNERS, type Manner } from './manners.js';

export interface SimulateSettings {
  readonly port: number;
  readonly seed: number;
  readonly updates: number;
  readonly descriptionFile: string | undefined;
  readonly certificateFile: string | undefined;
  readonly latencyMilliseconds: number;
  readonly invisibleMilliseconds: number;
  readonly servicingMilliseconds: number;
  readonly speed: number;
  readonly servicingLogFile: string | undefined;
  readonly servicingLogBytes: number | undefined;
  readonly pageSize: number | undefined;
  readonly pagesCarryNextLink: boolean;
  readonly longestFilterTerms: number | undefined;
  readonly faults: readonly Fault[];
  readonly manners: readonly Manner[];
}

export type FlagsRead =
  | { readonly kind: 'settings'; readonly settings: SimulateSettings }
  | { readonly kind: 'help' }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

interface Flag {
  readonly value: string;
  readonly help: string;
}

/** At this speed the drafts of a client, which wait until the end of 2033, are still far away. */
const MOST_SPEED = 1000;

const FLAGS = {
  '--port': { value: 'N', help: 'port on 127.0.0.1; 0 (the default) takes any free one' },
  '--seed': { value: 'N', help: 'number that makes the site; the same number, the same site. Default 1' },
  '--updates': { value: 'N', help: `software updates of the site, up to ${MOST_UPDATES}. Default 5000` },
  '--description': {
    value: 'FILE',
    help: 'JSON file that describes another site (instead of --seed, --updates); schemas/site.schema.json is its schema',
  },
  '--certificate-file': {
    value: 'FILE',
    help: 'where the public certificate is written, for the client; removed at the end. Default: a temporary file',
  },
  '--latency': { value: 'TIME', help: 'time before each answer, such as 20ms. Default 0ms' },
  '--invisible': { value: 'TIME', help: 'how long queries do not find a new object. Default 2s' },
  '--servicing-time': { value: 'TIME', help: 'how long the site works on one image. Default 5s' },
  '--speed': {
    value: 'N',
    help: `how many times as fast the time of the servicing goes, up to ${MOST_SPEED}. Default 1`,
  },
  '--servicing-log': { value: 'FILE', help: 'where OfflineServicingMgr.log is written; lines are appended' },
  '--servicing-log-size': {
    value: 'N',
    help: 'bytes at which the log is renamed to end in .lo_, and begins anew. Default 2097152',
  },
  '--page-size': { value: 'N', help: 'most objects of one answer. Default: no limit' },
  '--next-links': {
    value: 'true|false',
    help: 'whether a page that is cut links to the next. Default false',
  },
  '--longest-filter': { value: 'N', help: 'most comparisons in a filter; more give 404. Default: no limit' },
  '--fault': { value: 'FAULT', help: 'something that goes wrong; may be given several times, see below' },
  '--manner': { value: 'NAME', help: 'how the service differs; may be given several times, see below' },
} as const satisfies Readonly<Record<string, Flag>>;

type FlagName = keyof typeof FLAGS;
const isFlagName = (text: string): text is FlagName => Object.hasOwn(FLAGS, text);

export const SIMULATE_HELP = `Usage: configmgr-offline-servicing simulate [flags]

Serves a made-up Configuration Manager site through AdminService, over HTTPS on 127.0.0.1, until it is interrupted.
Nothing real is touched, and nothing outside this machine can reach it.

Flags (--name value or --name=value):
${Object.entries<Flag>(FLAGS)
  .map(([name, flag]) => `  ${`${name} ${flag.value}`.padEnd(24)}${flag.help}`)
  .join('\n')}
  --help                  this text

What the default site does: "Windows 7 Enterprise" with the update group "Windows 7" succeeds. "Windows 10 Upgrade" with
"Windows 10 22H2 upgrade" fails at one update, with 0x80073712. The distribution point dp02 fails once and has the
content after a retry. docs/simulated-site.md describes how --description changes that.

Environment:
  CONFIGMGR_TOKEN         the token that clients log in with. Without it one is made and printed

Faults, KIND@N[:TIME][:METHOD][ CLASS]: N counts the requests that METHOD and CLASS match, "every" means all of them
nothing is done:
  refuse@3                the third request is refused for missing rights (404)
  not-found@1:DELETE      the object is not there (404)
  deny-401@every:GET      every GET is answered 401
  error-500@2:POST SMS_ImageServicingSchedule
  html-200@1, html-502@1  a page of a sign-in or of a proxy comes in place of the answer
  redirect@1              302 to another host
  oversize@1:GET          an answer without an end
  cut@4, reset@4          the connection ends, or is reset
  restart@5:10s           the provider restarts: 5 seconds without connections, then 5 seconds of 503
it is done:
  delay@3:5s              effect and answer come 5 seconds late
  slow@3:5s               the answer drips in over 5 seconds
  lose@7                  the connection ends without an answer
  truncate@1:SMS_SoftwareUpdate
                          half of the answer comes, and the connection ends
  invalid-json@1          the answer lacks its end, though the connection does not tell
  wrong-types@1           numbers as text, text as numbers, lists as objects, and one property missing

Manners, ways in which a service can differ:
${Object.entries(MANNERS)
  .map(([name, help]) => `  ${name.padEnd(24)}${help}`)
  .join('\n')}
`;

/** Reads the flags of the command: the settings, or everything that is wrong with them at once. */
export function readSimulateFlags(args: readonly string[]): FlagsRead {
  const problems: string[] = [];
  const given = new Map<FlagName, string[]>();
  if (args.includes('--help') || args.includes('-h')) {
    return { kind: 'help' };
  }
  for (let at = 0; at < args.length; at += 1) {
    const [name, inline] = splitFlag(args[at] ?? '');
    if (!isFlagName(name)) {
      problems.push(
        `"${name}": there is no such flag. Allowed are ${Object.keys(FLAGS).join(', ')}, --help.`,
      );
      continue;
    }
    const value = inline ?? args[at + 1];
    if (value === undefined || (inline === undefined && isFlagName(splitFlag(value)[0]))) {
      problems.push(`${name}: a value is missing. It takes ${FLAGS[name].value}: ${FLAGS[name].help}.`);
      continue;
    }
    at += inline === undefined ? 1 : 0;
    const before = given.get(name) ?? [];
    if (before.length > 0 && name !== '--fault' && name !== '--manner') {
      problems.push(`${name}: it is given more than once.`);
    }
    given.set(name, [...before, value]);
  }
  const settings = readSettings(given, problems);
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'settings', settings };
}

function splitFlag(argument: string): [string, string | undefined] {
  const cut = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return cut < 0 ? [argument, undefined] : [argument.slice(0, cut), argument.slice(cut + 1)];
}

function readSettings(given: ReadonlyMap<FlagName, readonly string[]>, problems: string[]): SimulateSettings {
  const text = (name: FlagName): string | undefined => given.get(name)?.[0];
  const count = <T>(name: FlagName, least: number, most: number, fallback: T): number | T => {
    const value = text(name);
    if (value === undefined) {
      return fallback;
    }
    const read = /^[0-9]{1,10}$/u.test(value) ? Number(value) : Number.NaN;
    if (read >= least && read <= most) {
      return read;
    }
    problems.push(`${name}: "${value}" is no whole number from ${least} to ${most}.`);
    return fallback;
  };
  const time = (name: FlagName, fallback: number): number => {
    const value = text(name);
    const read = value === undefined ? fallback : readDuration(value);
    if (read === undefined) {
      problems.push(`${name}: "${value ?? ''}" is no time. Write a number with ms, s, m or h: 20ms, 2s.`);
    }
    return read ?? fallback;
  };
  const nextLinks = text('--next-links') ?? 'false';
  if (nextLinks !== 'true' && nextLinks !== 'false') {
    problems.push(`--next-links: "${nextLinks}" is neither true nor false.`);
  }
  const faults = (given.get('--fault') ?? []).map(parseFault);
  problems.push(...faults.flatMap((one) => (one.problem === undefined ? [] : [`--fault ${one.problem}`])));
  const manners = (given.get('--manner') ?? []).map((name) => ({ name, manner: mannerNamed(name) }));
  problems.push(
    ...manners.flatMap(({ name, manner }) =>
      manner === undefined
        ? [`--manner: there is no manner "${name}". Known are ${Object.keys(MANNERS).join(', ')}.`]
        : [],
    ),
  );
  const descriptionFile = text('--description');
  for (const name of ['--seed', '--updates'] as const) {
    if (descriptionFile !== undefined && given.has(name)) {
      problems.push(
        `${name}: it cannot be given with --description, whose file can say it ("extends": "default").`,
      );
    }
  }
  return {
    port: count('--port', 0, 65_535, 0),
    seed: count('--seed', 0, 2 ** 32 - 1, 1),
    updates: count('--updates', 0, MOST_UPDATES, 5000),
    descriptionFile,
    certificateFile: text('--certificate-file'),
    latencyMilliseconds: time('--latency', 0),
    invisibleMilliseconds: time('--invisible', 2000),
    servicingMilliseconds: time('--servicing-time', 5000),
    speed: count('--speed', 1, MOST_SPEED, 1),
    servicingLogFile: text('--servicing-log'),
    servicingLogBytes: count('--servicing-log-size', 1, 2 ** 31, undefined),
    pageSize: count('--page-size', 1, 1_000_000, undefined),
    pagesCarryNextLink: nextLinks === 'true',
    longestFilterTerms: count('--longest-filter', 1, 1_000_000, undefined),
    faults: faults.flatMap((one) => (one.fault === undefined ? [] : [one.fault])),
    manners: manners.flatMap(({ manner }) => (manner === undefined ? [] : [manner])),
  };
}
