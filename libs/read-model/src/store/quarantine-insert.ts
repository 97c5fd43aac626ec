import type { QuarantineRow } from '../entities/quarantine-row.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from './bulk-upsert.ts';

const columns: readonly BulkColumn<QuarantineRow>[] = [
  { name: 'topic', kind: 'text', of: (row) => row.topic },
  { name: 'log_partition', kind: 'int', of: (row) => row.partition },
  { name: 'log_offset', kind: 'bigint', of: (row) => row.offset },
  { name: 'reason', kind: 'text', of: (row) => row.reason },
  { name: 'at', kind: 'moment', of: (row) => row.at },
  { name: 'report_offset', kind: 'bigint', of: (row) => row.reportOffset },
];

const quarantine = bulkTable('quarantine', columns, 'ON CONFLICT DO NOTHING');

/** Every reader that meets the record reports it, and again after a crash: the first report stays. */
export function insertQuarantined(rows: readonly QuarantineRow[]): Statement {
  return statementOf(quarantine, rows);
}
