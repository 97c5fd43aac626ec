import type { TopicName } from '#log';
import type { RecordValuesRow } from '../entities/record-values-row.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from '../store/bulk-upsert.ts';
import { packed, packings, type RecordValue } from './packed-values.ts';

/** A value as it comes from the log. */
export interface DatedValue extends RecordValue {
  /** When it was appended, epoch ms. */
  readonly at: number;
}

/** Bytes that are packed into one row at most: what must be unpacked to read one value of them. */
const MAX_ROW_BYTES = 128 * 1024;

const columns: readonly BulkColumn<RecordValuesRow>[] = [
  { name: 'topic', kind: 'text', of: (row) => row.topic },
  { name: 'log_partition', kind: 'int', of: (row) => row.partition },
  { name: 'first_offset', kind: 'bigint', of: (row) => row.firstOffset },
  { name: 'packing', kind: 'smallint', of: (row) => row.packing },
  { name: 'packed', kind: 'bytea', of: (row) => row.packed },
  { name: 'newest_at', kind: 'moment', of: (row) => row.newestAt },
];

/** A position that was moved back has its records read again: then the same values are cut into other rows. */
const recordValues = bulkTable(
  'record_values',
  columns,
  `ON CONFLICT (topic, log_partition, first_offset) DO UPDATE
   SET packing = excluded.packing, packed = excluded.packed, newest_at = excluded.newest_at`,
);

/** Values of one topic-partition, in the order of their offsets. */
export interface ValuesOfPartition {
  readonly topic: TopicName;
  readonly partition: number;
  readonly values: readonly DatedValue[];
}

export function upsertRecordValues(all: readonly ValuesOfPartition[]): Statement {
  const rows = all.flatMap(({ topic, partition, values }) =>
    cut(values).map((piece): RecordValuesRow => ({
      topic,
      partition,
      firstOffset: piece[0]?.offset ?? 0,
      packing: packings.zstd,
      packed: packed(piece),
      // Append times never fall within a partition.
      newestAt: piece.at(-1)?.at ?? 0,
    })),
  );
  return statementOf(recordValues, rows);
}

/** Pieces within the bound; a value that is larger stands alone. */
function cut(values: readonly DatedValue[]): readonly (readonly DatedValue[])[] {
  const pieces: DatedValue[][] = [];
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
