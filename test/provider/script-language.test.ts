import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';

import { SCRIPT } from '../simulated-wmi/powershells.js';
import { objectionsTo, powerShellParser } from './script-language.js';

const source = readFileSync(SCRIPT, 'utf8');
const parser = await powerShellParser();

/** What must be found when it stands somewhere in the script. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  'null coalescing': '$a = $b ?? $c',
  'null coalescing assignment': '$a ??= 1',
  'null conditional member': '$a = ${b}?.Name',
  'null conditional index': '$a = ${b}?[0]',
  ternary: '$a = $b ? 1 : 2',
  'chain by &&': 'Read-Line && Read-Line',
  'chain by ||': 'Read-Line || Read-Line',
  'background job': 'Read-Line &',
  'clean block': 'end {} clean {}',
  'binary number': '$a = 0b1010',
  'suffix of a number': '$a = 1uy',
  'escape by code point': '$a = "`u{1F600}"',
  'escape of escape': '$a = "`e[0m"',
  'variable of later versions': 'if ($IsWindows) { return }',
  'variable of the environment': '$a = $env:PATH',
  'CIM cmdlet without its module': 'Get-CimInstance -Namespace $namespace -ClassName $a',
  'other CIM cmdlet': 'CimCmdlets\\Get-CimAssociatedInstance -InputObject $a',
  'parameter of another form': 'CimCmdlets\\Get-CimInstance -Namespace $namespace -ClassName $a -Filter $b',
  'parameter of later versions':
    'Microsoft.PowerShell.Utility\\ConvertFrom-Json -InputObject $a -AsHashtable',
  'cmdlet of another module': 'Get-Content $a',
  'cmdlet in a pipeline': '$a | ForEach-Object -Parallel { $_ }',
  program: 'cmd /c $a',
  'text run as a command': 'Invoke-Expression $a',
  'value run as a command': '& $a',
  'file run as a script': '. $a',
  'block run as a command': '& { $a }',
  'text made to a block': '$a = [scriptblock]::Create($b)',
  'class of later .NET': '$a = [System.Text.Json.JsonDocument]::Parse($b)',
  'member of later .NET': '$a = [System.Convert]::ToHexString($b)',
  'form of a method of later .NET': '[System.Diagnostics.Process]::GetCurrentProcess().Kill($true)',
  'method of later .NET': '$a = $b.Contains("x", "Ordinal")',
  'generic class': '$a = [System.Collections.Generic.List[string]]::new()',
  'operator that is not needed': '$a = $b -like $c',
  'file that is written': 'Read-Line > $a',
  'quote of typographers': '$a = \u2018x\u2019',
  'bracket that is not closed': 'if ($a) { $b',
};

function withPlanted(statement: string): string {
  const before = 'function Write-Line';
  assert.ok(source.includes(before));
  return source.replace(before, () => `function Read-Planted { ${statement} }\n\n${before}`);
}

suite('the script of the WMI connection', () => {
  test('is written in the language of Windows PowerShell 5.1 and calls what it is said to call', () => {
    assert.deepEqual(objectionsTo(parser, source), []);
  });

  test('would pass with a line that only does what others do', () => {
    assert.deepEqual(objectionsTo(parser, withPlanted('$a = Format-Text $b')), []);
  });

  for (const [name, planted] of Object.entries(FORBIDDEN)) {
    test(`would not pass with: ${name}`, () => {
      assert.notDeepEqual(objectionsTo(parser, withPlanted(planted)), []);
    });
  }

  test('is short enough to be read before it is allowed', () => {
    assert.ok(source.split('\n').length <= 300);
  });
});
