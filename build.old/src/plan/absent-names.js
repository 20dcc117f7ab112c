import { inputNamed, inputSetTo, inYaml } from '../diagnosis/input-mention.js';
import { isSameText } from '../provider/conditions.js';
import { groupIdIn } from '../site/update-group.js';
import { firstDifference, skeletonOf } from './look-alikes.js';
import { nearestNames } from './nearest-names.js';
export function absentImage(absent, all) {
    const known = all.map(({ name, packageId: id }) => ({ name, id }));
    return {
        code: 'OS202',
        what: `No image is named "${absent.name}", and none has it as package ID.`,
        ...causeAndNext('image', absent, known),
    };
}
export function absentGroup(absent, all) {
    const known = all.map(({ name, ciId }) => ({ name, id: String(ciId) }));
    const what = `No update group is named "${absent.name}"${groupIdIn(absent.name) === undefined ? '' : ', and none has it as CI_ID'}.`;
    const article = /^KB\s{0,3}([0-9]{1,10})$/i.exec(absent.name)?.[1];
    if (article !== undefined) {
        const near = nearestNames(absent.name, known);
        return {
            code: 'OS204',
            what,
            cause: 'It is the number of an article, and no update group has such a name.',
            next: `Write ${inputSetTo('updates', `KB${article}`)} for the updates of that article; ${inputNamed('update-group')} takes the name or CI_ID of a group.${near.length === 0 ? '' : ` Nearest: ${listed(near)}.`}`,
        };
    }
    return { code: 'OS204', what, ...causeAndNext('update-group', absent, known) };
}
const OUT_OF_SCOPE = 'the object is outside the security scopes of the account that runs the step: what it may not see is simply absent.';
function causeAndNext(input, absent, all) {
    if (all.length === 0) {
        return {
            cause: `The name is misspelt, or ${OUT_OF_SCOPE}`,
            next: 'The account sees none at all. Check its security role and scopes in the console.',
        };
    }
    return (unreplacedVariable(input, absent) ??
        lookAlike(input, absent, all) ??
        unquotedNumber(input, absent, all) ??
        misspelt(input, absent, all));
}
/** A part of a name that Azure Pipelines left as it stands. */
function unreplacedVariable(input, { name }) {
    const variable = /\$\([^()]{1,200}\)/.exec(name)?.[0];
    if (variable === undefined)
        return undefined;
    return {
        cause: `${variable} looks like a variable of the pipeline that was not replaced by its value.`,
        next: `Define the variable, or write the name itself in ${inputNamed(input)}.`,
    };
}
/** A name with a character that only looks like the one of the site. */
function lookAlike(input, { name, line }, all) {
    for (const given of line === undefined ? [name] : [line, name]) {
        const skeleton = skeletonOf(given);
        const alike = all.find((each) => skeletonOf(each.name) === skeleton && !isSameText(each.name, given));
        if (alike === undefined || skeleton === '')
            continue;
        return {
            cause: `"${alike.name}" (${alike.id}) looks the same and is another name: ${firstDifference(given, alike.name)}.`,
            next: `Type the name anew or copy it from the console, or write ${inputSetTo(input, alike.id)}.`,
        };
    }
    return undefined;
}
/** YAML reads 00100012 without quotes as the number 100012, and 2024.10 as 2024.1. */
function unquotedNumber(input, { name }, all) {
    const number = numberIn(name);
    if (number === undefined)
        return undefined;
    const meant = all
        .flatMap((each) => [each.id, each.name])
        .find((text) => text !== name && numberIn(text) === number);
    if (meant === undefined)
        return undefined;
    return {
        cause: `It is the number that ${meant} stands for.${inYaml(' YAML reads what looks like a number as one where it has no quotes.')}`,
        next: `Did you mean "${meant}"?${inYaml(` Put it in quotes: ${inputSetTo(input, `'${meant}'`)}.`)}`,
    };
}
function numberIn(text) {
    return /^[0-9]{1,40}(?:\.[0-9]{1,40})?(?:e\+?[0-9]{1,3})?$/i.test(text) ? Number(text) : undefined;
}
function misspelt(input, { name, line }, all) {
    const ofName = nearestNames(name, all);
    const near = ofName.length > 0 || line === undefined ? ofName : nearestNames(line, all);
    const suggested = near.length === 0
        ? `None of the ${all.length} that the account sees has a name or an ID near to it.`
        : `Nearest of the ${all.length} that the account sees: ${listed(near)}.`;
    return {
        cause: `The name is misspelt, or ${OUT_OF_SCOPE}`,
        next: `Correct the input ${inputNamed(input)}. ${suggested}${severalLinesHint(name)}`,
    };
}
function listed(near) {
    return near.map(({ name, id }) => `"${name}" (${id})`).join(', ');
}
function severalLinesHint(name) {
    return name.includes(',') ? ' In a list of several lines a comma is a part of the name.' : '';
}
//# sourceMappingURL=absent-names.js.map