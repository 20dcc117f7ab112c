import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { camelName } from '../../src/parameters/input-definition.js';
import type { Inputs } from '../hosts/pipelines-under-test.js';
import { BUNDLES, type EndedOnWindows, type StartedOnWindows, type Windows } from './windows.js';

/** How each of the three bundles is started there, with the same inputs. */
export const HOSTS = ['cli', 'github', 'azure'] as const;
export type Host = (typeof HOSTS)[number];

export interface RunOnWindows extends StartedOnWindows {
  readonly finished: Promise<FinishedOnWindows>;
}

export interface FinishedOnWindows extends EndedOnWindows {
  /** The files in the temporary folder of the host, by their names. */
  readonly files: Readonly<Record<string, string>>;
  /** Folders that are left there. */
  readonly folders: readonly string[];
}

/** The temporary folder that the host names to the step. */
export const HOST_TEMPORARY = 'C:\\a runner\\_temp';

const SECRETS = ['token', 'password'];

/** Starts the bundle of a host as that host does, with inputs by their names in the table of inputs. */
export function runOn(windows: Windows, host: Host, inputs: Inputs, environment: Inputs = {}): RunOnWindows {
  const folder = windows.pathHere(HOST_TEMPORARY);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { args, variables } = START[host](folder, inputs);
  const started = windows.start([`${BUNDLES}\\${host}\\index.mjs`, ...args], {
    ...variables,
    ...environment,
  });
  return { ...started, finished: started.ended.then((ended) => ({ ...ended, ...contentOf(folder) })) };
}

interface Start {
  readonly args: readonly string[];
  readonly variables: Inputs;
}

const START: Readonly<Record<Host, (folder: string, inputs: Inputs) => Start>> = {
  cli: (_folder, inputs) => ({
    args: [
      'service',
      ...Object.entries(inputs)
        .filter(([name]) => !SECRETS.includes(name))
        .flatMap(([name, value]) => [`--${name}`, value]),
    ],
    // Like a step of a pipeline that calls the command.
    variables: { RUNNER_TEMP: HOST_TEMPORARY, ...secrets(inputs, (name) => `CONFIGMGR_${name}`) },
  }),
  github: (folder, inputs) => {
    const files = { GITHUB_OUTPUT: 'output', GITHUB_STEP_SUMMARY: 'summary', GITHUB_STATE: 'state' };
    for (const name of Object.values(files)) writeFileSync(join(folder, name), '');
    return {
      args: [],
      variables: {
        GITHUB_ACTIONS: 'true',
        RUNNER_TEMP: HOST_TEMPORARY,
        ...renamed(
          files,
          (variable) => variable,
          (name) => `${HOST_TEMPORARY}\\${name}`,
        ),
        ...renamed(inputs, (name) => `INPUT_${name.toUpperCase()}`),
      },
    };
  },
  azure: (_folder, inputs) => {
    const plain = Object.fromEntries(Object.entries(inputs).filter(([name]) => !SECRETS.includes(name)));
    const secret = secrets(inputs, (name) => `CONFIGMGR_${name}`);
    return {
      args: [],
      variables: {
        AGENT_TEMPDIRECTORY: HOST_TEMPORARY,
        AGENT_VERSION: '4.248.0',
        SYSTEM_CULTURE: 'en-US',
        VSTS_SECRET_VARIABLES: JSON.stringify(Object.keys(secret)),
        ...renamed(secret, (name) => `SECRET_${name}`),
        ...renamed(plain, (name) => `INPUT_${camelName(name).toUpperCase()}`),
      },
    };
  },
};

function renamed(
  values: Inputs,
  rename: (name: string) => string,
  change = (value: string): string => value,
): Inputs {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [rename(name), change(value)]));
}

function secrets(inputs: Inputs, rename: (name: string) => string): Inputs {
  const given = Object.entries(inputs).filter(([name]) => SECRETS.includes(name));
  return renamed(Object.fromEntries(given), (name) => rename(name.toUpperCase()));
}

function contentOf(folder: string): Pick<FinishedOnWindows, 'files' | 'folders'> {
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return {
    files: Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    folders: entries.filter((entry) => entry.isDirectory()).map(({ name }) => name),
  };
}
