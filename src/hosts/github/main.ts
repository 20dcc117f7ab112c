import { appendFileSync } from 'node:fs';

import * as core from '@actions/core';

import { verbOfLauncher } from '../verb-of-launcher.js';
import { runPipelineStep, type PipelineHost } from '../pipeline-step.js';

/** The step as a GitHub Action. */
const github: PipelineHost = {
  kind: 'github',
  spell: ({ name }) => name,
  // Untrimmed: a line end tells how a list is separated.
  readInput: ({ name }) =>
    process.env[`INPUT_${name.toUpperCase()}`] === undefined
      ? undefined
      : core.getInput(name, { trimWhitespace: false }),
  hide: core.setSecret,
  print: ({ line, details }) => {
    if (details.length === 0) {
      core.info(line);
      return;
    }
    core.startGroup(line);
    details.forEach(core.info);
    core.endGroup();
  },
  warn: (title, message) => {
    core.warning(message, { title });
  },
  isDebugging: core.isDebug,
  debug: core.debug,
  setOutput: core.setOutput,
  whyNoOutput: 'The file that GITHUB_OUTPUT names is gone, cannot be written, or its disk is full.',
  publishSummary: (markdown) => {
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    // A runner without summaries says so by not naming a file.
    if (file !== '') appendFileSync(file, markdown);
  },
  // A file becomes an artifact by a step of its own.
  attach: () => undefined,
  // The runner writes "Error: " before it.
  errorPrefix: '',
  tellError: (title, message) => {
    core.error(message, { title });
  },
  end: () => {
    process.exitCode = core.ExitCode.Failure;
  },
};

await runPipelineStep(verbOfLauncher(process.argv), github, process.env);
