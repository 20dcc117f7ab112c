import { writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { Writable } from 'node:stream';

import task from 'azure-pipelines-task-lib/task.js';

import { camelName, type InputDefinition } from '../../parameters/input-definition.js';
import { verbOfLauncher } from '../verb-of-launcher.js';
import { runPipelineStep, type PipelineHost } from '../pipeline-step.js';

/** A secret is a variable here, because an input's value stands in the definition of the pipeline. */
function secretVariable({ kind }: InputDefinition): string | undefined {
  return kind.is === 'secret' ? kind.environmentVariable : undefined;
}

/** The library prints each variable that it reads as a line of debugging, a secret one too, before it can be hidden. */
function readInSilence(variable: string): string | undefined {
  task.setStdStream(
    new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    }),
  );
  try {
    return task.getVariable(variable);
  } finally {
    task.setStdStream(process.stdout);
  }
}

/** The library takes no notice of an input that is there and empty, and leaves its variable where the agent put it. */
function readInput(name: string): string | undefined {
  return task.getInput(name) ?? process.env[`INPUT_${name.toUpperCase()}`];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A title as the name of a file on every system. */
function fileName(title: string): string {
  // eslint-disable-next-line no-control-regex -- Windows takes none of them.
  const allowed = title.replace(/[<>:"/\\|?*\u0000-\u001f]+/g, ' ').replace(/\s+/g, ' ');
  return allowed
    .slice(0, LONGEST_NAME)
    .toWellFormed()
    .replace(/[. ]+$/, '');
}

/** A file system takes 255 bytes, and a character of a title can have three. */
const LONGEST_NAME = 80;

/**
 * Writes a file whose name the page of the run shows as a title, and returns its path. A step before it can have written
 * one for the same image, which the agent might not have read yet.
 */
function writeNewFile(folder: string, name: string, text: string): string {
  for (let copy = 1; ; copy++) {
    const file = join(folder, `${name}${copy === 1 ? '' : ` (${copy})`}.md`);
    try {
      writeFileSync(file, text, { flag: 'wx' });
      return file;
    } catch (error) {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isThere || copy === MOST_COPIES) throw error;
    }
  }
}

const MOST_COPIES = 1_000;

/** The step as an Azure Pipelines task. The exit code stays 0: another is reported as a crash of the task. */
const azure: PipelineHost = {
  kind: 'azure',
  spell: (input) => secretVariable(input) ?? camelName(input.name),
  readInput: (input) => {
    const variable = secretVariable(input);
    return variable === undefined ? readInput(camelName(input.name)) : readInSilence(variable);
  },
  hide: task.setSecret,
  print: ({ line, details }) => {
    if (details.length === 0) {
      print(line);
      return;
    }
    print(`##[group]${line}`);
    details.forEach(print);
    print('##[endgroup]');
  },
  warn: (_title, message) => {
    task.warning(message, task.IssueSource.TaskInternal);
  },
  isDebugging: () => /^true$/i.test(task.getVariable('System.Debug') ?? ''),
  debug: task.debug,
  setOutput: (name, value) => {
    task.setVariable(camelName(name), value, false, true);
  },
  whyNoOutput: 'The agent did not take the output variable.',
  publishSummary: (markdown, title) => {
    const folder = task.getVariable('Agent.TempDirectory');
    if (folder === undefined || !isAbsolute(folder)) throw new Error('the agent names no temporary folder.');
    const file = writeNewFile(folder, fileName(title), markdown);
    task.uploadSummary(file);
  },
  attach: (path) => {
    task.uploadFile(path);
  },
  errorPrefix: 'Error ',
  tellError: (_title, message) => {
    task.error(message, task.IssueSource.TaskInternal);
  },
  end: (how, message) => {
    // Not by setResult: it would tell the error a second time, and spells Cancelled, which no agent takes.
    task.command('task.complete', { result: how === 'cancelled' ? 'Canceled' : 'Failed' }, message);
  },
};

await runPipelineStep(verbOfLauncher(process.argv), azure, process.env);
