import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { siteWords } from '../../src/provider/admin-service/answer-diagnosis.js';
const GENERAL = 'An error has occurred.';
suite('the words of an error', () => {
    const bodies = [
        ['OData', { error: { code: '404', message: 'Access denied' } }, 'Access denied'],
        [
            'an inner error',
            { error: { code: '', message: GENERAL, innererror: { message: 'Quota violation', type: 'x' } } },
            'Quota violation',
        ],
        [
            'an inner error of an inner error',
            {
                error: {
                    message: 'The query failed.',
                    innererror: {
                        message: 'y',
                        internalexception: { message: 'Invalid object name', stacktrace: 'at z' },
                    },
                },
            },
            'The query failed. Invalid object name',
        ],
        ['ASP.NET', { Message: GENERAL, ExceptionMessage: 'Not found', StackTrace: 'at z' }, 'Not found'],
        [
            'ASP.NET with exceptions inside',
            {
                Message: GENERAL,
                ExceptionMessage: 'Generic failure',
                InnerException: { Message: GENERAL, ExceptionMessage: 'SQL timed out' },
            },
            'Generic failure SQL timed out',
        ],
        ['ASP.NET in another case', { message: GENERAL, exceptionMessage: 'Not found' }, 'Not found'],
        [
            'ASP.NET with a detail',
            { Message: 'No HTTP resource was found.', MessageDetail: 'No type' },
            'No type',
        ],
        ['OData 3', { 'odata.error': { code: '', message: { lang: 'en', value: 'Wrong' } } }, 'Wrong'],
        ['nothing but a general word', { error: { message: GENERAL } }, GENERAL],
        ['an inner error without words', { error: { message: GENERAL, innererror: { type: 'x' } } }, GENERAL],
    ];
    for (const [name, body, words] of bodies) {
        test(`of ${name} are those that tell the reason`, () => {
            assert.equal(siteWords(JSON.stringify(body)), words);
        });
    }
    test('of what is no error are the text itself', () => {
        assert.equal(siteWords('<h2>Not Found</h2>'), 'Not Found');
        assert.equal(siteWords('{"other":1}'), '{"other":1}');
    });
});
//# sourceMappingURL=error-words.test.js.map