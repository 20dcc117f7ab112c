import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import { isHostName } from '../provider/host-name.js';
import { siteCode, type SiteCode } from '../site/identifiers.js';
import { InputErrors, shown } from './input-errors.js';
import { ALREADY_INSTALLED, UNUSABLE_UPDATES, type InputTexts } from './input-table.js';
import { Inputs, type InputHost } from './inputs.js';
import { readConnection } from './read-connection.js';
import type { StepRequest } from './step-request.js';

/**
 * Turns texts into a typed request, or throws a DiagnosedError with everything that is wrong.
 * Reads the CA certificate file, to say at once when it is none. `foundBefore` is what the host found wrong itself.
 */
export function readInputs(
  texts: InputTexts,
  host: InputHost,
  foundBefore: readonly Diagnosis[] = [],
): StepRequest {
  const errors = new InputErrors(foundBefore);
  const inputs = new Inputs(texts, host, errors);

  const code = readSiteCode(inputs);
  const connection = readConnection(inputs, code);
  const server = readSiteServer(inputs);
  const image = inputs.one('image');
  const updateGroup = inputs.one('update-group');
  const updateDistributionPoints = inputs.boolean('update-distribution-points');
  const unusableUpdates = inputs.choice('unusable-updates', UNUSABLE_UPDATES);
  const alreadyInstalled = inputs.choice('already-installed', ALREADY_INSTALLED);
  const dryRun = inputs.boolean('dry-run');

  const [first, ...others] = errors.all;
  if (first !== undefined) throw new DiagnosedError(first, ...others);
  return {
    connection: certain(connection),
    servicing: {
      siteCode: code,
      siteServer: server,
      image: certain(image),
      updateGroup: certain(updateGroup),
      updateDistributionPoints: certain(updateDistributionPoints),
      unusableUpdates: certain(unusableUpdates),
      alreadyInstalled: certain(alreadyInstalled),
      dryRun: certain(dryRun),
    },
  };
}

/** A value whose absence would have been an input error before. */
function certain<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('An input is missing that no input error was given for.');
  return value;
}

function readSiteCode(inputs: Inputs): SiteCode | undefined {
  const given = inputs.text('site-code');
  if (given === undefined) return undefined;
  return (
    siteCode(given) ??
    inputs.errors.add(
      'OS106',
      `${inputs.spell('site-code')} is ${shown(given)}.`,
      'A site code has three letters or digits.',
      'The console shows it beside the name of the site, for example LAB.',
    )
  );
}

function readSiteServer(inputs: Inputs): string | undefined {
  const given = inputs.text('site-server');
  if (given === undefined) return undefined;
  if (isHostName(given) && given.includes('.')) return given;
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('site-server')} is ${shown(given)}.`,
    'The site wants the fully qualified name of its server.',
    'Give the FQDN, for example cm01.corp.example.com.',
  );
}
