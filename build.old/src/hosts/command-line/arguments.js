import { wrongInput } from '../../diagnosis/diagnosis.js';
import { shown } from '../../parameters/input-errors.js';
import { INPUTS, isListInput } from '../../parameters/input-table.js';
import { nearestNames } from '../../plan/nearest-names.js';
/**
 * `--site-code LAB` or `--site-code=LAB`. A bare `--dry-run` is true, and a list that is given again has more values.
 * Secrets come from the environment.
 */
export function readServiceArguments(args, environment) {
    const errors = [];
    const texts = {};
    let json = false;
    let report;
    for (const { argument, place, option, value } of optionsIn(args)) {
        if (option === undefined)
            errors.push(notAnInput(argument, place));
        else if (option === 'json') {
            json = true;
            if (value !== undefined)
                errors.push(jsonWithValue());
        }
        else if (option === 'report') {
            if (value === undefined || value === '')
                errors.push(withoutValue(option));
            else if (report !== undefined)
                errors.push(givenTwice(option));
            else
                report = value;
        }
        else {
            const error = takeInput(option, value, texts);
            if (error !== undefined)
                errors.push(error);
        }
    }
    return { texts: { ...textsOf(texts), ...secretsIn(environment) }, errors, json, report };
}
function optionsIn(args) {
    const options = [];
    for (let place = 0; place < args.length; place++) {
        const argument = args[place] ?? '';
        const number = place + 1;
        const [, option, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
        const next = args[place + 1];
        const takesNext = option !== undefined && option !== 'json' && inline === undefined && next?.startsWith('--') === false;
        if (takesNext)
            place++;
        options.push({ argument, place: number, option, value: inline ?? (takesNext ? next : undefined) });
    }
    return options;
}
/** Puts the value where it belongs, or says why not. */
function takeInput(option, value, texts) {
    const input = INPUTS.find(({ name }) => name === option);
    if (input === undefined)
        return unknownInput(option);
    if (input.kind.is === 'secret')
        return secretAsArgument(option, input.kind.environmentVariable);
    const text = value ?? (input.kind.is === 'boolean' ? 'true' : undefined);
    if (text === undefined)
        return withoutValue(option);
    const before = texts[input.name];
    if (before !== undefined && input.kind.is !== 'list')
        return givenTwice(option);
    texts[input.name] = [...(before ?? []), text];
    return undefined;
}
function textsOf(given) {
    const entries = INPUTS.flatMap(({ name }) => {
        const texts = given[name];
        return texts === undefined ? [] : [[name, isListInput(name) ? texts : texts[0]]];
    });
    return Object.fromEntries(entries);
}
/** How this host spells an input, for messages. */
export function spellInput(name) {
    const input = INPUTS.find((each) => each.name === name);
    return input?.kind.is === 'secret' ? input.kind.environmentVariable : `--${name}`;
}
function secretsIn(environment) {
    const secrets = INPUTS.flatMap(({ name, kind }) => {
        const value = kind.is === 'secret' ? environment[kind.environmentVariable] : undefined;
        return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(secrets);
}
const SEE_HELP = 'See configmgr-offline-servicing service --help.';
function unknownInput(option) {
    const names = INPUTS.filter(({ kind }) => kind.is !== 'secret').map(({ name }) => ({ name, id: name }));
    const [nearest] = nearestNames(option, names);
    const meant = nearest === undefined ? '' : ` Perhaps --${nearest.name} is meant.`;
    return wrongInput('OS104', `There is no input --${shown(option).slice(1, -1)}.${meant}`, SEE_HELP);
}
/** A stray argument may be a secret whose name was misspelt, so only what looks like a name is shown. */
function notAnInput(argument, place) {
    const name = /^-[A-Za-z-]{0,30}$/.exec(argument)?.[0];
    return wrongInput('OS104', `Argument ${place}${name === undefined ? '' : `, ${name},`} is no input.`, 'Write each input as --name value, and put quotes around a value with spaces, for example --image "Windows Server 2022".');
}
function withoutValue(option) {
    return wrongInput('OS105', `--${option} has no value.`, `Write --${option} VALUE. A value that begins with -- is written --${option}=VALUE.`);
}
function jsonWithValue() {
    return wrongInput('OS105', '--json takes no value.', 'Write only --json, or remove it.');
}
function givenTwice(option) {
    return wrongInput('OS105', `--${option} is given twice.`, 'Remove one of the two; only a list can be repeated.');
}
function secretAsArgument(option, environmentVariable) {
    return wrongInput('OS108', `--${option} is a secret and is not taken as an argument, which everybody on the machine can read.`, `Set the environment variable ${environmentVariable} instead, and renew the secret that was put here.`);
}
//# sourceMappingURL=arguments.js.map