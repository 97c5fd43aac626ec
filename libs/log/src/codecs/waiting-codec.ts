import { MAX_DELAY_MS } from '#domain';
import type { WaitingRecord } from '../records.ts';
import { envelope, MAX_ATTEMPT, MAX_STEP, readRef, SOURCE, writeRef } from './delivery-headers.ts';
import { Unreadable, type Decoded, type Encoded, type Readable } from './encoded.ts';
import { decode, noUpcasters, type Schema } from './schema.ts';

/** A placement waits a day at most; an hour on top for clocks that disagree. */
const MAX_AHEAD_MS = MAX_DELAY_MS + 3_600_000;

export function encodeWaiting(waiting: WaitingRecord): Encoded {
  const { ref } = waiting;
  const id = `${ref.deliveryId}/${ref.chain}/${waiting.attempt}/${waiting.step}`;
  const headers = envelope(id, 'hyperhook.delivery.waiting', SOURCE, waiting.dueAt);
  writeRef(headers, ref);
  headers['attempt'] = String(waiting.attempt);
  headers['step'] = String(waiting.step);
  headers['due-at'] = String(waiting.dueAt);
  headers['hops'] = waiting.hops.join(',');
  if (waiting.deferredSince !== null) headers['deferred-since'] = String(waiting.deferredSince);
  return { key: ref.tenantId, headers, value: waiting.body };
}

const schema: Schema<WaitingRecord> = {
  current: 1,
  upcasters: noUpcasters,
  read: (headers, record) => {
    const dueAt = headers.time('due-at');
    if (dueAt > record.appendedAt + MAX_AHEAD_MS) {
      throw new Unreadable('header due-at is more than 25 hours after the append');
    }
    return {
      ref: readRef(headers),
      attempt: headers.integer('attempt', 1, MAX_ATTEMPT),
      step: headers.integer('step', 1, MAX_STEP),
      dueAt,
      hops: headers.hops('hops'),
      deferredSince: headers.has('deferred-since') ? headers.time('deferred-since') : null,
      body: record.value,
    };
  },
};

export function decodeWaiting(record: Readable): Decoded<WaitingRecord> {
  return decode(schema, record);
}
