import type { ErasureRow } from '../entities/erasure-row.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from './bulk-upsert.ts';

const columns: readonly BulkColumn<ErasureRow>[] = [
  { name: 'control_offset', kind: 'bigint', of: (row) => row.controlOffset },
  { name: 'at', kind: 'moment', of: (row) => row.at },
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
  { name: 'event_ids', kind: 'jsonb', of: (row) => row.eventIds },
];

const erasures = bulkTable('erasures', columns, 'ON CONFLICT DO NOTHING');

export function insertErasures(rows: readonly ErasureRow[]): Statement {
  return statementOf(erasures, rows);
}
