import type { KeyUsesRecord } from '../records.ts';
import { envelope, SOURCE } from './delivery-headers.ts';
import { Unreadable, type Decoded, type Encoded, type Readable } from './encoded.ts';
import { MAX_TIME } from './header-reader.ts';
import { fromJson, isObject, toJson } from './json-value.ts';
import { decode, noUpcasters, type Schema } from './schema.ts';

export function encodeKeyUses({ id, at, uses }: KeyUsesRecord): Encoded {
  const headers = envelope(id, 'hyperhook.keys.used', SOURCE, at);
  headers['at'] = String(at);
  return { key: null, headers, value: toJson({ uses }) };
}

const schema: Schema<KeyUsesRecord> = {
  current: 1,
  upcasters: noUpcasters,
  read: (headers, record) => ({
    id: headers.text('ce_id'),
    at: headers.time('at'),
    uses: readUses(fromJson(record.value)['uses']),
  }),
};

function readUses(uses: unknown): KeyUsesRecord['uses'] {
  if (!isObject(uses)) throw new Unreadable('uses is not an object');
  for (const at of Object.values(uses)) {
    if (typeof at !== 'number' || !(at >= 0 && at <= MAX_TIME)) throw new Unreadable('a use has no time');
  }
  return uses as KeyUsesRecord['uses'];
}

export function decodeKeyUses(record: Readable): Decoded<KeyUsesRecord> {
  return decode(schema, record);
}
