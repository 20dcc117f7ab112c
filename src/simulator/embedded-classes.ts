import { edmType, type CimType, type PropertyDefinition } from './class-definitions.js';

/** A class whose objects are values of properties. */
export interface EmbeddedClass {
  readonly name: string;
  /** Its properties are those of the base class too. */
  readonly base: string | undefined;
  readonly abstract: boolean;
  readonly properties: readonly PropertyDefinition[];
}

const embedded = (
  name: string,
  types: Readonly<Record<string, CimType>>,
  more: { readonly base?: string; readonly abstract?: boolean } = {},
): EmbeddedClass => ({
  name,
  base: more.base,
  abstract: more.abstract ?? false,
  properties: Object.entries(types).map(([property, type]) => ({
    name: property,
    type,
    array: false,
    lazy: false,
    writable: true,
    required: false,
  })),
});

const TOKEN = { base: 'SMS_ScheduleToken' };

const CLASSES: readonly EmbeddedClass[] = [
  embedded('SMS_CI_LocalizedProperties', {
    DisplayName: 'String',
    Description: 'String',
    InformativeURL: 'String',
    LocaleID: 'UInt32',
  }),
  embedded(
    'SMS_ScheduleToken',
    {
      StartTime: 'DateTime',
      DayDuration: 'UInt32',
      HourDuration: 'UInt32',
      MinuteDuration: 'UInt32',
      IsGMT: 'Boolean',
    },
    { abstract: true },
  ),
  embedded('SMS_ST_NonRecurring', {}, TOKEN),
  embedded('SMS_ST_RecurInterval', { DaySpan: 'UInt32', HourSpan: 'UInt32', MinuteSpan: 'UInt32' }, TOKEN),
  embedded('SMS_ST_RecurWeekly', { Day: 'UInt32', ForNumberOfWeeks: 'UInt32' }, TOKEN),
  embedded(
    'SMS_ST_RecurMonthlyByWeekday',
    { Day: 'UInt32', ForNumberOfMonths: 'UInt32', WeekOrder: 'UInt32' },
    TOKEN,
  ),
  embedded('SMS_ST_RecurMonthlyByDate', { MonthDay: 'UInt32', ForNumberOfMonths: 'UInt32' }, TOKEN),
];

/** Undefined for a class that cannot be the value of a property declared with `declared`. */
export function classOfEmbedded(declared: string, named: string | undefined): EmbeddedClass | undefined {
  const found = CLASSES.find(({ name }) => name === (named ?? declared));
  if (found === undefined || found.abstract) return undefined;
  return found.name === declared || found.base === declared ? found : undefined;
}

/** Those of the base class first. */
export function propertiesOfEmbedded(of: EmbeddedClass): readonly PropertyDefinition[] {
  const base = CLASSES.find(({ name }) => name === of.base);
  return [...(base?.properties ?? []), ...of.properties];
}

/** The class that an embedded object names itself; undefined where it is the declared one. */
export function ownClassIn(object: Readonly<Record<string, unknown>>): string | undefined {
  const type = object['@odata.type'];
  return typeof type === 'string' ? type.replace(/^#AdminService\./, '') : undefined;
}

/** The classes as `$metadata` declares them. */
export function embeddedMetadata(): string {
  return CLASSES.map(({ name, base, abstract, properties }) => {
    const parent = base === undefined ? '' : ` BaseType="AdminService.${base}"`;
    const inside = properties.map((one) => `<Property Name="${one.name}" Type="${edmType(one)}"/>`).join('');
    const head = `<ComplexType Name="${name}"${parent}${abstract ? ' Abstract="true"' : ''}`;
    return inside === '' ? `${head}/>` : `${head}>${inside}</ComplexType>`;
  }).join('');
}
