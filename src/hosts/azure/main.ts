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
  warn: (message) => {
    task.warning(message, task.IssueSource.TaskInternal);
  },
  isDebugging: () => /^true$/i.test(task.getVariable('System.Debug') ?? ''),
  debug: task.debug,
  setOutput: (name, value) => {
    task.setVariable(camelName(name), value, false, true);
  },
  whyNoOutput: 'The agent did not take the output variable.',
  publishSummary: (markdown) => {
    const folder = task.getVariable('Agent.TempDirectory');
    if (folder === undefined || !isAbsolute(folder)) throw new Error('the agent names no temporary folder.');
    // The name is the title that the page of the run shows.
    const file = join(folder, `Offline servicing ${process.pid}.md`);
    writeFileSync(file, markdown);
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
