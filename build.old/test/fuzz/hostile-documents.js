import { readEntity, readPage } from '../../src/provider/admin-service/answer-body.js';
import { siteWords } from '../../src/provider/admin-service/answer-diagnosis.js';
import { findClass } from '../../src/provider/admin-service/metadata-document.js';
import { instanceOf } from '../../src/provider/instance.js';
import { indexesOf } from '../../src/site/image-indexes.js';
/** Run by itself with little memory: reads documents of the largest size that are built to take far more. */
const SIZE = 64 * 1024 * 1024;
const fill = (before, piece, after = '') => before + piece.repeat((SIZE - before.length - after.length) / piece.length) + after;
const read = {
    page: readPage,
    entity: readEntity,
    words: siteWords,
    metadata: (text) => findClass(text, 'SMS_X'),
    image: (text) => indexesOf(instanceOf({ ImageProperty: text }), 'SMS_ImagePackage'),
};
const documents = {
    'objects in JSON': () => fill('{"value":[', '{},', '{}]}'),
    'numbers in JSON': () => fill('{"value":[', '0,', '0]}'),
    'nested JSON': () => fill('', '[{"a":', ''),
    'one long text': () => fill('{"value":[{"a":"', '\\\\', '"}]}'),
    'nested XML': () => fill('', '<a>'),
    'attributes of XML': () => fill('<a ', 'b="" ', '/>'),
    'character data': () => fill('<a><![CDATA[', ']', ''),
    'a document type': () => fill('<!DOCTYPE a [', '<'),
    'an instruction': () => fill('<?', 'x?'),
    'open tags': () => fill('', '<script '),
};
for (const [name, make] of Object.entries(documents)) {
    for (const [reader, act] of Object.entries(read)) {
        const begin = performance.now();
        try {
            act(make());
        }
        catch {
            // Refused; that nothing else happens is what is looked at here.
        }
        process.stdout.write(`${reader} of ${name}: ${Math.round(performance.now() - begin)} ms\n`);
    }
}
process.stdout.write('all read\n');
//# sourceMappingURL=hostile-documents.js.map