import { DiagnosedError } from '../../diagnosis/diagnosis.js';
import { isHostName } from '../../provider/host-name.js';
import { siteCode } from '../../site/identifiers.js';
import { InputErrors, shown } from '../../parameters/input-errors.js';
import { ALREADY_INSTALLED, IF_SCHEDULED, NOT_REQUIRED_UPDATES, SUPERSEDED_UPDATES, UNSUPPORTED_IMAGES, UNUSABLE_UPDATES, WRITE_ORDERS, } from '../../parameters/input-table.js';
import { Inputs } from '../../parameters/inputs.js';
import { readConnection } from '../../parameters/read-connection.js';
import { readStart } from './read-start.js';
import { readExcludedUpdates, readUpdateReferences } from './read-update-references.js';
/**
 * Turns texts into a typed request, or throws a DiagnosedError with everything that is wrong.
 * Reads the CA certificate file, to say at once when it is none. `foundBefore` is what the host found wrong itself.
 */
export function readInputs(texts, host, foundBefore = []) {
    const errors = new InputErrors(foundBefore);
    const inputs = new Inputs(texts, host, errors);
    const code = readSiteCode(inputs);
    const connection = readConnection(inputs, code);
    const server = readSiteServer(inputs);
    const [image, ...otherImages] = readImages(inputs);
    const updateGroups = inputs.names('update-group');
    const updates = readUpdateReferences(inputs, updateGroups.length > 0);
    const excludeUpdates = readExcludedUpdates(inputs);
    const updateDistributionPoints = inputs.boolean('update-distribution-points');
    const start = readStart(inputs);
    const continueOnUpdateError = inputs.boolean('continue-on-update-error');
    const removeSupersededUpdates = inputs.boolean('remove-superseded-updates');
    const unusableUpdates = inputs.choice('unusable-updates', UNUSABLE_UPDATES);
    const alreadyInstalled = inputs.choice('already-installed', ALREADY_INSTALLED);
    const supersededUpdates = inputs.choice('superseded-updates', SUPERSEDED_UPDATES);
    const notRequiredUpdates = inputs.choice('not-required-updates', NOT_REQUIRED_UPDATES);
    const unsupportedImages = inputs.choice('unsupported-images', UNSUPPORTED_IMAGES);
    const ifScheduled = inputs.choice('if-scheduled', IF_SCHEDULED);
    const writeOrder = inputs.choice('write-order', WRITE_ORDERS);
    const dryRun = inputs.boolean('dry-run');
    const [first, ...others] = errors.all;
    if (first !== undefined)
        throw new DiagnosedError(first, ...others);
    return {
        connection: certain(connection),
        servicing: {
            siteCode: code,
            siteServer: server,
            images: [certain(image), ...otherImages],
            updateGroups,
            updates,
            excludeUpdates,
            updateDistributionPoints: certain(updateDistributionPoints),
            start: certain(start),
            continueOnUpdateError: certain(continueOnUpdateError),
            removeSupersededUpdates: certain(removeSupersededUpdates),
            unusableUpdates: certain(unusableUpdates),
            alreadyInstalled: certain(alreadyInstalled),
            supersededUpdates: certain(supersededUpdates),
            notRequiredUpdates: certain(notRequiredUpdates),
            unsupportedImages: certain(unsupportedImages),
            ifScheduled: certain(ifScheduled),
            writeOrder: certain(writeOrder),
            dryRun: certain(dryRun),
        },
    };
}
/** A value whose absence would have been an input error before. */
function certain(value) {
    if (value === undefined)
        throw new TypeError('An input is missing that no input error was given for.');
    return value;
}
function readImages(inputs) {
    const images = inputs.names('image');
    if (images.length === 0 && !inputs.isChosen('image'))
        inputs.missing('image', '');
    return images;
}
function readSiteCode(inputs) {
    const given = inputs.text('site-code');
    if (given === undefined)
        return undefined;
    return (siteCode(given) ??
        inputs.errors.add('OS106', `${inputs.spell('site-code')} is ${shown(given)}, and a site code has three letters or digits.`, `Write the code that the console shows beside the name of the site${unquotedCode(inputs, given) ?? inputs.example('site-code')}.`));
}
/** YAML reads 001 as the number 1, and 1E5 as 100000. */
function unquotedCode(inputs, given) {
    const isNumber = /^[0-9]+$/.test(given) || /^[0-9.]+e\+?[0-9]+$/i.test(given);
    if (inputs.host.writtenIn !== 'yaml' || !isNumber)
        return undefined;
    const example = given.length < 3 ? given.padStart(3, '0') : '1E5';
    return `, in quotes where it looks like a number: ${inputs.assign('site-code', `'${example}'`)}`;
}
function readSiteServer(inputs) {
    const given = inputs.text('site-server');
    if (given === undefined)
        return undefined;
    if (isHostName(given) && given.includes('.'))
        return given;
    return inputs.errors.add('OS106', `${inputs.spell('site-server')} is ${shown(given)}, which is no fully qualified name.`, `Write the FQDN of the site server${inputs.example('site-server')}.`);
}
//# sourceMappingURL=read-inputs.js.map