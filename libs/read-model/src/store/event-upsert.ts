import type { EventSummary } from '../entities/event-row.ts';
import type { UnmatchedEventRow } from '../entities/unmatched-event-row.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from './bulk-upsert.ts';

const columns: readonly BulkColumn<EventSummary>[] = [
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
  { name: 'id', kind: 'text', of: (row) => row.id },
  { name: 'type', kind: 'text', of: (row) => row.type },
  { name: 'contract', kind: 'text', of: (row) => row.contract },
  { name: 'occurred_at', kind: 'moment', of: (row) => row.occurredAt },
  { name: 'accepted_at', kind: 'moment', of: (row) => row.acceptedAt },
  { name: 'slot', kind: 'int', of: (row) => row.slot },
  { name: 'duplicates', kind: 'int', of: (row) => row.duplicates },
  { name: 'log_partition', kind: 'int', of: (row) => row.partition },
  { name: 'log_offset', kind: 'bigint', of: (row) => row.offset },
];

// The row that is there stands for one copy, the one coming in for 1 + its own duplicates.
const conflict = `ON CONFLICT (tenant_id, id) DO UPDATE
  SET duplicates = t.duplicates + 1 + excluded.duplicates`;

const events = bulkTable('events', columns, conflict);

/** P10: the first content wins, every later copy is counted. A tenant has one partition, so "first" is its order. */
export function upsertEvents(changes: readonly Omit<EventSummary, 'duplicates'>[]): Statement {
  const rows = new Map<string, EventSummary>();
  for (const change of changes) {
    const key = `${change.tenantId.length} ${change.tenantId} ${change.id}`;
    const row = rows.get(key);
    rows.set(
      key,
      row === undefined ? { ...change, duplicates: 0 } : { ...row, duplicates: row.duplicates + 1 },
    );
  }
  return statementOf(events, [...rows.values()]);
}

const unmatchedColumns: readonly BulkColumn<UnmatchedEventRow>[] = [
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
  { name: 'event_id', kind: 'text', of: (row) => row.eventId },
  { name: 'at', kind: 'moment', of: (row) => row.at },
  { name: 'log_partition', kind: 'int', of: (row) => row.partition },
  { name: 'log_offset', kind: 'bigint', of: (row) => row.offset },
];

const unmatched = bulkTable('unmatched_events', unmatchedColumns, 'ON CONFLICT DO NOTHING');

export function insertUnmatched(rows: readonly UnmatchedEventRow[]): Statement {
  return statementOf(unmatched, rows);
}
