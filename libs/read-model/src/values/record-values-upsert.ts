import type { TopicName } from '#log';
import type { RecordValuesRow } from '../entities/record-values-row.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from '../store/bulk-upsert.ts';
import { packed, packings, type RecordValue } from './packed-values.ts';

/** Bytes that are packed into one row at most: what must be unpacked to read one value of them. */
const MAX_ROW_BYTES = 128 * 1024;

const columns: readonly BulkColumn<RecordValuesRow>[] = [
  { name: 'topic', kind: 'text', of: (row) => row.topic },
  { name: 'log_partition', kind: 'int', of: (row) => row.partition },
  { name: 'first_offset', kind: 'bigint', of: (row) => row.firstOffset },
  { name: 'packing', kind: 'smallint', of: (row) => row.packing },
  { name: 'packed', kind: 'bytea', of: (row) => row.packed },
];

/** A position that was moved back has its records read again: then the same values are cut into other rows. */
const recordValues = bulkTable(
  'record_values',
  columns,
  `ON CONFLICT (topic, log_partition, first_offset) DO UPDATE
   SET packing = excluded.packing, packed = excluded.packed`,
);

/** Values of one topic-partition, in the order of their offsets. */
export interface ValuesOfPartition {
  readonly topic: TopicName;
  readonly partition: number;
  readonly values: readonly RecordValue[];
}

export function upsertRecordValues(all: readonly ValuesOfPartition[]): Statement {
  const rows = all.flatMap(({ topic, partition, values }) =>
    cut(values).map((piece): RecordValuesRow => ({
      topic,
      partition,
      firstOffset: piece[0]?.offset ?? 0,
      packing: packings.zstd,
      packed: packed(piece),
    })),
  );
  return statementOf(recordValues, rows);
}

/** Pieces within the bound; a value that is larger stands alone. */
function cut(values: readonly RecordValue[]): readonly (readonly RecordValue[])[] {
  const pieces: RecordValue[][] = [];
  let bytes = Infinity;
  for (const value of values) {
    bytes += value.value.byteLength;
    if (bytes > MAX_ROW_BYTES) {
      pieces.push([]);
      bytes = value.value.byteLength;
    }
    pieces.at(-1)?.push(value);
  }
  return pieces;
}
