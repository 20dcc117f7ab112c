import { jsonAnswer } from './answer.js';
import { isoSeconds } from './clock.js';
import { accessDenied, notFound, ODataError, shown } from './odata-error.js';
import { noObject, resolveKey } from './read-objects.js';
import { parseBody, readValues } from './request-body.js';
import { readScheduleString } from './schedule-token.js';
export function invokeStatic(context, of, methodName, text) {
    const method = findMethod(of, methodName, true);
    const values = readParameters(context, of, method, text);
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
export function invokeOnInstance(context, of, keyText, methodName, text) {
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
function findMethod(of, name, isStatic) {
    const method = of.methods.find((one) => one.name === name && one.static === isStatic);
    if (method === undefined) {
        throw notFound('No HTTP resource was found that matches the request URI.');
    }
    return method;
}
function readParameters(context, of, method, text) {
    if (!context.state.accountMay('invoke', of.name)) {
        throw accessDenied();
    }
    const body = parseBody(text);
    if (method.parameters.some((parameter) => parameter.array && typeof parameter.type !== 'string')) {
        // The service's reader fails on an array of embedded objects, however well it is written.
        throw new ODataError(500, `An error occurred while reading the parameter '${method.parameters[0]?.name ?? ''}' of '${method.name}'.`);
    }
    return readValues(`${of.name}.${method.name}`, method.parameters, body);
}
function outParameters(context, values, ReturnValue = 0) {
    const head = { '@odata.context': `${context.serviceUrl}/wmi/$metadata#__PARAMETERS` };
    const told = ReturnValue === 0 && context.manners.includes('null-results') ? null : ReturnValue;
    return jsonAnswer(201, [JSON.stringify({ ...head, ...values, ReturnValue: told })], 0);
}
const PACKAGE_CLASSES = {
    257: 'SMS_ImagePackage',
    259: 'SMS_OperatingSystemInstallPackage',
};
/** Refuses a server that is not the one of the site, and a site that is not the source site of the package. */
function runOfflineServicingManager(context, values) {
    const { state } = context;
    const text = (name) => {
        const value = values[name];
        return typeof value === 'string' ? value : '';
    };
    const site = state.object('SMS_Site', { SiteCode: text('SiteCode') });
    const server = site?.['ServerName'];
    if (typeof server !== 'string' || server.toLowerCase() !== text('ServerName').toLowerCase()) {
        throw notFound(`The site server '${text('ServerName')}' of the site '${text('SiteCode')}' was not found.`);
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
function readFromString(context, values) {
    const text = values['StringData'];
    const tokens = typeof text === 'string' ? readScheduleString(text) : undefined;
    if (tokens === undefined) {
        throw notFound(`The schedule string '${shown(text)}' cannot be read.`);
    }
    return outParameters(context, { TokenData: tokens.map(embeddedToken) });
}
function embeddedToken(token) {
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
function recurrenceOf(token) {
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
//# sourceMappingURL=invoke-methods.js.map