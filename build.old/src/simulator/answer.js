const JSON_TYPE = 'application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8';
export const jsonAnswer = (status, body, rows) => ({
    status,
    contentType: JSON_TYPE,
    body,
    rows,
});
export const emptyAnswer = (status) => ({ status, body: [], rows: 0 });
/** The service's own error body; its code repeats the status as a text. */
export const cutAnswer = { status: 0, body: [], rows: 0, isCut: true };
/** The same reason in another form; see the manners of a service. */
export const innerErrorAnswer = (status, message) => jsonAnswer(status, [
    JSON.stringify({
        error: {
            code: '',
            message: 'An error has occurred.',
            innererror: {
                message: 'Exception of type WqlQueryException was thrown.',
                type: 'Microsoft.ConfigurationManagement.WqlQueryException',
                stacktrace: '   at AdminService.Provider.Query()',
                internalexception: { message, type: 'System.Management.ManagementException', stacktrace: '' },
            },
        },
    }),
], 0);
export const httpErrorAnswer = (status, message) => jsonAnswer(status, [
    JSON.stringify({
        Message: 'An error has occurred.',
        ExceptionMessage: message,
        ExceptionType: 'System.Management.ManagementException',
        StackTrace: '   at AdminService.Provider.Query()',
    }),
], 0);
export const errorAnswer = (status, message) => jsonAnswer(status, [JSON.stringify({ error: { code: String(status), message } })], 0);
/** What http.sys itself answers, before the service sees anything: a page, not JSON. */
export const serverPage = (status, title, why) => ({
    status,
    contentType: 'text/html; charset=us-ascii',
    body: [
        `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD>` +
            `<TITLE>${title}</TITLE></HEAD>\r\n<BODY><h2>${title}</h2>\r\n<hr><p>HTTP Error ${status}. ${why}</p>\r\n` +
            '</BODY></HTML>\r\n',
    ],
    rows: 0,
});
/** http.sys, while no service is there to hand the request to. */
export const unavailable = () => serverPage(503, 'Service Unavailable', 'The service is unavailable.');
//# sourceMappingURL=answer.js.map