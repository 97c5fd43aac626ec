import { Refused, requireScope, type Principal } from '#http-edge';
import type { BodyMatch } from '#read-model';
import { ownTenant } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';
import { refusedField } from './refused-field.ts';

/** Neither: everything of the tenant that was accepted until now. */
export interface EraseAsk {
  readonly eventIds?: readonly string[] | undefined;
  /** Events whose body holds a value, a person's address say. */
  readonly match?: BodyMatch | undefined;
}

export interface Erasing {
  /** How many events are meant; null: all. */
  readonly events: number | null;
  /** Nothing accepted later is meant. Epoch ms. */
  readonly at: number;
  readonly position: number;
}

/** Ids of one fact. */
const IDS_AT_ONCE = 1_000;
const MOST_MATCHES = 10_000;

/**
 * Has the tables forget: events with their bodies, deliveries with what was sent and answered. It is a fact first, so that it
 * is known who asked, and that a rebuild of the tables does not bring anything back. Projections carry it out.
 */
export async function eraseData(
  context: AdminContext,
  principal: Principal,
  tenantId: string,
  ask: EraseAsk,
): Promise<Erasing> {
  requireScope(principal, 'admin');
  if (ask.eventIds !== undefined && ask.match !== undefined) {
    throw refusedField(
      '/match',
      'not_both',
      'give "event_ids" or "match", not both; neither means everything',
    );
  }
  await requireKnown(context, principal, tenantId);
  const { match } = ask;
  const ids =
    match === undefined
      ? (ask.eventIds ?? null)
      : await fromHistory(context, (history) => history.findEvents(tenantId, match, MOST_MATCHES));
  // After the search: an event that came meanwhile with the same value is not among its ids.
  const at = context.now();
  let position = context.control.position;
  for (const eventIds of ids === null ? [null] : chunks(ids)) {
    const fact = { type: 'data.erased', tenantId, eventIds, at } as const;
    ({ position } = await context.writer.fact(fact, principal.actor));
  }
  return { events: ids?.length ?? null, at, position };
}

/** A tenant that was deleted leaves history behind, which may be asked to be erased too. */
async function requireKnown(context: AdminContext, principal: Principal, tenantId: string): Promise<void> {
  const isThere = context.control.table.tenant(tenantId) !== undefined;
  if (isThere || principal.tenantId !== null) {
    ownTenant(context, principal, tenantId);
    return;
  }
  const left = await fromHistory(context, async (history) => [
    ...(await history.listEvents(tenantId, { limit: 1 })).items,
    ...(await history.listDeliveries(tenantId, { limit: 1 })).items,
  ]);
  if (left.length === 0) throw new Refused('not_found', 'no such tenant, and no history of one');
}

function* chunks(ids: readonly string[]): Iterable<readonly string[]> {
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) yield ids.slice(at, at + IDS_AT_ONCE);
}
