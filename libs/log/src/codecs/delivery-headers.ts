import { askedBys, type DeliveryRef } from '#domain';
import type { HeaderReader } from './header-reader.ts';

/** More attempts than any contract asks for; a header beyond it is damaged or hostile. */
export const MAX_ATTEMPT = 1_000;
/** Deferrals of a day at 4 s each stay under it. */
export const MAX_STEP = 100_000;
export const MAX_TERM = 1_000_000_000;

export const SOURCE = 'hyperhook';
const JSON_TYPE = 'application/json';

/** The CloudEvents attributes (binary mode) and the schema version that every record of the engine carries. */
export function envelope(id: string, type: string, source: string, at: number): Record<string, string> {
  return {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: source,
    ce_time: new Date(at).toISOString(),
    'content-type': JSON_TYPE,
    'schema-version': '1',
  };
}

export function writeRef(headers: Record<string, string>, ref: DeliveryRef): void {
  headers['tenant'] = ref.tenantId;
  headers['delivery-id'] = ref.deliveryId;
  headers['endpoint'] = ref.endpointId;
  headers['event-id'] = ref.eventId;
  headers['event-type'] = ref.eventType;
  headers['chain'] = String(ref.chain);
  headers['asked-by'] = ref.askedBy;
  if (ref.eventOffset !== null) headers['event-offset'] = String(ref.eventOffset);
  headers['occurred-at'] = String(ref.occurredAt);
  headers['accepted-at'] = String(ref.acceptedAt);
  if (ref.restampedAt !== undefined) headers['restamped-at'] = String(ref.restampedAt);
}

export function readRef(headers: HeaderReader): DeliveryRef {
  return {
    deliveryId: headers.text('delivery-id'),
    tenantId: headers.text('tenant'),
    endpointId: headers.text('endpoint'),
    eventId: headers.text('event-id'),
    eventType: headers.text('event-type'),
    chain: headers.position('chain'),
    askedBy: headers.oneOf('asked-by', askedBys),
    eventOffset: headers.has('event-offset') ? headers.position('event-offset') : null,
    occurredAt: headers.time('occurred-at'),
    acceptedAt: headers.time('accepted-at'),
    ...(headers.has('restamped-at') ? { restampedAt: headers.time('restamped-at') } : {}),
  };
}
