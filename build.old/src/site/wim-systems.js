import { SaxesParser } from 'saxes';
import { highestVersion, osVersionIn } from './os-version.js';
/** Reads an IMAGE element for each operating system, its index and its version (docs/configmgr.md, "Images"). */
export function readWimSystems(xml) {
    const found = [];
    const open = [];
    let root;
    const parser = new SaxesParser();
    const addText = (text) => {
        if (open.length > DEEPEST_PLACE)
            return;
        const place = open.slice(2).join('/');
        const texts = VERSION_PLACES.has(place) ? found.at(-1)?.texts : undefined;
        texts?.set(place, `${texts.get(place) ?? ''}${text}`);
    };
    parser.on('error', (error) => {
        throw error;
    });
    parser.on('opentag', ({ name, attributes }) => {
        root ??= name.toUpperCase();
        open.push(placeName(name, attributes));
        if (open.length === 2 && open[1] === 'IMAGE')
            found.push({ index: Number(attributeOf(attributes, 'INDEX')), texts: new Map() });
    });
    parser.on('text', addText);
    parser.on('cdata', addText);
    parser.on('closetag', () => {
        open.pop();
    });
    let isWhole = true;
    try {
        parser.write(xml.replace(/^\uFEFF/, '')).close();
    }
    catch {
        isWhole = false;
    }
    const isWim = root === 'WIM';
    return {
        isWhole: isWhole && isWim,
        systems: isWim ? found.map(({ index, texts }) => ({ index, version: versionIn(texts) })) : [],
    };
}
function attributeOf(attributes, wanted) {
    return Object.entries(attributes).find(([name]) => name.toUpperCase() === wanted)?.[1];
}
/** The site names what an element holds in an attribute: `<Property name="OS version">`. */
function placeName(element, attributes) {
    const name = element.toUpperCase();
    return name === 'PROPERTY'
        ? `PROPERTY ${(attributeOf(attributes, 'NAME') ?? '').trim().toUpperCase()}`
        : name;
}
const OF_THE_SITE = 'PROPERTY OS VERSION';
/** As every WIM file describes itself. */
const OF_THE_FILE = {
    major: 'WINDOWS/VERSION/MAJOR',
    minor: 'WINDOWS/VERSION/MINOR',
    build: 'WINDOWS/VERSION/BUILD',
    revision: 'WINDOWS/VERSION/SPBUILD',
};
/** Below WIM and IMAGE. A text that is nested without end must not be put together again and again. */
const DEEPEST_PLACE = 5;
const VERSION_PLACES = new Set([OF_THE_SITE, ...Object.values(OF_THE_FILE)]);
function versionIn(texts) {
    const { major, minor, build, revision } = OF_THE_FILE;
    const numberAt = (place) => texts.get(place)?.trim() ?? '0';
    const ofTheFile = [major, minor, build, revision].map(numberAt).join('.');
    const versions = [texts.get(OF_THE_SITE), ofTheFile].map(osVersionIn);
    return highestVersion(versions.filter((version) => version !== undefined));
}
//# sourceMappingURL=wim-systems.js.map