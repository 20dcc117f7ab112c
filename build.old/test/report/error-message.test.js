import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { errorMessage } from '../../src/report/error-message.js';
import { neutralText } from '../../src/report/neutral-text.js';
const OF_AN_IMAGE = {
    code: 'OS207',
    what: `20 of the updates for image "Windows" cannot be used: ${Array.from({ length: 20 }, (_, place) => `KB50344${place}, CI_ID ${16_778_000 + place} (content not downloaded)`).join('; ')}.`,
    cause: 'Content must be downloaded.',
    next: 'Download the content.',
};
suite('the message of an error', () => {
    test('has everything, and no line of its own for the log, where there is room', () => {
        const { title, message, wholeLines } = errorMessage([OF_AN_IMAGE], neutralText, '');
        assert.equal(title, 'OS207 Update content is not downloaded, or an update cannot be read');
        assert.match(message, /^OS207: 20 of [^]*\n {2}Probable cause: [^]*\n {2}What to do: [^]*#os207--/);
        assert.deepEqual(wholeLines, []);
        assert.match(errorMessage([OF_AN_IMAGE], neutralText, 'Error ').message, /^Error OS207: 20 of /);
    });
    test('that is too long is cut at a line, says where the rest is, and the log has all of it', () => {
        const errors = Array.from({ length: 12 }, () => OF_AN_IMAGE);
        const { title, message, wholeLines } = errorMessage(errors, neutralText, '');
        assert.match(title, /, and 11 more$/);
        assert.ok(message.length <= 4_000, `${message.length}`);
        assert.ok(message.length > 2_500, `${message.length}`);
        const lines = message.split('\n');
        assert.match(lines.at(-1) ?? '', /The log of this step has all of it/);
        assert.equal(wholeLines.length, 48);
        assert.deepEqual(lines.slice(0, -1), wholeLines.slice(0, lines.length - 1));
    });
    test('of one endless line is cut between two updates, and still says what to do', () => {
        const what = `Cannot be used: ${Array.from({ length: 3_000 }, (_, place) => `KB${place}, CI_ID ${16_778_000 + place} (x)`).join('; ')}`;
        const { message, wholeLines } = errorMessage([{ ...OF_AN_IMAGE, what }], neutralText, '');
        const [first = ''] = message.split('\n');
        assert.ok(message.length <= 4_000);
        assert.match(first, /KB\d+, CI_ID \d{8} \(x\) … \(the log of the step has all of it\)$/);
        assert.match(message, /\n {2}What to do: Download the content\.\n/);
        assert.match(wholeLines[0] ?? '', /KB2999, CI_ID 16780999 \(x\)$/);
    });
    test('names what an error came of, without telling it twice', () => {
        const because = { code: 'OS305', what: 'It was refused.', cause: 'b', next: 'c' };
        const error = {
            code: 'OS401',
            what: 'It was refused. Undone.',
            cause: 'b',
            next: 'c',
            because,
        };
        assert.match(errorMessage([error], neutralText, '').message, /\n {2}Because of: OS305 The site refused an operation\n/);
        const other = { ...error, what: 'Something else.' };
        assert.match(errorMessage([other], neutralText, '').message, /\n {2}Because of: OS305 The site refused an operation: It was refused\.\n/);
    });
});
//# sourceMappingURL=error-message.test.js.map