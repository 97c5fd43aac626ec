import type { AttemptOwner, AttemptSummary } from '../entities/attempt-row.ts';
import {
  arraysOf,
  bulkTable,
  statementOf,
  type BulkColumn,
  type BulkTable,
  type Statement,
} from './bulk-upsert.ts';

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

const attempts = bulkTable('attempts', columns, 'ON CONFLICT DO NOTHING');

const given = columns.map(({ name }) => name).join(', ');

const copies: BulkTable<AttemptSummary> = {
  name: 'find copies of attempts',
  columns,
  sql: `SELECT given.log_partition AS "partition", given.log_offset::float8 AS "offset"
    FROM unnest(${arraysOf(columns)}) AS given (${given}) JOIN attempts USING (delivery_id, chain, attempt)
    WHERE (attempts.log_partition, attempts.log_offset) <> (given.log_partition, given.log_offset)`,
};

/** Says how many are new. */
export function insertAttempts(rows: readonly AttemptSummary[]): Statement {
  return statementOf(attempts, rows);
}

/**
 * Where those of them stand that were there already, from another place in the log: hardly ever any, so that they are only
 * looked for where not all were new.
 */
export function findCopies(rows: readonly AttemptSummary[]): Statement {
  return statementOf(copies, rows);
}
