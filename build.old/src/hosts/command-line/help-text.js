import { INPUTS } from '../../parameters/input-table.js';
export const COMMANDS_HELP = `configmgr-offline-servicing: services images of Configuration Manager offline.

  service    apply the updates of an update group to an image: writes a servicing schedule at the site
  simulate   serve a made-up site on this machine, to try things out
  --version  print the version

Each has its own --help.
Exit code: 0 done, 1 failed, 2 wrong inputs, 130 ended by Ctrl+C.
`;
const WIDTH = 96;
const INDENT = '      ';
export function serviceHelp() {
    return `configmgr-offline-servicing service: apply the updates of an update group to an image.

Example, which touches nothing real:
  configmgr-offline-servicing service --connection simulator --site-code LAB \\
    --update-group "Windows 7" --image "Windows 7 Enterprise" --update-distribution-points true

Inputs, each as --name value:

${INPUTS.map(inputHelp).join('\n')}
  --json
${wrapped('Print the result as one JSON object on standard output; the lines for people go to standard error.')}
  --report FILE
${wrapped('Write the same object into this file, for a later step. Without it no file is written.')}
`;
}
function inputHelp({ name, kind, default: fallback, required, help }) {
    const spelled = kind.is === 'secret' ? `environment variable ${kind.environmentVariable}` : `--${name} ${valueOf(kind)}`;
    const note = required ? 'Required.' : fallback === undefined ? '' : `Default: ${fallback}.`;
    return `  ${spelled}\n${wrapped([help, note].filter((text) => text !== '').join(' '))}`;
}
function valueOf(kind) {
    switch (kind.is) {
        case 'boolean':
            return 'true|false';
        case 'choice':
            return kind.of.join('|');
        case 'text':
        case 'list':
        case 'secret':
            return 'VALUE';
    }
}
function wrapped(text) {
    const lines = [];
    for (const word of text.split(' ')) {
        const last = lines.at(-1);
        if (last === undefined || last.length + 1 + word.length > WIDTH)
            lines.push(INDENT + word);
        else
            lines[lines.length - 1] = `${last} ${word}`;
    }
    return `${lines.join('\n')}\n`;
}
//# sourceMappingURL=help-text.js.map