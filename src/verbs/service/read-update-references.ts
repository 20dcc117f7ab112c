import type { ExcludedUpdate, UpdateReference } from '../../plan/servicing-request.js';
import { ciId, FIRST_CI_ID, type CiId } from '../../site/identifiers.js';
import { shown } from '../../parameters/input-errors.js';
import type { Inputs } from '../../parameters/inputs.js';
import type { ServiceInputs } from './inputs.js';

/** The input `updates`, which may be left out where there are groups. */
export function readUpdateReferences(
  inputs: Inputs<ServiceInputs>,
  hasGroups: boolean,
): readonly UpdateReference[] {
  const values = inputs.list('updates');
  const isMissing = (['updates', 'update-group'] as const).every(
    (name) => !inputs.isChosen(name) && !inputs.isRefused(name),
  );
  if (values.length === 0 && !hasGroups && isMissing) {
    inputs.errors.add(
      'OS101',
      `${inputs.spell('update-group')} and ${inputs.spell('updates')} are missing.`,
      `Name a software update group, or updates by their KB numbers or CI_IDs${inputs.example('updates')}.`,
    );
  }
  return values.flatMap((value) => referenceIn(value) ?? refuse(inputs, value) ?? []);
}

/** The input `exclude-updates`. */
export function readExcludedUpdates(inputs: Inputs<ServiceInputs>): readonly ExcludedUpdate[] {
  return inputs
    .list('exclude-updates')
    .flatMap((value) => namedUpdateIn(value) ?? refuseExclusion(inputs, value) ?? []);
}

function referenceIn(value: string): UpdateReference | undefined {
  return value.toLowerCase() === 'applicable' ? { kind: 'applicable' } : namedUpdateIn(value);
}

function namedUpdateIn(value: string): ExcludedUpdate | undefined {
  // "KB 5034441" is how articles are titled.
  const article = /^KB\s{0,3}0*([1-9][0-9]{0,9})$/i.exec(value)?.[1];
  if (article !== undefined) return { kind: 'article', article };
  const id = idIn(value);
  return id === undefined || id < FIRST_CI_ID ? undefined : { kind: 'ci-id', ciId: id };
}

function idIn(value: string): CiId | undefined {
  return /^[0-9]{1,10}$/.test(value) ? ciId(Number(value)) : undefined;
}

function refuse(inputs: Inputs<ServiceInputs>, value: string): undefined {
  return refuseAs(
    inputs,
    'updates',
    value,
    'which is no KB number (KB5034441), no CI_ID (16778001) and not the word applicable.',
    `Write one of these${inputs.example('updates')}; the name of a software update group belongs in ${inputs.spell('update-group')}.`,
  );
}

function refuseExclusion(inputs: Inputs<ServiceInputs>, value: string): undefined {
  return refuseAs(
    inputs,
    'exclude-updates',
    value,
    'which is no KB number (KB5034441) and no CI_ID (16778001).',
    `Write one of these${inputs.example('exclude-updates')}.`,
  );
}

/** A number that is too low for a CI_ID is most likely one of an article. */
function refuseAs(
  inputs: Inputs<ServiceInputs>,
  input: 'updates' | 'exclude-updates',
  value: string,
  why: string,
  next: string,
): undefined {
  const names = `${inputs.spell(input)} names ${shown(value)}`;
  const id = idIn(value);
  if (id === undefined) return inputs.errors.add('OS106', `${names}, ${why}`, next);
  return inputs.errors.add(
    'OS106',
    `${names}, and no site has so low a CI_ID.`,
    `Did you mean KB${id}? Write ${inputs.assign(input, `KB${id}`)}.`,
  );
}
