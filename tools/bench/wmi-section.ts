import { basename } from 'node:path';

import { nameSize } from './bench-site.js';
import { sum } from './cost.js';
import { atMost, exactly, findingTable, type Finding } from './finding.js';
import type { Section } from './section.js';
import { figure, seconds, share, table } from './table.js';
import type { WmiMeasured, WmiRun } from './wmi-run.js';

const TITLE = 'Over WMI';
const MOST_PROCESSES = 5;

/** What a run over WMI costs, and how much of that is PowerShell's own start. */
export function wmiSection(measured: WmiMeasured | undefined): Section {
  if (measured === undefined) {
    return {
      title: TITLE,
      paragraphs: ['Not measured: there is no PowerShell (pwsh) on the PATH.'],
      findings: [],
    };
  }
  const { executable, startMilliseconds, starts, runs } = measured;
  const findings = runs.flatMap((each) => findingsOf(each));
  const parts = runs.map((each) => ({ ...each, parts: partsOf(each, startMilliseconds) }));
  return {
    title: TITLE,
    paragraphs: [
      `The script of the product under ${basename(executable)}, on ${runs.map(({ size }) => nameSize(size)).join(', and on ')}. ` +
        'A module of the tests stands in for the CIM cmdlets of Windows and asks the simulated site, so what one call ' +
        'takes tells nothing of a real SMS Provider; the processes, the calls and the objects are those of a real run. ' +
        'A new object is found at once here, as public scripts find it over WMI. Should a provider take its time, the run ' +
        'waits and looks again, which costs one process more.',
      findingTable(findings),
      `PowerShell for an empty script takes ${figure(startMilliseconds)} ms here from start to end, the median of ${starts} ` +
        'between the runs. That is paid once for each process:',
      table(
        [
          'Group',
          'PowerShell',
          'Calls',
          'Objects read',
          'Seconds',
          'waited',
          'PowerShell starts',
          'in the script',
          'other work of Node',
          'Starts, share of the run',
        ],
        parts.map(({ size, run, parts: { waited, starting, inScript, others } }) => [
          figure(size.group),
          figure(run.result.processes.length),
          figure(run.requests.length),
          figure(run.cost.objects),
          seconds(run.cost.milliseconds),
          seconds(waited),
          seconds(starting),
          seconds(inScript),
          seconds(others),
          share(starting, run.cost.milliseconds),
        ]),
      ),
      'Seconds is the whole run, and the four columns after it add up to it. A part of the time in the script is the ' +
        'stand-in, which a real run does not have. What its calls take without the script around them was measured too, ' +
        'so that the last column is about what the script itself takes:',
      table(
        [
          'Group',
          'In the script',
          'the stand-in',
          'its loading, ms',
          'a create, ms',
          'a row, ms',
          'the script itself',
        ],
        parts.map(({ size, standIn, parts: { inScript, inStandIn } }) => [
          figure(size.group),
          seconds(inScript),
          seconds(inStandIn),
          figure(standIn.load),
          figure(standIn.create, 2),
          figure(standIn.row, 2),
          seconds(inScript - inStandIn),
        ]),
      ),
    ],
    findings,
  };
}

function findingsOf({ size, run }: WmiRun): readonly Finding[] {
  const { group } = size;
  const refused = run.requests.filter(({ status }) => status !== 200).length;
  return [
    atMost(`PowerShell processes, group of ${figure(group)}`, run.result.processes.length, MOST_PROCESSES),
    exactly(`Writes (n + 4), group of ${figure(group)}`, run.cost.writes, group + 4),
    exactly(`Calls refused or repeated, group of ${figure(group)}`, refused + run.result.repetitions, 0),
  ];
}

/** Milliseconds. The stand-in is an estimate: its loading in each process, and each create and row at its average. */
interface Parts {
  readonly waited: number;
  readonly starting: number;
  readonly inScript: number;
  readonly inStandIn: number;
  readonly others: number;
}

function partsOf({ run, standIn }: WmiRun, startMilliseconds: number): Parts {
  const { processes, waitedMilliseconds: waited } = run.result;
  const inProcesses = sum(processes.map(({ begunAt, endedAt }) => endedAt - begunAt));
  const starting = processes.length * startMilliseconds;
  return {
    waited,
    starting,
    inScript: inProcesses - starting,
    inStandIn:
      processes.length * standIn.load + run.cost.writes * standIn.create + run.cost.objects * standIn.row,
    others: run.cost.milliseconds - waited - inProcesses,
  };
}
