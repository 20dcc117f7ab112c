import { cutAnswer, emptyAnswer, errorAnswer, httpErrorAnswer, innerErrorAnswer, serverPage, } from './answer.js';
import { invokeOnInstance, invokeStatic } from './invoke-methods.js';
import { metadataDocument } from './metadata-document.js';
import { notFound, ODataError } from './odata-error.js';
import { LONGEST_SEGMENT, parseListOptions, parseTarget, } from './odata-request.js';
import { FilterTooLong, listObjects, readObject } from './read-objects.js';
import { createObject, deleteObject, updateObject } from './write-objects.js';
/** Takes the URL of a request apart; nothing is decoded yet. */
export function parseUrl(url) {
    const cut = url.indexOf('?');
    const path = cut < 0 ? url : url.slice(0, cut);
    const [empty, first, ...segments] = path.split('/');
    const route = empty === '' && first !== undefined ? ROUTES.get(first.toLowerCase()) : undefined;
    return { path, route, segments, query: cut < 0 ? '' : url.slice(cut + 1) };
}
/** http.sys compares the beginning of a path without regard to case. */
const ROUTES = new Map(['AdminService', 'AdminService_TokenAuth'].map((route) => [route.toLowerCase(), route]));
/** The class and the method that a URL names, for records and faults; empty where it names none. */
export function nameTarget(url) {
    try {
        const target = parseTarget(url.segments.slice(1));
        if (target.kind === 'metadata') {
            return { className: '$metadata' };
        }
        return 'method' in target
            ? { className: target.className, methodName: target.method }
            : { className: target.className };
    }
    catch {
        return {};
    }
}
/** What http.sys refuses by itself; undefined where it lets the request through. */
export function refuseUrl(url) {
    const { path } = parseUrl(url);
    // Everything but visible ASCII has to be percent-encoded.
    return path.split('/').some((segment) => segment.length > LONGEST_SEGMENT) || !/^[\x21-\x7e]*$/u.test(url)
        ? serverPage(400, 'Bad Request - Invalid URL', 'The request URL is invalid.')
        : undefined;
}
/** The service behind the login. Its errors are answers too: this never throws for what a client sent. */
export function answerRequest(options, request) {
    const url = parseUrl(request.url);
    if (url.route === undefined) {
        return serverPage(404, 'Not Found', 'The requested resource is not found.');
    }
    try {
        if (url.segments[0] !== 'wmi') {
            throw notFound('No HTTP resource was found that matches the request URI.');
        }
        return answerTarget(options, request, url, parseTarget(url.segments.slice(1)));
    }
    catch (error) {
        if (error instanceof FilterTooLong && options.manners.includes('long-filter-cut')) {
            return cutAnswer;
        }
        if (error instanceof ODataError) {
            return errorForm(options.manners)(error.status, error.message);
        }
        throw error;
    }
}
function errorForm(manners) {
    if (manners.includes('inner-errors')) {
        return innerErrorAnswer;
    }
    return manners.includes('http-errors') ? httpErrorAnswer : errorAnswer;
}
function answerTarget(options, request, url, target) {
    if (target.kind === 'metadata') {
        return request.method === 'GET'
            ? {
                status: 200,
                contentType: 'application/xml; charset=utf-8',
                body: [metadataDocument(options.state.classes.values(), options.extraClasses)],
                rows: 0,
            }
            : methodNotAllowed(request);
    }
    const of = classOf(options.state, target.className);
    const context = { ...options, serviceUrl: `${options.origin}/${url.route ?? ''}` };
    switch (target.kind) {
        case 'class':
            switch (request.method) {
                case 'GET':
                    return listObjects(context, of, parseListOptions(url.query));
                case 'POST':
                    return withBody(request, (body) => createObject(context, of, body));
                default:
                    return methodNotAllowed(request);
            }
        case 'object':
            return answerObject(context, of, request, target.key, url.query);
        case 'static-method':
            return request.method === 'POST'
                ? withBody(request, (body) => invokeStatic(context, of, target.method, body))
                : methodNotAllowed(request);
        case 'instance-method':
            return request.method === 'POST'
                ? withBody(request, (body) => invokeOnInstance(context, of, target.key, target.method, body))
                : methodNotAllowed(request);
    }
}
function answerObject(context, of, request, key, query) {
    switch (request.method) {
        case 'GET':
            return readObject(context, of, key, parseListOptions(query));
        case 'PUT':
            return withBody(request, (body) => updateObject(context, of, key, body));
        case 'DELETE':
            return deleteObject(context, of, key);
        default:
            return methodNotAllowed(request);
    }
}
function classOf(state, name) {
    const found = state.classNamed(name);
    if (found === undefined) {
        throw notFound('No HTTP resource was found that matches the request URI.');
    }
    return found;
}
/** PATCH among others: nobody recorded that it works. */
const methodNotAllowed = (request) => errorAnswer(405, `The requested resource does not support http method '${request.method}'.`);
/** A method without parameters needs `{}`: no body at all is a 411 even then. */
function withBody(request, act) {
    if (request.body === undefined) {
        return serverPage(411, 'Length Required', 'The request must be chunked or have a content length.');
    }
    return /^application\/json\s*(?:;|$)/iu.test(request.contentType ?? '')
        ? act(request.body)
        : errorAnswer(415, 'The request entity has a media type that this resource does not support.');
}
/** Every request needs its own login: that of an earlier one on the same connection does not count. */
export const unauthorized = (offered = ['Negotiate']) => ({
    ...emptyAnswer(401),
    headers: { 'WWW-Authenticate': [...offered] },
});
//# sourceMappingURL=admin-service.js.map