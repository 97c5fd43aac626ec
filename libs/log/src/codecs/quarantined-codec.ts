import type { QuarantinedRecord } from '../records.ts';
import { envelope, SOURCE } from './delivery-headers.ts';
import { NOTHING, type Decoded, type Encoded, type Readable } from './encoded.ts';
import { decode, noUpcasters, type Schema } from './schema.ts';

const MAX_REASON = 1_000;
const MAX_PARTITION = 100_000;

/** Control characters, which databases and terminals choke on, and halves of characters, which UTF-8 has none of. */
const unprintable = /[\p{Cc}\p{Surrogate}]/gu;

/** Names the record by its position; its bytes stay where they are until retention takes them. */
export function encodeQuarantined(record: QuarantinedRecord): Encoded {
  const id = `${record.topic}/${record.partition}/${record.offset}`;
  const headers = envelope(id, 'hyperhook.record.quarantined', SOURCE, record.at);
  headers['topic'] = record.topic;
  headers['partition'] = String(record.partition);
  headers['offset'] = String(record.offset);
  headers['reason'] = readable(record.reason) || 'unknown';
  headers['at'] = String(record.at);
  return { key: null, headers, value: NOTHING };
}

const schema: Schema<QuarantinedRecord> = {
  current: 1,
  upcasters: noUpcasters,
  read: (headers) => ({
    topic: headers.text('topic'),
    partition: headers.integer('partition', 0, MAX_PARTITION),
    offset: headers.position('offset'),
    reason: headers.text('reason'),
    at: headers.time('at'),
  }),
};

export function decodeQuarantined(record: Readable): Decoded<QuarantinedRecord> {
  return decode(schema, record);
}

/** Reasons may hold names that strangers chose. */
function readable(reason: string): string {
  return reason.slice(0, MAX_REASON).replaceAll(unprintable, '\ufffd');
}
