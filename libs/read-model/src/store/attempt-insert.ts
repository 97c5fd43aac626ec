import type { AttemptOwner, AttemptSummary } from '../entities/attempt-row.ts';
import { arraysOf, statementOf, type BulkColumn, type BulkTable, type Statement } from './bulk-upsert.ts';

const columns: readonly BulkColumn<AttemptSummary>[] = [
  { name: 'delivery_id', kind: 'uuid', of: (row) => row.deliveryId },
  { name: 'chain', kind: 'bigint', of: (row) => row.chain },
  { name: 'attempt', kind: 'int', of: (row) => row.attempt },
  { name: 'asked_by', kind: 'text', of: (row) => row.askedBy },
  { name: 'restamped_at', kind: 'moment', of: (row) => row.restampedAt },
  { name: 'kind', kind: 'text', of: (row) => row.kind },
  { name: 'reason', kind: 'text', of: (row) => row.reason },
  { name: 'step', kind: 'int', of: (row) => row.step },
  { name: 'term', kind: 'int', of: (row) => row.term },
  { name: 'at', kind: 'moment', of: (row) => row.at },
  { name: 'started_at', kind: 'moment', of: (row) => row.startedAt },
  { name: 'duration_ms', kind: 'int', of: (row) => row.durationMs },
  { name: 'status_code', kind: 'int', of: (row) => row.statusCode },
  { name: 'error_class', kind: 'text', of: (row) => row.errorClass },
  { name: 'next_due_at', kind: 'moment', of: (row) => row.nextDueAt },
  { name: 'next_tiers', kind: 'jsonb', of: (row) => row.nextTiers },
  { name: 'log_partition', kind: 'int', of: (row) => row.partition },
  { name: 'log_offset', kind: 'bigint', of: (row) => row.offset },
];

export type AttemptChange = AttemptSummary & AttemptOwner;

const keyOf = (row: AttemptSummary): string => `${row.deliveryId} ${row.chain} ${row.attempt}`;

/** The first outcome of each key (R3). */
export function firstAttempts(changes: readonly AttemptChange[]): readonly AttemptChange[] {
  const rows = new Map<string, AttemptChange>();
  for (const change of changes) {
    const key = keyOf(change);
    if (!rows.has(key)) rows.set(key, change);
  }
  return [...rows.values()];
}

const names = columns.map(({ name }) => name).join(', ');

const attempts: BulkTable<AttemptSummary> = {
  name: 'write attempts',
  columns,
  sql: `WITH given AS (SELECT * FROM unnest(${arraysOf(columns)}) AS g (${names})),
    fresh AS (INSERT INTO attempts (${names}) SELECT * FROM given ON CONFLICT DO NOTHING
      RETURNING log_partition, log_offset)
    SELECT log_partition AS "partition", log_offset::float8 AS "offset" FROM given
    LEFT JOIN fresh USING (log_partition, log_offset) WHERE fresh IS NULL`,
};

/** Answers where those stand that were there already, hardly ever any: only new ones are counted by day. */
export function insertAttempts(rows: readonly AttemptSummary[]): Statement {
  return statementOf(attempts, rows);
}
