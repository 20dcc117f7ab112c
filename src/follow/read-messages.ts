import { mapNonEmpty, nonEmpty } from '../collections/non-empty.js';
import { attempt, type SiteReach } from '../plan/site-access.js';
import type { Outcome } from '../provider/port.js';
import {
  listMessageStrings,
  listServicingMessages,
  servicingMessages,
  type ServicingMessage,
} from '../site/status-message.js';

/** A site keeps the messages of months; those of the run that has just ended are the last ones. */
const MOST_MESSAGES = 50;

/**
 * The newest status messages of the component, oldest first: evidence for a run that did not begin or could not unmount
 * an image. Empty where the account may not read them, because evidence is never required.
 */
export async function readServicingMessages(site: SiteReach): Promise<readonly ServicingMessage[]> {
  const [messages] = await attempt(site, [listServicingMessages]);
  const newest = nonEmpty(
    [...(shown(messages) ?? [])].sort((one, other) => one.recordId - other.recordId).slice(-MOST_MESSAGES),
  );
  if (newest === undefined) return [];
  const [strings] = await attempt(site, [
    listMessageStrings(mapNonEmpty(newest, ({ recordId }) => recordId)),
  ]);
  return servicingMessages(newest, shown(strings) ?? []);
}

function shown<Row>(outcome: Outcome<readonly Row[]>): readonly Row[] | undefined {
  return outcome.state === 'done' ? outcome.result : undefined;
}
