import { EntitySchema } from 'typeorm';
import { bytes, moment, position, primaryKey, smallint, text, int } from './columns.ts';

/**
 * Values of records that stand next to each other in one topic-partition, packed together: bodies of `events`, and what
 * was sent and answered of `outcomes`. A row of another table names the record by where it stands; its value is in the
 * row here with the highest first offset that is not above it. Where one row ends and the next begins is no fact of the
 * log: a rebuild may cut them elsewhere, the values are the same.
 */
export interface RecordValuesRow {
  readonly topic: string;
  readonly partition: number;
  readonly firstOffset: number;
  /** How `packed` is to be read: packed-values.ts. */
  readonly packing: number;
  readonly packed: Uint8Array;
  /** When the newest of them was appended: they go together, when all are old. */
  readonly newestAt: number;
}

export const recordValuesEntity = new EntitySchema<RecordValuesRow>({
  name: 'RecordValues',
  tableName: 'record_values',
  columns: {
    topic: text(primaryKey('record_values')),
    partition: int({ name: 'log_partition', ...primaryKey('record_values') }),
    firstOffset: position({ name: 'first_offset', ...primaryKey('record_values') }),
    packing: smallint(),
    packed: bytes(),
    newestAt: moment({ name: 'newest_at' }),
  },
  indices: [{ name: 'record_values_by_time', columns: ['newestAt'] }],
});
