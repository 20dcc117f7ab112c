import { jsonAnswer, type Answer } from './answer.js';
import type { ClassDefinition, MethodDefinition, Properties } from './class-definitions.js';
import { isoSeconds, type SimulatorClock } from './clock.js';
import type { Manner } from './manners.js';
import { accessDenied, notFound, ODataError, shown } from './odata-error.js';
import type { KeyText } from './odata-request.js';
import { noObject, resolveKey } from './read-objects.js';
import { parseBody, readValues } from './request-body.js';
import { readScheduleString, type ScheduleToken } from './schedule-token.js';
import type { WriteContext } from './write-objects.js';

export interface InvokeContext extends WriteContext {
  readonly clock: SimulatorClock;
  readonly manners: readonly Manner[];
}

export function invokeStatic(
  context: InvokeContext,
  of: ClassDefinition,
  methodName: string,
  text: string,
): Answer {
  return invokeWith(context, of, methodName, (method) => readParameters(context, of, method, text));
}

/** The same with arguments that came in another way than a body. */
export function invokeWith(
  context: InvokeContext,
  of: ClassDefinition,
  methodName: string,
  read: (method: MethodDefinition) => Properties,
): Answer {
  const method = findMethod(of, methodName, true);
  const values = read(method);
  if (method.result !== 0) {
    return outParameters(context, {}, method.result);
  }
  switch (`${of.name}.${methodName}`) {
    case 'SMS_ImagePackage.RunOfflineServicingManager':
      return runOfflineServicingManager(context, values);
    case 'SMS_ScheduleMethods.ReadFromString':
      return readFromString(context, values);
    default:
      throw notFound(`The method '${of.name}.${methodName}' is not simulated.`);
  }
}

export function invokeOnInstance(
  context: InvokeContext,
  of: ClassDefinition,
  keyText: KeyText,
  methodName: string,
  text: string,
): Answer {
  const method = findMethod(of, methodName, false);
  readParameters(context, of, method, text);
  const found = context.state.accountObject(of.name, resolveKey(of, keyText));
  if (found === undefined) {
    throw noObject(of);
  }
  if (method.result !== 0) {
    return outParameters(context, {}, method.result);
  }
  if (methodName === 'RefreshPkgSource') {
    context.state.change(of.name, found, {
      SourceVersion: Number(found['SourceVersion']) + 1,
      SourceDate: isoSeconds(context.clock.now()),
    });
  }
  return outParameters(context, {});
}

function findMethod(of: ClassDefinition, name: string, isStatic: boolean): MethodDefinition {
  const method = of.methods.find((one) => one.name === name && one.static === isStatic);
  if (method === undefined) {
    throw notFound('No HTTP resource was found that matches the request URI.');
  }
  return method;
}

function readParameters(
  context: InvokeContext,
  of: ClassDefinition,
  method: MethodDefinition,
  text: string,
): Properties {
  if (!context.state.accountMay('invoke', of.name)) {
    throw accessDenied();
  }
  const body = parseBody(text);
  if (method.parameters.some((parameter) => parameter.array && typeof parameter.type !== 'string')) {
    // The service's reader fails on an array of embedded objects, however well it is written.
    throw new ODataError(
      500,
      `An error occurred while reading the parameter '${method.parameters[0]?.name ?? ''}' of '${method.name}'.`,
    );
  }
  return readValues(`${of.name}.${method.name}`, method.parameters, body);
}

function outParameters(
  context: InvokeContext,
  values: Readonly<Record<string, unknown>>,
  ReturnValue = 0,
): Answer {
  const head = { '@odata.context': `${context.serviceUrl}/wmi/$metadata#__PARAMETERS` };
  const told = ReturnValue === 0 && context.manners.includes('null-results') ? null : ReturnValue;
  return jsonAnswer(201, [JSON.stringify({ ...head, ...values, ReturnValue: told })], 0);
}

const PACKAGE_CLASSES: Readonly<Record<number, string>> = {
  257: 'SMS_ImagePackage',
  259: 'SMS_OperatingSystemInstallPackage',
};

/** Refuses a server that is not the one of the site, and a site that is not the source site of the package. */
function runOfflineServicingManager(context: InvokeContext, values: Properties): Answer {
  const { state } = context;
  const text = (name: string): string => {
    const value = values[name];
    return typeof value === 'string' ? value : '';
  };
  const site = state.object('SMS_Site', { SiteCode: text('SiteCode') });
  const server = site?.['ServerName'];
  if (typeof server !== 'string' || server.toLowerCase() !== text('ServerName').toLowerCase()) {
    throw notFound(
      `The site server '${text('ServerName')}' of the site '${text('SiteCode')}' was not found.`,
    );
  }
  const type = values['PackageType'];
  const classes = typeof type === 'number' ? [PACKAGE_CLASSES[type] ?? ''] : Object.values(PACKAGE_CLASSES);
  const found = classes
    .filter((className) => className !== '')
    .map((className) => state.accountObject(className, { PackageID: text('PackageID') }))
    .find((one) => one !== undefined);
  if (found === undefined) {
    throw notFound(`The package '${text('PackageID')}' of the type ${shown(type)} was not found.`);
  }
  if (found['SourceSite'] !== site?.['SiteCode']) {
    throw notFound(`The site '${text('SiteCode')}' is not the source site of '${text('PackageID')}'.`);
  }
  context.component.betweenWrites();
  context.component.wake();
  return outParameters(context, {});
}

function readFromString(context: InvokeContext, values: Properties): Answer {
  const text = values['StringData'];
  const tokens = typeof text === 'string' ? readScheduleString(text) : undefined;
  if (tokens === undefined) {
    throw notFound(`The schedule string '${shown(text)}' cannot be read.`);
  }
  return outParameters(context, { TokenData: tokens.map(embeddedToken) });
}

function embeddedToken(token: ScheduleToken): Readonly<Record<string, unknown>> {
  const { year, month, day, hour, minute } = token.start;
  const { className, own } = recurrenceOf(token);
  return {
    '@odata.type': `#AdminService.${className}`,
    DayDuration: token.duration.days,
    HourDuration: token.duration.hours,
    IsGMT: token.utc,
    MinuteDuration: token.duration.minutes,
    StartTime: isoSeconds(Date.UTC(year, month - 1, day, hour, minute)),
    ...own,
  };
}

function recurrenceOf(token: ScheduleToken): {
  readonly className: string;
  readonly own: Readonly<Record<string, number>>;
} {
  const it = token.recurrence;
  switch (it.kind) {
    case 'once':
      return { className: 'SMS_ST_NonRecurring', own: {} };
    case 'interval':
      return {
        className: 'SMS_ST_RecurInterval',
        own: { DaySpan: it.days, HourSpan: it.hours, MinuteSpan: it.minutes },
      };
    case 'weekly':
      return {
        className: 'SMS_ST_RecurWeekly',
        own: { Day: it.weekday, ForNumberOfWeeks: it.everyWeeks },
      };
    case 'monthly-by-weekday':
      return {
        className: 'SMS_ST_RecurMonthlyByWeekday',
        own: { Day: it.weekday, ForNumberOfMonths: it.everyMonths, WeekOrder: it.weekOrder },
      };
    case 'monthly-by-date':
      return {
        className: 'SMS_ST_RecurMonthlyByDate',
        own: { MonthDay: it.day, ForNumberOfMonths: it.everyMonths },
      };
  }
}
