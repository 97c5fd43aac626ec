import type { EventRecord } from '../records.ts';
import { envelope, MAX_HOP } from './delivery-headers.ts';
import { Unreadable, type Decoded, type Encoded, type Readable } from './encoded.ts';
import { decode, noUpcasters, type Schema } from './schema.ts';

/** Length of the delivery id that is written into the slot: a UUID. */
const SLOT_BYTES = 36;

/** Half of a character: UTF-8 has none, and encodeURIComponent throws. */
const lone = /\p{Surrogate}/gu;

export function encodeEvent(event: EventRecord): Encoded {
  const source = `/tenants/${encodeURIComponent(event.tenantId.replaceAll(lone, '\ufffd'))}`;
  const headers = envelope(event.eventId, event.eventType, source, event.occurredAt);
  headers['tenant'] = event.tenantId;
  headers['contract'] = event.contract;
  headers['occurred-at'] = String(event.occurredAt);
  headers['accepted-at'] = String(event.acceptedAt);
  headers['control-position'] = String(event.controlPosition);
  if (event.slot !== null) headers['slot'] = String(event.slot);
  if (event.hop !== undefined) headers['hop'] = String(event.hop);
  if (event.traceparent !== undefined) headers['traceparent'] = event.traceparent;
  return { key: event.tenantId, headers, value: event.body };
}

const schema: Schema<EventRecord> = {
  current: 1,
  upcasters: noUpcasters,
  read: (headers, record) => {
    const slot = headers.has('slot') ? headers.position('slot') : null;
    if (slot !== null && slot + SLOT_BYTES > record.value.byteLength) {
      throw new Unreadable('header slot points beyond the body');
    }
    return {
      eventId: headers.text('ce_id'),
      eventType: headers.text('ce_type'),
      tenantId: headers.text('tenant'),
      contract: headers.text('contract'),
      occurredAt: headers.time('occurred-at'),
      acceptedAt: headers.time('accepted-at'),
      controlPosition: headers.position('control-position'),
      slot,
      ...(headers.has('hop') ? { hop: headers.integer('hop', 1, MAX_HOP) } : {}),
      ...headers.trace(),
      body: record.value,
    };
  },
};

export function decodeEvent(record: Readable): Decoded<EventRecord> {
  return decode(schema, record);
}
