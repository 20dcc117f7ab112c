import type { ExcludedUpdate, UpdateReference } from '../servicing/servicing-request.js';
import { ciId } from '../site/identifiers.js';
import { shown } from './input-errors.js';
import type { Inputs } from './inputs.js';

/** The input `updates`, which may be left out where there are groups. */
export function readUpdateReferences(inputs: Inputs, hasGroups: boolean): readonly UpdateReference[] {
  const values = inputs.list('updates');
  if (values.length === 0 && !hasGroups && !inputs.isChosen('updates') && !inputs.isChosen('update-group')) {
    inputs.errors.add(
      'OS101',
      `${inputs.spell('update-group')} and ${inputs.spell('updates')} are missing.`,
      'One of the two is required, or else there is nothing to apply.',
      'Name a software update group, or updates by their KB numbers or CI_IDs.',
    );
  }
  return values.flatMap((value) => referenceIn(value) ?? refuse(inputs, value) ?? []);
}

/** The input `exclude-updates`. */
export function readExcludedUpdates(inputs: Inputs): readonly ExcludedUpdate[] {
  return inputs
    .list('exclude-updates')
    .flatMap((value) => namedUpdateIn(value) ?? refuseExclusion(inputs, value) ?? []);
}

function referenceIn(value: string): UpdateReference | undefined {
  return value === 'applicable' ? { kind: 'applicable' } : namedUpdateIn(value);
}

function namedUpdateIn(value: string): ExcludedUpdate | undefined {
  const article = /^KB0*([1-9][0-9]{0,9})$/i.exec(value)?.[1];
  if (article !== undefined) return { kind: 'article', article };
  const id = /^[0-9]{1,10}$/.test(value) ? ciId(Number(value)) : undefined;
  return id && { kind: 'ci-id', ciId: id };
}

function refuse(inputs: Inputs, value: string): undefined {
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('updates')} names ${shown(value)}.`,
    'Allowed are KB numbers (KB5034441), CI_IDs (16778001) and the word applicable.',
    'Give updates by one of these; a software update group belongs into update-group.',
  );
}

function refuseExclusion(inputs: Inputs, value: string): undefined {
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('exclude-updates')} names ${shown(value)}.`,
    'Allowed are KB numbers (KB5034441) and CI_IDs (16778001).',
    'Give each update by one of these.',
  );
}
