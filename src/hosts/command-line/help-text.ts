import { helpFor, type InputDefinition } from '../../parameters/input-definition.js';
import type { Verb } from '../../verbs/verb.js';
import { verbsOf } from '../../verbs/verbs.js';

const NAME_WIDTH = 11;

export function commandsHelp(): string {
  const verbs = verbsOf('command-line').map(
    ({ name, description }) => `  ${name.padEnd(NAME_WIDTH)}${description}`,
  );
  return `configmgr-offline-servicing: services images of Configuration Manager offline.

${verbs.join('\n')}
  ${'simulate'.padEnd(NAME_WIDTH)}Serves a made-up site on this machine, to try things out.
  ${'--version'.padEnd(NAME_WIDTH)}Prints the version.

Run help COMMAND, or add --help to a command, to read about it.
Exit code: 0 done, 1 failed, 2 wrong inputs, 130 ended by Ctrl+C.
`;
}

const WIDTH = 96;
const INDENT = '      ';

export function verbHelp({ name, description, example, inputs }: Verb): string {
  return `configmgr-offline-servicing ${name}: ${description}

Example${/simulator|^about/.test(example) ? ', which touches nothing real' : ''}:
  configmgr-offline-servicing ${example.replace(/ (?=--update-group)/, ' \\\n    ')}

${inputs.length === 0 ? 'Options' : 'Inputs, each as --name value'}:

${inputs.map((input) => `${inputHelp(input)}\n`).join('')}  --json
${wrapped('Print the result as one JSON object on standard output; the lines for people go to standard error.')}
  --report FILE
${wrapped('Write the same object into this file, for a later step. Without it no file is written.')}
  --verbose
${wrapped('Print debug output on standard error: every request, its time and the size of its response, and stacks of defects.')}
`;
}

function inputHelp(input: InputDefinition): string {
  const { name, kind, default: fallback, required } = input;
  const spelled =
    kind.is === 'secret' ? `environment variable ${kind.environmentVariable}` : `--${name} ${valueOf(kind)}`;
  const note = required ? 'Required.' : fallback === undefined ? '' : `Default: ${fallback}.`;
  return `  ${spelled}\n${wrapped([helpFor(input, 'command-line'), note].filter((text) => text !== '').join(' '))}`;
}

function valueOf(kind: InputDefinition['kind']): string {
  switch (kind.is) {
    case 'boolean':
      return 'true|false';
    case 'choice':
      return kind.of.join('|');
    case 'duration':
      return 'DURATION';
    case 'text':
    case 'list':
    case 'secret':
      return 'VALUE';
  }
}

function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(INDENT + word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return `${lines.join('\n')}\n`;
}
