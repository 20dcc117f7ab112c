import { defaultOf, } from './class-definitions.js';
import { shown } from './odata-error.js';
import { propertyNamed } from './odata-filter.js';
/** Every object of the service declares these; the documentation counts thirteen and names only some of them. */
export const SYSTEM_PROPERTIES = [
    '__GENUS',
    '__CLASS',
    '__SUPERCLASS',
    '__DYNASTY',
    '__RELPATH',
    '__PROPERTY_COUNT',
    '__DERIVATION',
    '__SERVER',
    '__NAMESPACE',
    '__PATH',
    '__LAZYPROPERTIES',
    '__QUALIFIER_SECURITYVERBS',
];
const isSystemProperty = (name) => SYSTEM_PROPERTIES.some((known) => known === name);
/**
 * Makes the function that writes the inside of an object of the class: `"Name":value,…` without the braces.
 * @throws ODataError 404 for an unknown name in `select`
 */
export function entityWriter(of, form) {
    const write = (definition) => {
        const label = `${JSON.stringify(definition.name)}:`;
        if (definition.lazy && !form.lazyFilled) {
            return () => `${label}null`;
        }
        const fallback = JSON.stringify(defaultOf(definition));
        const { name } = definition;
        return definition.lazy
            ? (row) => label + JSON.stringify(lazyValue(row, name) ?? defaultOf(definition))
            : (row) => {
                const value = row[name];
                return label + (value === undefined ? fallback : JSON.stringify(value));
            };
    };
    if (form.select !== undefined) {
        const fields = form.select.map((name) => isSystemProperty(name)
            ? () => `"${name}":${JSON.stringify(systemValues(of, form)[name] ?? null)}`
            : write(propertyNamed(of, name)));
        return (row) => fields.map((field) => field(row)).join(',');
    }
    const system = systemValues(of, form);
    const text = (name) => `"${name}":${JSON.stringify(system[name])}`;
    const head = `${text('__LAZYPROPERTIES')},${text('__QUALIFIER_SECURITYVERBS')}`;
    const tail = [
        '__GENUS',
        '__CLASS',
        '__SUPERCLASS',
        '__PROPERTY_COUNT',
        '__DERIVATION',
        '__NAMESPACE',
    ];
    const end = tail.map(text).join(',');
    const fields = of.properties.map(write);
    return (row) => `"@odata.etag":${JSON.stringify(etag(of, row))},${head},${fields.map((field) => field(row)).join(',')},${end}`;
}
function systemValues(of, form) {
    return {
        __LAZYPROPERTIES: [
            ...of.properties.filter((one) => one.lazy).map((one) => one.name),
            '__QUALIFIER_SECURITYVERBS',
        ],
        __QUALIFIER_SECURITYVERBS: null,
        __GENUS: 2,
        __CLASS: of.name,
        __SUPERCLASS: of.derivation[0],
        __PROPERTY_COUNT: of.properties.length,
        __DERIVATION: of.derivation,
        __NAMESPACE: `root\\sms\\site_${form.siteCode}`,
    };
}
/** The values of the key, joined: it carries no version. */
const etag = (of, row) => of.keys.map((key) => shown(row[key.name])).join(';');
/** An update's localized texts follow from its name; they are not kept for each of a hundred thousand. */
export function lazyValue(row, name) {
    const value = row[name];
    if (name !== 'LocalizedInformation' || (value !== null && value !== undefined)) {
        return value;
    }
    const text = (property) => {
        const found = row[property];
        return typeof found === 'string' ? found : '';
    };
    return [
        {
            DisplayName: text('LocalizedDisplayName'),
            Description: text('LocalizedDescription'),
            InformativeURL: `https://support.example/help/${text('ArticleID')}`,
            LocaleID: 1033,
        },
    ];
}
//# sourceMappingURL=entity-text.js.map