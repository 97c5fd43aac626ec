import { EntitySchema } from 'typeorm';
import { int, moment, position, primaryKey, text } from './columns.ts';

/** Folds from `quarantine`: a record nobody could read (P9). Several readers may report the same one; the first wins. */
export interface QuarantineRow {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly reason: string;
  readonly at: number;
  /** Where in `quarantine` the report stands. */
  readonly reportOffset: number;
}

export const quarantineEntity = new EntitySchema<QuarantineRow>({
  name: 'Quarantined',
  tableName: 'quarantine',
  columns: {
    topic: text(primaryKey('quarantine')),
    partition: int({ name: 'log_partition', ...primaryKey('quarantine') }),
    offset: position({ name: 'log_offset', ...primaryKey('quarantine') }),
    reason: text(),
    at: moment(),
    reportOffset: position({ name: 'report_offset' }),
  },
  indices: [{ name: 'quarantine_by_time', columns: ['at', 'topic', 'partition', 'offset'] }],
});
