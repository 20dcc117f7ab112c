import { fileIdentity, hostText, relationOf } from '../site/file-identity.js';
/**
 * Serviced at once, two packages with one file would each write back what the other has not seen. An image can also be
 * the very file that lies in the folder of an upgrade package.
 */
export function sharedFiles(images) {
    const located = images.flatMap((image) => image.sourcePath === undefined
        ? []
        : [{ image, path: image.sourcePath, file: fileIdentity(image.sourcePath) }]);
    return groupsOf(located)
        .filter((group) => group.length > 1)
        .map(diagnose);
}
/** Those that share a file with one of a group belong to it. */
function groupsOf(located) {
    let groups = [];
    for (const each of located) {
        const touching = groups.filter((group) => group.some((other) => isShared(each, other)));
        groups = [...groups.filter((group) => !touching.includes(group)), [...touching.flat(), each]];
    }
    return groups;
}
function isShared(one, other) {
    return relationBetween(one, other) !== 'different';
}
function relationBetween({ file: one }, { file: other }) {
    const there = relationOf(one, other);
    return there === 'different' ? relationOf(other, one) : there;
}
function diagnose(group) {
    const ids = group.map(({ image }) => image.packageId).join(' and ');
    const paths = [...new Set(group.map(({ path }) => path))].join(' and ');
    const hosts = [...new Set(group.map(({ file }) => hostText(file)))];
    const isCertain = group.every((one) => group.every((other) => one === other || relationBetween(one, other) === 'same' || hosts.length === 1));
    return isCertain
        ? {
            code: 'OS214',
            what: `Images ${ids} are one and the same file: ${paths}.`,
            cause: 'Servicing writes the file back to its source path, so that each of them would overwrite the other.',
            next: 'Name one of them only; the site has to refresh the other one afterwards.',
        }
        : {
            code: 'OS214',
            what: `Images ${ids} are one and the same file if ${hosts.join(' and ')} are names of one server: ${paths}.`,
            cause: 'The paths differ only in the length of the server name. Servicing writes the file back to its source path, so that each of them would overwrite the other.',
            next: 'Name one of them only, or schedule them in runs that do not overlap. If the servers are different ones, write both paths with the full name of their server.',
        };
}
//# sourceMappingURL=shared-files.js.map