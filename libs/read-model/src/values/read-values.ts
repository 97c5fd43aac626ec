import type { TopicName } from '#log';
import type { DataSource } from 'typeorm';
import { unpacked } from './packed-values.ts';

interface Found {
  readonly first_offset: string;
  readonly packing: number;
  readonly packed: Buffer;
}

/** By offset, of those that were kept; a record without a value has none here. */
export async function readValues(
  dataSource: DataSource,
  topic: TopicName,
  partition: number,
  offsets: readonly number[],
): Promise<ReadonlyMap<number, Uint8Array>> {
  const wanted = new Set(offsets);
  const values = new Map<number, Uint8Array>();
  if (wanted.size === 0) return values;
  const rows = await dataSource.query<Found[]>(
    `SELECT first_offset, packing, packed FROM record_values
     WHERE topic = $1 AND log_partition = $2 AND first_offset IN (
       SELECT (SELECT max(first_offset) FROM record_values
               WHERE topic = $1 AND log_partition = $2 AND first_offset <= wanted)
       FROM unnest($3::bigint[]) AS wanted)`,
    [topic, partition, [...wanted]],
  );
  for (const row of rows) {
    for (const { offset, value } of unpacked(row.packing, Number(row.first_offset), row.packed)) {
      if (wanted.has(offset)) values.set(offset, value);
    }
  }
  return values;
}
