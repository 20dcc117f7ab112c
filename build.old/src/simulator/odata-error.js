/** A request that is answered with an error body: `{"error":{"code":…,"message":…}}`. */
export class ODataError extends Error {
    name = 'ODataError';
    status;
    constructor(status, message) {
        super(message);
        this.status = status;
    }
}
/** A value as a message shows it. */
export const shown = (value) => typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value);
/** Nearly everything that goes wrong on this route is a 404, and only the message tells what it was. */
export const notFound = (message) => new ODataError(404, message);
/** Recorded for missing rights: a 404 with this very text, not a 403. */
export const ACCESS_DENIED = 'Access denied  WMI QUERY: ';
export const accessDenied = () => notFound(ACCESS_DENIED);
//# sourceMappingURL=odata-error.js.map