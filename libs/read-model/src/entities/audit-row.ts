import { EntitySchema } from 'typeorm';
import { json, moment, nullable, position, primaryKey, text } from './columns.ts';

/** What something is, as audit shows it: secrets and the values of headers hidden. */
export type ShownState = Readonly<Record<string, unknown>>;

/** What a fact is about; a kind and, but for the installation, an id. */
export interface AuditSubject {
  readonly kind: string;
  readonly id: string | null;
}

/** One fact of `control` that applied: who, when, what, and what it was before and after. Folds from `control`. */
export interface AuditRow {
  /** Of the fact in `control`. */
  readonly position: number;
  readonly factId: string;
  readonly at: number;
  readonly actor: string;
  readonly type: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  /** null: the installation's. */
  readonly tenantId: string | null;
  /** null: it did not exist, or the fact changes no state. */
  readonly before: ShownState | null;
  readonly after: ShownState | null;
  /** What the fact says besides. */
  readonly details: ShownState;
}

export const auditEntity = new EntitySchema<AuditRow>({
  name: 'Audit',
  tableName: 'audit',
  columns: {
    position: position(primaryKey('audit')),
    factId: text({ name: 'fact_id' }),
    at: moment(),
    actor: text(),
    type: text(),
    subjectKind: text({ name: 'subject_kind' }),
    subjectId: text({ name: 'subject_id', ...nullable }),
    tenantId: text({ name: 'tenant_id', ...nullable }),
    before: json(nullable),
    after: json(nullable),
    details: json(),
  },
  indices: [
    { name: 'audit_by_fact', columns: ['factId'], unique: true },
    { name: 'audit_by_time', columns: ['at', 'position'] },
    { name: 'audit_by_tenant', columns: ['tenantId', 'at', 'position'] },
    { name: 'audit_by_subject', columns: ['subjectId', 'at', 'position'] },
    { name: 'audit_by_actor', columns: ['actor', 'at', 'position'] },
    { name: 'audit_by_type', columns: ['type', 'at', 'position'] },
  ],
});
