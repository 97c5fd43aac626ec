import { EntitySchema } from 'typeorm';
import { json, moment, nullable, position, primaryKey, text } from './columns.ts';

/**
 * Folds from `control`: what was asked to be erased. It is carried out again and again for as long as the log may still
 * bring rows back, so that neither a rebuild nor a projector that is behind undoes it.
 */
export interface ErasureRow {
  /** Where in `control` it was asked. */
  readonly controlOffset: number;
  /** Nothing that was accepted later is meant. */
  readonly at: number;
  readonly tenantId: string;
  /** null: everything of the tenant. */
  readonly eventIds: readonly string[] | null;
}

export const erasureEntity = new EntitySchema<ErasureRow>({
  name: 'Erasure',
  tableName: 'erasures',
  columns: {
    controlOffset: position({ name: 'control_offset', ...primaryKey('erasures') }),
    at: moment(),
    tenantId: text({ name: 'tenant_id' }),
    eventIds: json({ name: 'event_ids', ...nullable }),
  },
});
