/** The status of a request whose login was missing or not accepted. */
export const UNAUTHORIZED = 401;
export function isSuccess(answer) {
    return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}
//# sourceMappingURL=http-exchange.js.map