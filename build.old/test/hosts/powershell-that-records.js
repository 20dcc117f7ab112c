import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
/** Why there is no such stand-in here. */
export const NO_STAND_IN = process.platform === 'win32' &&
    'a program of Windows cannot be a script: a stand-in would have to be compiled';
/** A program in place of PowerShell that writes down how it was started, and answers as the script would. */
export function powerShellThatRecords(context, behaviour) {
    const folder = mkdtempSync(join(tmpdir(), 'a stand-in '));
    context.after(() => {
        rmSync(folder, { recursive: true });
    });
    const executable = join(folder, 'pwsh');
    writeFileSync(executable, `#!${process.execPath}\n${programText(folder, behaviour)}`);
    chmodSync(executable, 0o755);
    return {
        executable,
        folder,
        starts: () => readdirSync(folder)
            .filter((name) => name.endsWith('.json'))
            .sort()
            .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))),
    };
}
function programText(folder, behaviour) {
    return `
const { readdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const folder = ${JSON.stringify(folder)};
const behaviour = ${JSON.stringify(behaviour)};
// Line by line, as the script reads it: what goes over two lines is no JSON for it.
const text = readFileSync(0, 'utf8');
if (!text.endsWith('\\n')) throw new Error('The last line has no end.');
const [batch, ...operations] = text.slice(0, -1).split('\\n').map((line) => JSON.parse(line));
const seen = { args: process.argv.slice(2), environment: process.env, batch, operations, process: process.pid };
const name = folder + '/' + String(readdirSync(folder).length).padStart(3, '0');
// Whole or not at all, for whoever waits for it.
writeFileSync(name + '.part', JSON.stringify(seen));
renameSync(name + '.part', name + '.json');
const say = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
const failure = (words, id) => ({ words, id, native: 'AccessDenied', data: null });
if (behaviour === 'refuses-login') {
  const login = batch.user + ' ' + batch.password;
  say({ stopped: 'connect', failed: failure('Refused: ' + login, 'HRESULT 0x80070005,Cim') });
  process.exitCode = 1;
} else {
  const computer = batch.computer;
  say({ place: { computer, protocol: batch.protocols[0] ?? '', namespace: 'root\\\\SMS\\\\site_LAB' } });
  if (behaviour === 'hangs') setInterval(() => undefined, 1_000);
  else {
    for (const [number, { verb }] of operations.entries()) {
      if (verb === 'query') say({ number, done: [] });
      else say({ number, failed: failure('Denied', 'HRESULT 0x80041003,Cim') });
    }
  }
}
`;
}
//# sourceMappingURL=powershell-that-records.js.map