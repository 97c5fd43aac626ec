import type { AttemptRow } from '../entities/attempt-row.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from './bulk-upsert.ts';

const columns: readonly BulkColumn<AttemptRow>[] = [
  { name: 'delivery_id', kind: 'uuid', of: (row) => row.deliveryId },
  { name: 'chain', kind: 'bigint', of: (row) => row.chain },
  { name: 'attempt', kind: 'int', of: (row) => row.attempt },
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
  { name: 'endpoint_id', kind: 'text', of: (row) => row.endpointId },
  { name: 'asked_by', kind: 'text', of: (row) => row.askedBy },
  { name: 'restamped_at', kind: 'moment', of: (row) => row.restampedAt },
  { name: 'kind', kind: 'text', of: (row) => row.kind },
  { name: 'reason', kind: 'text', of: (row) => row.reason },
  { name: 'step', kind: 'int', of: (row) => row.step },
  { name: 'term', kind: 'int', of: (row) => row.term },
  { name: 'at', kind: 'moment', of: (row) => row.at },
  { name: 'started_at', kind: 'moment', of: (row) => row.startedAt },
  { name: 'duration_ms', kind: 'int', of: (row) => row.durationMs },
  { name: 'url', kind: 'text', of: (row) => row.url },
  { name: 'request_headers', kind: 'jsonb', of: (row) => row.requestHeaders },
  { name: 'status_code', kind: 'int', of: (row) => row.statusCode },
  { name: 'response_headers', kind: 'jsonb', of: (row) => row.responseHeaders },
  { name: 'response_body', kind: 'bytea', of: (row) => row.responseBody },
  { name: 'response_bytes', kind: 'int', of: (row) => row.responseBytes },
  { name: 'response_truncated', kind: 'boolean', of: (row) => row.responseTruncated },
  { name: 'error_class', kind: 'text', of: (row) => row.errorClass },
  { name: 'message', kind: 'text', of: (row) => row.message },
  { name: 'next_due_at', kind: 'moment', of: (row) => row.nextDueAt },
  { name: 'next_tiers', kind: 'jsonb', of: (row) => row.nextTiers },
  { name: 'log_partition', kind: 'int', of: (row) => row.partition },
  { name: 'log_offset', kind: 'bigint', of: (row) => row.offset },
];

export const attemptKey = (row: Pick<AttemptRow, 'deliveryId' | 'chain' | 'attempt'>): string =>
  `${row.deliveryId.toLowerCase()} ${row.chain} ${row.attempt}`;

/** The first outcome of each key (R3). */
export function firstAttempts(changes: readonly AttemptRow[]): ReadonlyMap<string, AttemptRow> {
  const rows = new Map<string, AttemptRow>();
  for (const change of changes) {
    const key = attemptKey(change);
    if (!rows.has(key)) rows.set(key, change);
  }
  return rows;
}

const attempts = bulkTable(
  'attempts',
  columns,
  `ON CONFLICT DO NOTHING RETURNING concat_ws(' ', delivery_id, chain, attempt) AS key`,
);

/** Answers `key`s of the rows that were really new: only those are counted by day. */
export function insertAttempts(rows: readonly AttemptRow[]): Statement {
  return statementOf(attempts, rows);
}
