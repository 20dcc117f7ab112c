import { appendFileSync } from 'node:fs';

import * as core from '@actions/core';

import { runPipelineStep, type PipelineHost } from '../pipeline-step.js';

/** The step as a GitHub Action. */
const github: PipelineHost = {
  spell: (name) => name,
  // Untrimmed: a line end tells how a list is separated.
  readInput: (name) =>
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
  warn: core.warning,
  setOutput: core.setOutput,
  publishSummary: (markdown) => {
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    // A runner without summaries says so by not naming a file.
    if (file !== '') appendFileSync(file, markdown);
  },
  fail: (message) => {
    core.error(message, { title: 'Offline servicing' });
    process.exitCode = core.ExitCode.Failure;
  },
};

await runPipelineStep(github, process.env);
