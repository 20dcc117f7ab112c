import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { Language, Parser, type Node } from 'web-tree-sitter';

/** Every command that the script may call, with the parameters that Windows PowerShell 5.1 has for it and the script may use. */
const CIM = ['CimSession', 'OperationTimeoutSec', 'ErrorAction'];
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'Set-StrictMode': ['Version'],
  'Microsoft.PowerShell.Utility\\ConvertFrom-Json': ['InputObject'],
  'Microsoft.PowerShell.Utility\\Select-Object': ['First'],
  'CimCmdlets\\Get-CimClass': [...CIM, 'Namespace', 'ClassName'],
  'CimCmdlets\\Get-CimInstance': [...CIM, 'Namespace', 'ClassName', 'Query', 'InputObject'],
  'CimCmdlets\\Invoke-CimMethod': [...CIM, 'Namespace', 'ClassName', 'MethodName', 'Arguments'],
  'CimCmdlets\\New-CimInstance': [...CIM, 'Namespace', 'ClassName', 'Property', 'Key', 'ClientOnly'],
  'CimCmdlets\\New-CimSession': [
    'ComputerName',
    'Credential',
    'SessionOption',
    'OperationTimeoutSec',
    'ErrorAction',
  ],
  'CimCmdlets\\New-CimSessionOption': ['Protocol'],
  'CimCmdlets\\Remove-CimInstance': [...CIM, 'InputObject'],
  'CimCmdlets\\Set-CimInstance': [...CIM, 'InputObject', 'Property'],
};

/** Every .NET type that the script may name, with the static members that it may use: .NET Framework 4.5 has them all. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  array: [],
  bool: [],
  'bool[]': [],
  char: [],
  'ciminstance[]': [],
  datetime: [],
  'datetime[]': [],
  hashtable: [],
  int: [],
  'int[]': [],
  'object[]': [],
  powershell: ['Create'],
  string: [],
  'string[]': [],
  uint32: [],
  'uint32[]': [],
  'System.ArgumentException': [],
  'System.DateTime': ['Parse'],
  'System.Console': ['Out', 'OpenStandardInput'],
  'System.Convert': ['ToString'],
  'System.Diagnostics.Process': ['GetCurrentProcess', 'GetProcessById'],
  'System.Diagnostics.Stopwatch': ['StartNew'],
  'System.Globalization.CultureInfo': ['InvariantCulture'],
  'System.IO.StreamReader': ['new'],
  'System.Int32': ['Parse'],
  'System.Management.Automation.PSCredential': ['new'],
  'System.Net.Dns': ['GetHostName'],
  'System.Security.SecureString': ['new'],
  'System.Text.RegularExpressions.Regex': ['Replace'],
  'System.Text.UTF8Encoding': ['new'],
  'System.Environment': ['Exit'],
  'System.Threading.Thread': ['Sleep'],
  'System.UInt32': ['Parse'],
};

/** Every method of an object, with how many arguments it takes there: later versions of .NET have more forms of some. */
const METHODS: Readonly<Record<string, readonly number[]>> = {
  AddArgument: [1],
  AddScript: [1],
  AppendChar: [1],
  BeginInvoke: [0],
  GetType: [0],
  Kill: [0],
  MakeArrayType: [0],
  ReadLine: [0],
  Remove: [1],
  ToCharArray: [0],
  ToString: [0, 2],
  ToUniversalTime: [0],
  WriteLine: [1],
};

const OPERATORS: ReadonlySet<string> = new Set(
  ['-eq', '-ne', '-lt', '-gt', '-ceq', '-match', '-cmatch', '-replace', '-split', '-join'].concat([
    '-contains',
    '-notcontains',
    '-is',
    '-isnot',
    '-as',
  ]),
);

/** Variables that PowerShell itself sets, but not that of Windows. */
const LATER_VARIABLES =
  /^\$\{?(?:IsWindows|IsLinux|IsMacOS|IsCoreCLR|PSStyle|EnabledExperimentalFeatures|PSNativeCommand\w*)\}?$/i;

export async function powerShellParser(): Promise<Parser> {
  const { resolve } = createRequire(import.meta.url);
  await Parser.init();
  const folder = dirname(resolve('tree-sitter-powershell/package.json'));
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(folder, 'tree-sitter-powershell.wasm')));
  return parser;
}

/**
 * What in a script is newer than Windows PowerShell 5.1 and .NET Framework, or none of the few things that the script
 * of the WMI connection is made of. The grammar itself is of 5.1: `??`, `?.` and `? :` are errors to it.
 */
export function objectionsTo(parser: Parser, source: string): readonly string[] {
  const tree = parser.parse(source);
  if (tree === null) return ['it cannot be parsed'];
  const nodes = [...below(tree.rootNode)];
  const own = new Set(nodes.filter(({ type }) => type === 'function_name').map(({ text }) => text));
  // Without a mark at its beginning Windows PowerShell reads a script in the code page of the machine.
  const foreign = /[^\t\n\r -~]/.test(source) ? ['a character that is not ASCII'] : [];
  return [
    ...foreign,
    ...nodes.flatMap((node) =>
      objectionTo(node, own).map((why) => `line ${node.startPosition.row + 1}: ${why}`),
    ),
  ];
}

function* below(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* below(child);
}

function objectionTo(node: Node, own: ReadonlySet<string>): readonly string[] {
  if (node.isMissing) return [`${node.type} is missing`];
  switch (node.type) {
    case 'ERROR':
      return [`no syntax of 5.1: ${node.text.slice(0, 60)}`];
    case 'pipeline_chain_tail':
      return [`a chain of pipelines: ${node.text}`];
    case 'command_invokation_operator':
      return [`a command that is called by a value: ${node.parent?.text.slice(0, 60) ?? ''}`];
    case 'redirection':
    case 'trap_statement':
    case 'class_statement':
    case 'enum_statement':
      return [`a ${node.type}`];
    case 'command':
      return commandObjections(node, own);
    case 'type_literal':
      return node.text.slice(1, -1) in TYPES ? [] : [`a type that is not in the list: ${node.text}`];
    case 'member_access':
    case 'invokation_expression':
      return memberObjections(node);
    case 'comparison_operator':
      return OPERATORS.has(node.text.toLowerCase()) ? [] : [`the operator ${node.text}`];
    case 'variable':
      return variableObjections(node.text);
    case 'expandable_string_literal':
      return /`[eu]/.test(node.text) ? [`an escape of later versions in ${node.text}`] : [];
    default:
      return [];
  }
}

function commandObjections(node: Node, own: ReadonlySet<string>): readonly string[] {
  const name = node.childForFieldName('command_name')?.text ?? '';
  if (own.has(name)) return [];
  const known = COMMANDS[name];
  if (known === undefined) return [`a command that is not in the list: ${name}`];
  const elements = node.childForFieldName('command_elements')?.children ?? [];
  return elements
    .filter((element) => element.type === 'command_parameter')
    .map((element) => element.text.slice(1))
    .filter((parameter) => !known.includes(parameter))
    .map((parameter) => `the parameter -${parameter} of ${name}`);
}

function memberObjections(node: Node): readonly string[] {
  const [target, dot] = node.children;
  const member = node.children.find((child) => child.type === 'member_name')?.text ?? '';
  if (dot?.type === '::') {
    const known = target?.type === 'type_literal' ? TYPES[target.text.slice(1, -1)] : undefined;
    return known?.includes(member) === true ? [] : [`a static member that is not in the list: ${node.text}`];
  }
  if (node.type === 'member_access') return [];
  const list = node.children.find((child) => child.type === 'argument_list');
  const count =
    list?.childForFieldName('argument_expression_list')?.children.filter((each) => each.isNamed).length ?? 0;
  const known = METHODS[member];
  return known?.includes(count) === true
    ? []
    : [`a method that is not in the list: ${member} with ${count} arguments`];
}

function variableObjections(text: string): readonly string[] {
  if (LATER_VARIABLES.test(text)) return [`the variable ${text}`];
  return /^[$@]\{?[a-z]+:/i.test(text) && !/^\$script:/i.test(text) ? [`a variable of a drive: ${text}`] : [];
}
