import { EntitySchema } from 'typeorm';
import type { ShownState } from './audit-row.ts';
import { json, nullable, primaryKey, text } from './columns.ts';

/** What a subject of `control` is now, as audit shows it: the `before` of its next fact. Folds from `control`. */
export interface ControlStateRow {
  readonly kind: string;
  readonly id: string;
  /** null: the installation's, or an operator's key. */
  readonly tenantId: string | null;
  /** null: it is deleted, or revoked. */
  readonly state: ShownState | null;
}

export const controlStateEntity = new EntitySchema<ControlStateRow>({
  name: 'ControlState',
  tableName: 'control_states',
  columns: {
    kind: text(primaryKey('control_states')),
    id: text(primaryKey('control_states')),
    tenantId: text({ name: 'tenant_id', ...nullable }),
    state: json(nullable),
  },
  indices: [{ name: 'control_states_by_tenant', columns: ['tenantId'] }],
});
