import { fillSlot, restampBody } from '#contracts';
import { hasScope } from '#control';
import type { Principal } from '#http-edge';
import type { AttemptRow, DeliveryDetail } from '#read-model';
import type { AdminContext } from './admin-context.ts';
import { fromHistory } from './history.ts';

/** What receivers of a delivery got, as text. */
export interface SentBodies {
  readonly asAccepted: string;
  /** undefined: the attempt was sent the body as accepted. */
  readonly restamped: (attempt: AttemptRow) => string | undefined;
}

/**
 * The bytes of a delivery as they are sent (P7): the event's, with the delivery's id in their slot. undefined: the tables let them
 * go, it was a test, or the caller may not read events.
 */
export async function sentBodies(
  context: AdminContext,
  principal: Principal,
  { delivery, attempts }: DeliveryDetail,
): Promise<SentBodies | undefined> {
  if (!hasScope(principal, 'events:read') || delivery.test) return undefined;
  const { tenantId, eventId, id } = delivery;
  const found = await fromHistory(context, (history) => history.getEvent(tenantId, eventId));
  if (found === undefined || found.event.body === null) return undefined;
  const bytes = fillSlot(found.event.body, found.event.slot, id);
  // A tenant that is gone leaves its deliveries behind, and so does a contract that was taken away: they are shown all the same.
  const tenant = context.control.table.tenant(tenantId);
  const isRestamped = attempts.some(({ restampedAt }) => restampedAt !== null);
  const contract = isRestamped && tenant !== undefined ? context.contracts.get(tenant.contract) : undefined;
  return {
    asAccepted: Buffer.from(bytes).toString('utf8'),
    restamped: ({ restampedAt }) =>
      restampedAt === null || contract === undefined
        ? undefined
        : Buffer.from(restampBody(contract, bytes, restampedAt)).toString('utf8'),
  };
}
