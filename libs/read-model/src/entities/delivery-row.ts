import type { AskedBy, DeliveryStatus } from '#domain';
import { EntitySchema } from 'typeorm';
import { flag, int, moment, nullable, position, primaryKey, text, uuid } from './columns.ts';

/**
 * Where a delivery stands. Folds from `outcomes` and `deliveries`, whose slices come in any relative order, so every
 * column is decided by a rank (delivery-head.ts), never by arrival:
 * - most by the highest (chain, attempt, settled, step): what was asked or came out last;
 * - `last…` by the highest (chain, attempt) of which a request was made;
 * - `createdAt` is the earliest acceptance known.
 */
export interface DeliveryRow {
  readonly id: string;
  readonly tenantId: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly status: DeliveryStatus;
  /** Why it failed or was cancelled. */
  readonly reason: string | null;
  readonly chain: number;
  /** Highest attempt of the chain that has an outcome; 0: asked for, nothing came out yet. */
  readonly attempt: number;
  readonly step: number;
  /** False: the attempt was deferred, or has not begun. */
  readonly settled: boolean;
  readonly askedBy: AskedBy;
  readonly test: boolean;
  /** Set while `pending` and waiting in a tier. */
  readonly nextDueAt: number | null;
  /** The endpoint's term at the last outcome; null: none yet. */
  readonly term: number | null;
  readonly occurredAt: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lastChain: number | null;
  readonly lastAttempt: number | null;
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
  readonly lastDurationMs: number | null;
  /** The partition of all its records, and its event's offset there; null: a test event has none. */
  readonly partition: number;
  readonly eventOffset: number | null;
  /** The record that decided most columns. */
  readonly headTopic: 'deliveries' | 'outcomes';
  readonly headOffset: number;
}

export const deliveryEntity = new EntitySchema<DeliveryRow>({
  name: 'Delivery',
  tableName: 'deliveries',
  columns: {
    id: uuid(primaryKey('deliveries')),
    tenantId: text({ name: 'tenant_id' }),
    endpointId: text({ name: 'endpoint_id' }),
    eventId: text({ name: 'event_id' }),
    eventType: text({ name: 'event_type' }),
    status: text(),
    reason: text(nullable),
    chain: position(),
    attempt: int(),
    step: int(),
    settled: flag(),
    askedBy: text({ name: 'asked_by' }),
    test: flag(),
    nextDueAt: moment({ name: 'next_due_at', ...nullable }),
    term: int(nullable),
    occurredAt: moment({ name: 'occurred_at' }),
    createdAt: moment({ name: 'created_at' }),
    updatedAt: moment({ name: 'updated_at' }),
    lastChain: position({ name: 'last_chain', ...nullable }),
    lastAttempt: int({ name: 'last_attempt', ...nullable }),
    lastStatusCode: int({ name: 'last_status_code', ...nullable }),
    lastError: text({ name: 'last_error', ...nullable }),
    lastDurationMs: int({ name: 'last_duration_ms', ...nullable }),
    partition: int({ name: 'log_partition' }),
    eventOffset: position({ name: 'event_offset', ...nullable }),
    headTopic: text({ name: 'head_topic' }),
    headOffset: position({ name: 'head_offset' }),
  },
  // Read backwards for newest first; the few that share a millisecond are sorted by id when they are read, which makes
  // the total order that the cursors walk along. Most deliveries were delivered: the list of those is the tenant's.
  indices: [
    { name: 'deliveries_by_endpoint', columns: ['endpointId', 'createdAt'] },
    { name: 'deliveries_by_tenant', columns: ['tenantId', 'createdAt'] },
    {
      name: 'deliveries_by_status',
      columns: ['tenantId', 'status', 'createdAt'],
      where: `status <> 'delivered'`,
    },
    { name: 'deliveries_by_type', columns: ['tenantId', 'eventType', 'createdAt'] },
    { name: 'deliveries_by_event', columns: ['eventId'] },
    { name: 'deliveries_by_time', columns: ['createdAt'] },
    // Few: only what somebody asked for has a chain of its own, and what is held waits for somebody to decide.
    { name: 'deliveries_by_chain', columns: ['chain', 'createdAt'], where: 'chain > 0' },
    { name: 'deliveries_held', columns: ['endpointId', 'createdAt'], where: `status = 'held'` },
    { name: 'deliveries_open', columns: ['status'], where: `status IN ('pending', 'held')` },
  ],
});
