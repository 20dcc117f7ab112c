/** How a service can differ from the recorded one and still be an OData service. Each was met, or OData allows it. */
export const MANNERS = {
    'changing-order': 'rows come in another order each time, unless $orderby has the whole key',
    'key-in-select': 'a $select without the whole key gives one row',
    'bare-objects': 'a read by key gives the object itself, not a list of one',
    'short-next-links': 'the link to the next page is called @nextLink',
    'repeated-next-link': 'the link to the next page leads to the same page, for ever',
    'null-results': 'a method that succeeded returns null',
    'inner-errors': 'the reason of an error is in its innererror',
    'http-errors': 'an error has the form of a service that is not OData: Message, ExceptionMessage',
    'long-filter-500': 'a filter over --longest-filter is answered 500',
    'long-filter-cut': 'a filter over --longest-filter ends the connection',
};
/** Undefined where there is no manner of that name. */
export function mannerNamed(name) {
    return Object.keys(MANNERS).find((one) => one === name);
}
//# sourceMappingURL=manners.js.map