import type { AskedRecord } from '../records.ts';
import { envelope, readRef, SOURCE, writeRef } from './delivery-headers.ts';
import type { Decoded, Encoded, Readable } from './encoded.ts';
import { decode, noUpcasters, type Schema } from './schema.ts';

export function encodeAsked(asked: AskedRecord): Encoded {
  const { ref } = asked;
  const id = `${ref.deliveryId}/${ref.chain}`;
  const headers = envelope(id, 'hyperhook.delivery.asked', SOURCE, ref.acceptedAt);
  writeRef(headers, ref);
  return { key: ref.tenantId, headers, value: asked.body };
}

const schema: Schema<AskedRecord> = {
  current: 1,
  upcasters: noUpcasters,
  read: (headers, record) => ({ ref: readRef(headers), body: record.value }),
};

export function decodeAsked(record: Readable): Decoded<AskedRecord> {
  return decode(schema, record);
}
