import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { cutTo, foldedDetails, laidOut, layoutOf } from '../../src/hosts/command-line/terminal-layout.js';

const PIPE = layoutOf({}, {});
const TERMINAL = { isTTY: true, columns: 40 };
const LONG = 'Warning: the image gets a second schedule, because it was asked for.';

suite('the layout of a line', () => {
  test('on a terminal it is wrapped between words', () => {
    const lines = laidOut(LONG, layoutOf(TERMINAL, { NO_COLOR: '1' })).split('\n');
    assert.deepEqual(lines, ['Warning: the image gets a second', '  schedule, because it was asked for.']);
  });

  test('in a pipe it is whole and plain', () => assert.equal(laidOut(LONG, PIPE), LONG));

  test('a command is never wrapped', () => {
    const command = `    Remove-Something ${'x '.repeat(40)}`;
    assert.equal(laidOut(command, layoutOf(TERMINAL, {})), command);
  });

  const colours: readonly (readonly [NodeJS.ProcessEnv, boolean, boolean])[] = [
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ];
  for (const [environment, isTTY, hasColour] of colours) {
    test(`${JSON.stringify(environment)}, ${isTTY ? 'terminal' : 'pipe'}: ${hasColour ? 'colours' : 'none'}`, () => {
      const text = laidOut('Warning: x', layoutOf({ isTTY }, environment));
      assert.equal(text, hasColour ? '\u001b[33mWarning:\u001b[0m x' : 'Warning: x');
    });
  }

  test('a terminal shows ten details, and how to see the others', () => {
    const details = Array.from({ length: 44 }, (_, index) => `update ${index}`);
    const folded = foldedDetails(details, layoutOf(TERMINAL, {}), false);
    assert.deepEqual([folded.length, folded.at(-1)], [11, '… 34 more (--verbose)']);
    assert.equal(foldedDetails(details, layoutOf(TERMINAL, {}), true), details);
    assert.equal(foldedDetails(details, PIPE, false), details);
  });

  test('a line that is written over is cut to the width', () => {
    assert.equal(cutTo(5, '漢字漢字'), '漢字…');
    assert.equal(cutTo(5, 'linking'), 'link…');
  });
});
