import {
  edmType,
  type ClassDefinition,
  type MethodDefinition,
  type PropertyDefinition,
} from './class-definitions.js';
import { embeddedMetadata } from './embedded-classes.js';
import { SYSTEM_PROPERTIES } from './entity-text.js';
import { escapeXml } from './site-objects.js';

/**
 * The CSDL document of the route. A real site's has thousands of classes and several megabytes; `extraClasses` adds
 * made-up ones for a client that should be held against that.
 */
export function metadataDocument(classes: Iterable<ClassDefinition>, extraClasses: number): string {
  const all = [...classes, ...Array.from({ length: extraClasses }, (_, at) => madeUpClass(at))];
  const types = all.map((one) => entityType(one) + one.methods.map((method) => action(one, method)).join(''));
  const sets = all.map(
    (one) =>
      `<EntitySet Name="${one.name}" EntityType="AdminService.${one.name}"/>` +
      one.methods
        .filter((method) => method.static)
        .map((method) => `${one.name}.${method.name}`)
        .map((name) => `<ActionImport Name="${name}" Action="AdminService.${name}"/>`)
        .join(''),
  );
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>' +
    '<Schema Namespace="AdminService" xmlns="http://docs.oasis-open.org/odata/ns/edm">' +
    `${types.join('')}<ComplexType Name="__PARAMETERS" OpenType="true"/>${embeddedMetadata()}<EntityContainer Name="Container">${sets.join('')}</EntityContainer>` +
    '</Schema></edmx:DataServices></edmx:Edmx>'
  );
}

function entityType(one: ClassDefinition): string {
  const keys = one.keys.map((key) => `<PropertyRef Name="${key.name}"/>`).join('');
  const system = SYSTEM_PROPERTIES.map((name) => `<Property Name="${name}" Type="${systemType(name)}"/>`);
  return (
    `<EntityType Name="${one.name}"><Key>${keys}</Key>` +
    `${one.properties.map((property) => declare('Property', property, one)).join('')}${system.join('')}</EntityType>`
  );
}

const systemType = (name: (typeof SYSTEM_PROPERTIES)[number]): string =>
  name === '__GENUS' || name === '__PROPERTY_COUNT'
    ? 'Edm.Int32'
    : name === '__DERIVATION' || name === '__LAZYPROPERTIES'
      ? 'Collection(Edm.String)'
      : 'Edm.String';

function declare(
  element: 'Property' | 'Parameter',
  property: PropertyDefinition,
  of: ClassDefinition,
): string {
  const nullable = of.keys.includes(property) ? ' Nullable="false"' : '';
  return `<${element} Name="${escapeXml(property.name)}" Type="${edmType(property)}"${nullable}/>`;
}

function action(of: ClassDefinition, method: MethodDefinition): string {
  const parameters = method.parameters.map((parameter) => declare('Parameter', parameter, of)).join('');
  const inside = method.static
    ? parameters
    : `<Parameter Name="bindingParameter" Type="AdminService.${of.name}"/>${parameters}`;
  const head = method.static ? `Name="${of.name}.${method.name}"` : `Name="${method.name}" IsBound="true"`;
  return `<Action ${head}>${inside}<ReturnType Type="AdminService.__PARAMETERS"/></Action>`;
}

function madeUpClass(at: number): ClassDefinition {
  const property = (name: string, type: PropertyDefinition['type']): PropertyDefinition => ({
    name,
    type,
    array: false,
    lazy: false,
    writable: false,
    required: false,
  });
  const keys = [property('ResourceID', 'UInt32')];
  return {
    name: `SMS_G_System_SIMULATED_${at}`,
    derivation: ['SMS_G_System', 'SMS_BaseClass'],
    properties: [...keys, ...Array.from({ length: 12 }, (_, n) => property(`Value${n}`, 'String'))],
    keys,
    methods: [],
    writable: false,
    keyFromSite: false,
  };
}
