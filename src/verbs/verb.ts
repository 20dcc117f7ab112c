import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { InputDefinition, OutputDefinition } from '../parameters/input-definition.js';
import type { ConnectionRequest } from '../parameters/connection-request.js';
import type { Inputs } from '../parameters/inputs.js';
import type { SiteAccess } from '../plan/site-access.js';
import type { InputSpelling } from '../diagnosis/input-mention.js';
import type { SecretMask } from '../report/secret-mask.js';
import type { SummaryOptions } from '../report/failure-summary.js';
import type { RunEvent } from '../report/run-event.js';
import type { RetryNotice } from '../provider/retry-policy.js';

export type HostKind = 'github' | 'azure' | 'command-line';

/** What a verb is called, takes and gives: all that a manifest, a help text or a page of the documentation needs. */
export interface VerbDefinition {
  /** One word, as the command spells it: `service`. */
  readonly name: string;
  /** What a form or a list calls it: 40 characters at most. */
  readonly title: string;
  /** One sentence of at most 125 characters. */
  readonly description: string;
  /** What somebody has to know who adds it as a step. */
  readonly help: string;
  readonly hosts: readonly HostKind[];
  readonly inputs: readonly InputDefinition[];
  readonly outputs: readonly OutputDefinition[];
  /** A command that can be run as it is, without the name of the product before it. */
  readonly example: string;
}

/** One thing that the product does. Hosts know verbs only by this. */
export interface Verb extends VerbDefinition {
  /** Reads the inputs, and starts nothing. Never throws. */
  readonly prepare: (inputs: Inputs, start: RunStart) => Prepared;
}

/** Known before the inputs are read. */
export interface RunStart {
  readonly host: HostKind;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Inputs that are good are a run that can begin; wrong ones are a run that has ended. */
export type Prepared =
  | { readonly kind: 'ready'; readonly run: (context: RunContext) => Promise<RunView> }
  | { readonly kind: 'wrong-inputs'; readonly view: RunView };

/** What a run acts through. */
export interface RunContext {
  /** Drawn by chance: makes the names of what this run writes unlike any others. */
  readonly mark: string;
  /** From 0 up to 1, for the jitter of polls. */
  readonly random: () => number;
  readonly tell: (event: RunEvent) => void;
  /** What the run is busy with from now on: shown on a terminal, and each half minute in a log. */
  readonly enterPhase: (phase: string) => void;
  /** Called right before the first write at a site: from then on a run is not ended for lost lines. */
  readonly beginToWrite: () => void;
  /** Opens a connection, hands it to the work, and closes it whatever comes of that. Throws what the work throws. */
  readonly withSite: <Result>(
    connection: ConnectionRequest,
    listen: SiteListener,
    work: (site: Omit<SiteAccess, 'tell'>) => Promise<Result>,
  ) => Promise<Result>;
}

/** Hears what a connection does by itself. */
export interface SiteListener {
  readonly onRetry: (notice: RetryNotice) => void;
  /** What could not be tidied up; it does not change how the run ended. */
  readonly onLeftover: (why: string) => void;
}

export type Ending = 'done' | 'failed' | 'cancelled' | 'wrong-inputs';

/** How a run ended, in the forms in which hosts publish it. Each is made only when it is asked for. */
export interface RunView {
  readonly ending: Ending;
  /** Empty for a run that is done. */
  readonly errors: readonly Diagnosis[];
  /** What somebody should hear of without reading the log; told after the run. */
  readonly warnings: readonly string[];
  /** The same for hosts that show warnings beside the log: each with a title, and those of several images as one. */
  readonly annotations: readonly Annotation[];
  /** The last lines of a run that is done: what was done, and where it goes on. */
  readonly lines: readonly string[];
  /** For whoever pressed Ctrl+C and left nothing at the site: one line in place of the errors. */
  readonly cancelledLine: string | undefined;
  /** By their kebab names. `file`: the path of the report, or empty. */
  readonly outputs: (file: string) => Readonly<Record<string, string>>;
  /** The JSON report, with what went wrong after the run. */
  readonly report: (file: string, late: readonly Diagnosis[]) => object;
  /** What the run is about, as the title of its summary: `Offline servicing of Windows Server 2022`. */
  readonly title: string;
  /** What a person reads on the page of the run, in GitHub's Markdown. */
  readonly summary: (options: SummaryOptions) => string;
  /** The page for people, as one HTML file; undefined for a run that has none. `late`: what went wrong after the run. */
  readonly page:
    | ((options: {
        readonly mask: SecretMask;
        readonly spelling: InputSpelling;
        readonly late: readonly Diagnosis[];
      }) => string)
    | undefined;
  /** For a run whose result reaches no later step: says what the run did, because nothing else does. */
  readonly lostResult: (what: string, cause: string) => Diagnosis;
}

/** A warning beside the log. */
export interface Annotation {
  /** A few words; nothing of the site. */
  readonly title: string;
  readonly text: string;
}
