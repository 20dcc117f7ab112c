import { wrongInput } from '../diagnosis/diagnosis.js';
/** Gathers what is wrong with the inputs, so that all problems are reported together. */
export class InputErrors {
    #found;
    constructor(foundBefore) {
        this.#found = [...foundBefore];
    }
    /**
     * Adds one line: what is wrong with the value, and what to write instead.
     * Returns undefined, which the caller passes on in place of the value.
     */
    add(code, what, next) {
        this.#found.push(wrongInput(code, what, next));
        return undefined;
    }
    get all() {
        return this.#found;
    }
}
/** A text of the user, cut so that a pasted file does not fill the log. */
export function shown(text) {
    return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
//# sourceMappingURL=input-errors.js.map