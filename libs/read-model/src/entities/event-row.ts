import { EntitySchema } from 'typeorm';
import { int, moment, nullable, position, primaryKey, text } from './columns.ts';

/**
 * Folds from `events`. The first content of (tenant, id) wins; later copies are counted (P10). The body is the record's
 * value, which `record_values` keeps.
 */
export interface EventSummary {
  readonly tenantId: string;
  readonly id: string;
  readonly type: string;
  readonly contract: string;
  readonly occurredAt: number;
  readonly acceptedAt: number;
  /** Byte offset of the delivery id in the body; null: it holds none (P7). */
  readonly slot: number | null;
  /** How often the same (tenant, id) was published again. */
  readonly duplicates: number;
  /** Where in `events` it stands. */
  readonly partition: number;
  readonly offset: number;
}

export interface EventRow extends EventSummary {
  /** As accepted, slot unfilled; null: it is not kept any more. */
  readonly body: Uint8Array | null;
}

export const eventEntity = new EntitySchema<EventSummary>({
  name: 'Event',
  tableName: 'events',
  columns: {
    tenantId: text({ name: 'tenant_id', ...primaryKey('events') }),
    id: text(primaryKey('events')),
    type: text(),
    contract: text(),
    occurredAt: moment({ name: 'occurred_at' }),
    acceptedAt: moment({ name: 'accepted_at' }),
    slot: int(nullable),
    duplicates: int({ default: 0 }),
    partition: int({ name: 'log_partition' }),
    offset: position({ name: 'log_offset' }),
  },
  indices: [
    // Few events share a millisecond: those are sorted when they are read.
    { name: 'events_by_tenant', columns: ['tenantId', 'acceptedAt'] },
    { name: 'events_by_time', columns: ['acceptedAt'] },
  ],
});
