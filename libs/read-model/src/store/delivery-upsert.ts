import type { DeliveryRow } from '../entities/delivery-row.ts';
import { bulkTable, statementOf, type BulkColumn, type Statement } from './bulk-upsert.ts';
import { foldDeliveries } from './delivery-head.ts';

const key: readonly BulkColumn<DeliveryRow>[] = [{ name: 'id', kind: 'uuid', of: (row) => row.id }];

const head: readonly BulkColumn<DeliveryRow>[] = [
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
  { name: 'endpoint_id', kind: 'text', of: (row) => row.endpointId },
  { name: 'event_id', kind: 'text', of: (row) => row.eventId },
  { name: 'event_type', kind: 'text', of: (row) => row.eventType },
  { name: 'status', kind: 'text', of: (row) => row.status },
  { name: 'reason', kind: 'text', of: (row) => row.reason },
  { name: 'chain', kind: 'bigint', of: (row) => row.chain },
  { name: 'attempt', kind: 'int', of: (row) => row.attempt },
  { name: 'step', kind: 'int', of: (row) => row.step },
  { name: 'settled', kind: 'boolean', of: (row) => row.settled },
  { name: 'asked_by', kind: 'text', of: (row) => row.askedBy },
  { name: 'test', kind: 'boolean', of: (row) => row.test },
  { name: 'next_due_at', kind: 'moment', of: (row) => row.nextDueAt },
  { name: 'term', kind: 'int', of: (row) => row.term },
  { name: 'occurred_at', kind: 'moment', of: (row) => row.occurredAt },
  { name: 'updated_at', kind: 'moment', of: (row) => row.updatedAt },
  { name: 'log_partition', kind: 'int', of: (row) => row.partition },
  { name: 'event_offset', kind: 'bigint', of: (row) => row.eventOffset },
  { name: 'head_topic', kind: 'text', of: (row) => row.headTopic },
  { name: 'head_offset', kind: 'bigint', of: (row) => row.headOffset },
];

const last: readonly BulkColumn<DeliveryRow>[] = [
  { name: 'last_chain', kind: 'bigint', of: (row) => row.lastChain },
  { name: 'last_attempt', kind: 'int', of: (row) => row.lastAttempt },
  { name: 'last_status_code', kind: 'int', of: (row) => row.lastStatusCode },
  { name: 'last_error', kind: 'text', of: (row) => row.lastError },
  { name: 'last_duration_ms', kind: 'int', of: (row) => row.lastDurationMs },
];

const created: readonly BulkColumn<DeliveryRow>[] = [
  { name: 'created_at', kind: 'moment', of: (row) => row.createdAt },
];

// The ranks of delivery-head.ts, in SQL.
const rank = (row: string) =>
  `(${row}.chain, ${row}.attempt, ${row}.settled, CASE WHEN ${row}.settled THEN 0 ELSE ${row}.step END)`;
const lastRank = (row: string) => `(coalesce(${row}.last_chain, -1), coalesce(${row}.last_attempt, -1))`;

const taken = (columns: readonly BulkColumn<DeliveryRow>[], by: (row: string) => string) =>
  columns.map(
    ({ name }) =>
      `${name} = CASE WHEN ${by('excluded')} > ${by('t')} THEN excluded.${name} ELSE t.${name} END`,
  );

/** For rows inserted `AS t`, in the order of the table's columns. */
export const deliveryConflict = `ON CONFLICT (id) DO UPDATE SET ${[
  ...taken(head, rank),
  ...taken(last, lastRank),
  'created_at = least(t.created_at, excluded.created_at)',
].join(', ')}
WHERE ${rank('excluded')} > ${rank('t')} OR ${lastRank('excluded')} > ${lastRank('t')}
  OR excluded.created_at < t.created_at`;

const deliveries = bulkTable('deliveries', [...key, ...head, ...last, ...created], deliveryConflict);

/** Rows go in by id, so that two transactions over the same deliveries never wait for each other in a circle. */
export function upsertDeliveries(changes: readonly DeliveryRow[]): Statement {
  const rows = foldDeliveries(changes).sort((a, b) => (a.id < b.id ? -1 : 1));
  return statementOf(deliveries, rows);
}
