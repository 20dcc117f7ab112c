import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { readArguments } from '../../src/hosts/command-line/arguments.js';
import { SERVICE } from '../../src/verbs/service/service.js';

function errorsOf(...args: readonly string[]): readonly string[] {
  return readArguments(SERVICE, args, {}).errors.map(({ code, what }) => `${code} ${what}`);
}

suite('arguments that people write by habit', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--imgae', 'x'], /no input --imgae\. Did you mean --image\?/],
    [
      ['--image', 'Windows', '7', 'Enterprise'],
      /Argument 3 is no input\. Did you mean --image "Windows 7 Enterprise"\?/,
    ],
    [
      ['--image=Windows', '7', 'Enterprise'],
      /Argument 2 is no input\. Did you mean --image "Windows 7 Enterprise"\?/,
    ],
    [['-SiteCode', 'ABC'], /no input -SiteCode\. Did you mean --site-code\?/],
    [['-SiteCode:ABC'], /no input -SiteCode\. Did you mean --site-code\?/],
    [['--siteCode', 'ABC'], /no input --siteCode\. Did you mean --site-code\?/],
    [['--site_code=ABC'], /no input --site_code\. Did you mean --site-code\?/],
    [['/image', 'x'], /no input \/image\. Did you mean --image\?/],
    [['-Json'], /no input -Json\. Did you mean --json\?/],
    [['--dry-run', '-SiteCode', 'ABC'], /no input -SiteCode\. Did you mean --site-code\?/],
    [['--passwd', 'hunter2'], /OS108 .*a secret is never an argument/],
    [['--password', 'hunter2'], /OS108 --password is a secret/],
    [['-Token', 'hunter2'], /OS108 -Token is a secret/],
  ];
  for (const [args, expected] of cases) {
    test(args.join(' '), () => {
      const errors = errorsOf(...args);
      assert.equal(errors.length, 1, errors.join('\n'));
      assert.match(errors[0] ?? '', expected);
      assert.doesNotMatch(errors.join(), /hunter2/);
    });
  }

  test('a value with signs of a shell is not put into a suggested command', () => {
    assert.match(
      errorsOf('--image', 'Windows', '$(reboot)').join(),
      /Put quotes around the value of --image/,
    );
  });

  test('nothing after an unknown option is shown', () => {
    assert.doesNotMatch(errorsOf('--xyzzy', 'Bearer', 'hunter2').join(), /hunter2|Bearer/);
  });

  test('a path as a value is no option', () => {
    assert.deepEqual(errorsOf('--ca-certificate', '/image', '--dry-run', '--image', '-x'), []);
  });
});
