import { EntitySchema } from 'typeorm';
import { int, moment, position, primaryKey, text } from './columns.ts';

/** Folds from `outcomes`: the event matched no endpoint (R4). A table of its own, so that no column has two sources. */
export interface UnmatchedEventRow {
  readonly tenantId: string;
  readonly eventId: string;
  readonly at: number;
  readonly partition: number;
  readonly offset: number;
}

export const unmatchedEventEntity = new EntitySchema<UnmatchedEventRow>({
  name: 'UnmatchedEvent',
  tableName: 'unmatched_events',
  columns: {
    tenantId: text({ name: 'tenant_id', ...primaryKey('unmatched_events') }),
    eventId: text({ name: 'event_id', ...primaryKey('unmatched_events') }),
    at: moment(),
    partition: int({ name: 'log_partition' }),
    offset: position({ name: 'log_offset' }),
  },
});
