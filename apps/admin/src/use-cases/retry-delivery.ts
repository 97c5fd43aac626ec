import { fillSlot, restampBody, type Contract } from '#contracts';
import { Refused, requireScope, type Principal } from '#http-edge';
import { decodeEvent, type EventRecord } from '#log';
import type { DeliveryRow } from '#read-model';
import { contractOf, requireEntitled, tenantById } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { askDelivery } from './ask-delivery.ts';
import { fromHistory } from './history.ts';
import { deliveryById } from './read-deliveries.ts';
import { refusedField } from './refused-field.ts';

export interface RetriedDelivery {
  readonly delivery: DeliveryRow;
  readonly chain: number;
  /** What the body says now; differs from the event's where it was restamped. */
  readonly occurredAt: number;
  readonly restamped: boolean;
  readonly position: number;
}

/**
 * Asks for a delivery once more, under the same id and, unless it is restamped, with the same bytes (P7). Goes to an
 * endpoint that is off or failed all the same, and never disables it (R24).
 */
export async function retryDelivery(
  context: AdminContext,
  principal: Principal,
  id: string,
  ask: { readonly restamp?: boolean | undefined },
): Promise<RetriedDelivery> {
  requireScope(principal, 'deliveries:replay');
  const { delivery } = await deliveryById(context, principal, id);
  const endpoint = context.control.table.endpoint(delivery.endpointId);
  if (endpoint === undefined) {
    throw new Refused('conflict', `webhook ${delivery.endpointId} was deleted; there is nowhere to send it`);
  }
  const tenant = tenantById(context, delivery.tenantId);
  requireEntitled(tenant);
  const contract = contractOf(context, tenant);
  const now = context.now();
  const stored = await storedEvent(context, delivery);
  const restamped = mustRestamp(contract, stored.occurredAt, ask.restamp ?? false, now);
  const occurredAt = restamped ? now : stored.occurredAt;
  const body = fillSlot(stored.body, stored.slot, delivery.id);
  const { chain, position } = await askDelivery(context, principal, {
    ref: {
      deliveryId: delivery.id,
      tenantId: delivery.tenantId,
      endpointId: delivery.endpointId,
      eventId: delivery.eventId,
      eventType: delivery.eventType,
      eventOffset: delivery.eventOffset,
      occurredAt,
      acceptedAt: stored.acceptedAt,
      ...(restamped ? { restampedAt: now } : {}),
    },
    askedBy: 'replay',
    partition: delivery.partition,
    body: restamped ? restampBody(contract, body, now) : body,
  });
  return { delivery, chain, occurredAt, restamped, position };
}

/** Is the new time to be written into the body? 422 where it must be and was not asked for, or must not be. */
function mustRestamp(contract: Contract, occurredAt: number, asked: boolean, now: number): boolean {
  if (contract.replay === 'same-bytes') {
    if (!asked) return false;
    const detail = `${contract.title} promises the same bytes on every attempt; leave "restamp" out`;
    throw refusedField('/restamp', 'not_in_contract', detail);
  }
  const { maxAgeMs } = contract.policy;
  if (asked || maxAgeMs === null || now - occurredAt <= maxAgeMs) return asked;
  const detail =
    `the event is older than ${maxAgeMs / 1_000} s, so ${contract.title} receivers refuse its timestamp; ` +
    'send "restamp": true to give it a new one';
  throw refusedField('/restamp', 'too_old', detail);
}

/** The event as accepted: an earlier restamp shows in the delivery's row, and must not pass for its time here. */
type StoredEvent = Pick<EventRecord, 'body' | 'slot' | 'occurredAt' | 'acceptedAt'>;

/** From the history, else from the log, which forgets after its retention. */
async function storedEvent(context: AdminContext, delivery: DeliveryRow): Promise<StoredEvent> {
  const { tenantId, eventId, eventOffset, partition } = delivery;
  if (delivery.test || eventOffset === null) {
    const detail = `this was a test event; send another by POST /api/v1/webhooks/${delivery.endpointId}/test`;
    throw new Refused('conflict', detail);
  }
  const found = await fromHistory(context, (history) => history.getEvent(tenantId, eventId));
  // The tables may have let its body go before the log does.
  const body = found?.event.body ?? null;
  if (found !== undefined && body !== null) return { ...found.event, body };
  const record = await context.log.readOne('events', partition, eventOffset);
  const decoded = record === undefined ? undefined : decodeEvent(record);
  if (decoded?.ok === true && decoded.value.eventId === eventId) return decoded.value;
  throw new Refused('conflict', 'the event is no longer kept, so its body cannot be sent again');
}
