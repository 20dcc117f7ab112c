import { resolve } from 'node:path';

import { nonEmpty } from '../collections/non-empty.js';
import type { FollowSettings, RequiredDistributionPoints } from '../follow/follow-settings.js';
import { FOLLOW_INPUTS } from './follow-inputs.js';
import { shown } from './input-errors.js';
import type { Inputs } from './inputs.js';

export type FollowInputs = Inputs<typeof FOLLOW_INPUTS>;

/** How to wait. Undefined when an error was added. */
export function readFollow(inputs: FollowInputs, until: FollowSettings['until']): FollowSettings | undefined {
  const waitTimeout = inputs.duration('wait-timeout');
  const startTimeout = inputs.duration('start-timeout');
  const pollInterval = inputs.duration('poll-interval');
  const onTimeout = inputs.choice('on-timeout');
  const onCancel = inputs.choice('on-cancel');
  const allowFailedUpdates = inputs.boolean('allow-failed-updates');
  const servicingLog = inputs.text('servicing-log');
  const requiredDistributionPoints = readRequiredDistributionPoints(inputs, until);
  if (
    waitTimeout === undefined ||
    startTimeout === undefined ||
    pollInterval === undefined ||
    onTimeout === undefined ||
    onCancel === undefined ||
    allowFailedUpdates === undefined ||
    requiredDistributionPoints === undefined
  ) {
    return undefined;
  }
  return {
    until,
    waitTimeout,
    startTimeout,
    pollInterval,
    onTimeout,
    onCancel,
    allowFailedUpdates,
    requiredDistributionPoints,
    ...(servicingLog !== undefined && servicingLog !== '' && { servicingLog: resolve(servicingLog) }),
  };
}

/** What is chosen for a wait does nothing without one, which is hardly what is meant. `waits`: how to ask for one. */
export function refuseFollowInputs(inputs: FollowInputs, without: string, waits: string): void {
  for (const { name } of FOLLOW_INPUTS) {
    if (!inputs.isChosen(name)) continue;
    inputs.errors.add(
      'OS107',
      `${inputs.spell(name)} has no use with ${without}.`,
      `Remove it, or write ${waits}.`,
    );
  }
}

function readRequiredDistributionPoints(
  inputs: FollowInputs,
  until: FollowSettings['until'],
): RequiredDistributionPoints | undefined {
  const given = nonEmpty(inputs.list('required-distribution-points'));
  if (given === undefined) {
    return inputs.isRefused('required-distribution-points') ? undefined : { kind: 'all' };
  }
  if (until === 'servicing') {
    return inputs.errors.add(
      'OS107',
      `${inputs.spell('required-distribution-points')} has no use with ${inputs.assign('wait', 'servicing')}.`,
      `Remove it, or write ${inputs.assign('wait', 'distribution')}.`,
    );
  }
  const [first, ...others] = given;
  if (others.length > 0 || !first.endsWith('%')) return { kind: 'names', names: given };
  const percentage = /^\d{1,3}%$/.test(first) ? Number(first.slice(0, -1)) : 0;
  if (percentage >= 1 && percentage <= 100) return { kind: 'percentage', percentage };
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('required-distribution-points')} is ${shown(first)}, which is no percentage.`,
    `Write a whole number from 1 to 100${inputs.example('required-distribution-points')}, or the names of distribution points.`,
  );
}
