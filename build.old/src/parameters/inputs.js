import { assignment } from '../diagnosis/input-mention.js';
import { exampleOf } from './input-examples.js';
import { shown } from './input-errors.js';
import { INPUTS, inputDefinition, isListInput, } from './input-table.js';
import { isUnresolvedVariable, unresolvedVariableIn } from './unresolved-variable.js';
/** The texts of the inputs, read one by one; what is wrong with one goes to the errors. */
export class Inputs {
    #texts;
    /** Those that an error was already given for: they count neither as given nor as missing. */
    #refused;
    host;
    errors;
    constructor(texts, host, errors) {
        this.#texts = texts;
        this.host = host;
        this.errors = errors;
        this.#refused = new Set(INPUTS.flatMap(({ name }) => (this.#isUnresolved(name) || this.#isWronglyEmpty(name) ? [name] : [])));
    }
    spell(name) {
        return this.host.spell(name);
    }
    /** `connection: wmi` or `--connection wmi`. */
    assign(name, value) {
        return assignment(this.spell(name), value, this.host.writtenIn === 'yaml');
    }
    /** `, for example --image "Windows Server 2022"`, or nothing where there is no example. */
    example(name) {
        const value = exampleOf(name);
        if (value === undefined)
            return '';
        const needsQuotes = this.host.writtenIn === 'arguments' && /[\s\\]/.test(value);
        return `, for example ${this.assign(name, needsQuotes ? `"${value}"` : value)}`;
    }
    /** Without the white space around it; undefined when not given and without a default. */
    text(name) {
        const given = this.#given(name);
        if (given !== '')
            return given;
        return this.isRefused(name) ? undefined : inputDefinition(name).default;
    }
    /** Adds that a required input is missing, unless an error says already what is wrong with it. */
    missing(name, why) {
        if (this.isRefused(name))
            return undefined;
        return this.errors.add('OS101', `${this.spell(name)} is missing${why}.`, `Add it${this.example(name)}.`);
    }
    /** Whether an error was given for it before it was read. */
    isRefused(name) {
        return this.#refused.has(name);
    }
    /** Whether somebody chose a value: a form sends the defaults of the inputs that it hides, too. */
    isChosen(name) {
        const given = this.#given(name);
        return given !== '' && given !== inputDefinition(name).default;
    }
    /** White space around a secret may belong to it. */
    secret(name) {
        if (this.isRefused(name))
            return undefined;
        const given = withoutLineEnd(this.#texts[name] ?? '');
        return given.trim() === '' ? undefined : given;
    }
    choice(name, values) {
        const given = this.text(name);
        if (given === undefined)
            return undefined;
        return (values.find((value) => value === given) ??
            this.errors.add('OS102', `${this.spell(name)} is ${shown(given)}.`, `Write ${oneOf(values)}, in this spelling: ${this.assign(name, meantBy(given, values))}.`));
    }
    /** In any letter case: a boolean parameter of Azure Pipelines arrives as True or False. */
    boolean(name) {
        const given = this.text(name);
        if (given === undefined)
            return undefined;
        const lower = given.toLowerCase();
        if (lower === 'true' || lower === 'false')
            return lower === 'true';
        return this.errors.add('OS103', `${this.spell(name)} is ${shown(given)}.`, `Write true or false${this.example(name)}.`);
    }
    /** The values of a list: one value a line or, in a single line, a comma between. Each once; none when not given. */
    list(name) {
        return [...new Set(this.#lines(name).flatMap(({ values }) => values))];
    }
    /** The same for a list that names objects of the site, where a single line may be one name with commas in it. */
    names(name) {
        const found = this.#lines(name).flatMap(({ line, values }) => {
            const [first, ...others] = new Set(values);
            const isCut = first !== undefined && line !== undefined && line !== first;
            return isCut ? [{ line, names: [first, ...others] }] : values;
        });
        const keyOf = (each) => (typeof each === 'string' ? each : `,${each.line}`);
        return [...new Map(found.map((each) => [keyOf(each), each])).values()];
    }
    /** The values in each text of a list, with the line that was cut at commas; a text of several lines is cut at these only. */
    #lines(name) {
        if (this.isRefused(name))
            return [];
        return this.#textsOf(name)
            .filter((text) => text.trim() !== '')
            .map((text) => {
            // With a line end, be it the last character, commas belong to the values.
            const hasLines = /[\r\n]/.test(text);
            const values = text
                .split(hasLines ? /[\r\n]+/ : ',')
                .map((value) => value.trim())
                .filter((value) => value !== '');
            if (values.length === 0) {
                this.errors.add('OS106', `${this.spell(name)} names nothing: ${shown(text.trim())}.`, `Write one value a line, or values with commas between them${this.example(name)}.`);
            }
            return { line: hasLines ? undefined : text.trim(), values };
        });
    }
    #textsOf(name) {
        const given = this.#texts[name] ?? [];
        return typeof given === 'string' ? [given] : given;
    }
    /** Empty when not given, or when an error was given for it. */
    #given(name) {
        return this.isRefused(name) ? '' : this.#textsOf(name).join('\n').trim();
    }
    #isUnresolved(name) {
        const found = this.#textsOf(name).flatMap((text) => this.#unresolvedIn(name, text));
        const [variable] = found;
        if (variable === undefined)
            return false;
        const isSecret = inputDefinition(name).kind.is === 'secret';
        this.errors.add('OS112', isSecret
            ? `${this.spell(name)} is the name of a variable that was not replaced by its value, and is not sent.`
            : `${this.spell(name)} has ${shown(variable)}, a variable that was not replaced by its value.`, `Define the variable, or link the group that has it${isSecret ? '' : `; or write the value itself${this.example(name)}`}.`);
        return true;
    }
    #unresolvedIn(name, text) {
        if (isUnresolvedVariable(text))
            return [text.trim()];
        if (isListInput(name)) {
            return text
                .split(/[\r\n,]+/)
                .map((value) => value.trim())
                .filter(isUnresolvedVariable);
        }
        // Neither a host, nor an account, a path or a time has such a part; a password might.
        const contained = inputDefinition(name).kind.is === 'text' ? unresolvedVariableIn(text) : undefined;
        return contained === undefined ? [] : [contained];
    }
    #isWronglyEmpty(name) {
        const { refusesEmpty, kind, default: fallback } = inputDefinition(name);
        const texts = this.#textsOf(name);
        if (refusesEmpty !== true || texts.length === 0 || texts.some((text) => text.trim() !== ''))
            return false;
        // Such a host sends an empty text where nobody gave the input.
        if (fallback === undefined && this.host.writtenIn === 'yaml')
            return false;
        const meaning = kind.is === 'boolean' ? 'An empty text does not count as false' : 'It has no value';
        const remove = fallback === undefined ? 'or remove the input' : `or remove the input, which means ${fallback}`;
        this.errors.add('OS105', `${this.spell(name)} is empty. ${meaning}.`, `Write a value${this.example(name)}; ${remove}.`);
        return true;
    }
}
/** `draft-first or as-console`, `wmi, admin-service or simulator`. */
function oneOf(values) {
    const last = values.at(-1) ?? '';
    const others = values.slice(0, -1);
    return others.length === 0 ? last : `${others.join(', ')} or ${last}`;
}
/** The value that differs in its letter case or its separators only; else the first. */
function meantBy(given, values) {
    const folded = (text) => text.toLowerCase().replace(/[\s_-]+/g, '');
    return values.find((value) => folded(value) === folded(given)) ?? values[0] ?? '';
}
/** A line end after a secret comes from the file or the pipe that it was taken from. */
export function withoutLineEnd(text) {
    let end = text.length;
    while (end > 0 && '\r\n'.includes(text.charAt(end - 1)))
        end--;
    return text.slice(0, end);
}
//# sourceMappingURL=inputs.js.map