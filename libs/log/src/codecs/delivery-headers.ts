import { askedBys, type DeliveryRef } from '#domain';
import type { HeaderReader } from './header-reader.ts';

/** More attempts than any contract asks for; a header beyond it is damaged or hostile. */
export const MAX_ATTEMPT = 1_000;
/** Deferrals of a day at 4 s each stay under it. */
export const MAX_STEP = 100_000;
export const MAX_TERM = 1_000_000_000;

/** More than any publisher may bring. */
export const MAX_HOP = 100;

export const SOURCE = 'hyperhook';
const JSON_TYPE = 'application/json';

/** Headers that are being written; one made of a form gets its shape at once instead of growing into it. */
export type HeadersInWork = Record<string, string>;

/**
 * The CloudEvents attributes (binary mode) and the schema version that every record of the engine carries. `into`: headers
 * that have these names already, to be filled in.
 */
export function envelope(
  id: string,
  type: string,
  source: string,
  at: number,
  into: HeadersInWork = {},
): HeadersInWork {
  into['ce_specversion'] = '1.0';
  into['ce_id'] = id;
  into['ce_type'] = type;
  into['ce_source'] = source;
  into['ce_time'] = new Date(at).toISOString();
  into['content-type'] = JSON_TYPE;
  into['schema-version'] = '1';
  return into;
}

/** The names that nearly every ref has, in their order. */
const refNames = [
  'tenant',
  'delivery-id',
  'endpoint',
  'event-id',
  'event-type',
  'chain',
  'asked-by',
  'event-offset',
  'occurred-at',
  'accepted-at',
];

/**
 * Headers of a delivery's record, all empty, to be copied and filled in. Parsed, because what is parsed has its values in a
 * row: a copy costs one allocation, where an object that grows name by name costs six.
 */
export function headerForm(names: readonly string[]): Readonly<HeadersInWork> {
  const all = [...Object.keys(envelope('', '', SOURCE, 0)), ...refNames, ...names];
  return JSON.parse(JSON.stringify(Object.fromEntries(all.map((name) => [name, ''])))) as HeadersInWork;
}

export function writeRef(headers: HeadersInWork, ref: DeliveryRef): void {
  headers['tenant'] = ref.tenantId;
  headers['delivery-id'] = ref.deliveryId;
  headers['endpoint'] = ref.endpointId;
  headers['event-id'] = ref.eventId;
  headers['event-type'] = ref.eventType;
  headers['chain'] = String(ref.chain);
  headers['asked-by'] = ref.askedBy;
  if (ref.eventOffset !== null) headers['event-offset'] = String(ref.eventOffset);
  else delete headers['event-offset'];
  headers['occurred-at'] = String(ref.occurredAt);
  headers['accepted-at'] = String(ref.acceptedAt);
  if (ref.restampedAt !== undefined) headers['restamped-at'] = String(ref.restampedAt);
  if (ref.hop !== undefined) headers['hop'] = String(ref.hop);
  if (ref.traceparent !== undefined) headers['traceparent'] = ref.traceparent;
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
    ...(headers.has('hop') ? { hop: headers.integer('hop', 1, MAX_HOP) } : {}),
    ...headers.trace(),
  };
}
