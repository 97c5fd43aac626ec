import { In, type EntityManager } from 'typeorm';
import type { AuditRow } from '../entities/audit-row.ts';
import { controlStateEntity, type ControlStateRow } from '../entities/control-state-row.ts';
import { auditEntries, stateKey, subjectOf, type ControlEntryAt } from './audit-entries.ts';
import { bulkTable, statementOf, type BulkColumn } from './bulk-upsert.ts';
import { UnusableRow } from './data-error.ts';

const auditColumns: readonly BulkColumn<AuditRow>[] = [
  { name: 'position', kind: 'bigint', of: (row) => row.position },
  { name: 'fact_id', kind: 'text', of: (row) => row.factId },
  { name: 'at', kind: 'moment', of: (row) => row.at },
  { name: 'actor', kind: 'text', of: (row) => row.actor },
  { name: 'type', kind: 'text', of: (row) => row.type },
  { name: 'subject_kind', kind: 'text', of: (row) => row.subjectKind },
  { name: 'subject_id', kind: 'text', of: (row) => row.subjectId },
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
  { name: 'before', kind: 'jsonb', of: (row) => row.before },
  { name: 'after', kind: 'jsonb', of: (row) => row.after },
  { name: 'details', kind: 'jsonb', of: (row) => row.details },
];

const stateColumns: readonly BulkColumn<ControlStateRow>[] = [
  { name: 'kind', kind: 'text', of: (row) => row.kind },
  { name: 'id', kind: 'text', of: (row) => row.id },
  { name: 'tenant_id', kind: 'text', of: (row) => row.tenantId },
  { name: 'state', kind: 'jsonb', of: (row) => row.state },
];

const auditTable = bulkTable('audit', auditColumns, 'ON CONFLICT DO NOTHING');
const stateTable = bulkTable(
  'control_states',
  stateColumns,
  'ON CONFLICT (kind, id) DO UPDATE SET tenant_id = excluded.tenant_id, state = excluded.state',
);

/** Folds `control` into what audit lists. The lock on its position makes this the only writer. */
export async function foldAudit(manager: EntityManager, entries: readonly ControlEntryAt[]): Promise<void> {
  const states = await statesOf(manager, entries);
  const { rows, changed } = readably(() => auditEntries(states, entries));
  for (const { text, values } of [statementOf(auditTable, rows), statementOf(stateTable, changed)]) {
    await manager.query(text, values);
  }
}

/** What the facts are about, their tenants, and all that belongs to a tenant which one of them deletes. */
async function statesOf(
  manager: EntityManager,
  entries: readonly ControlEntryAt[],
): Promise<Map<string, ControlStateRow>> {
  const ids = new Set<string>();
  const removed: string[] = [];
  for (const { fact } of entries) {
    ids.add(subjectOf(fact).id ?? '');
    if ('tenantId' in fact && fact.tenantId !== null) ids.add(fact.tenantId);
    if (fact.type === 'tenant.deleted') removed.push(fact.tenantId);
  }
  const rows = await manager.find(controlStateEntity, {
    where: [{ id: In([...ids]) }, { tenantId: In(removed) }],
  });
  return new Map(rows.map((row) => [stateKey(row), row]));
}

/** A fact whose shape is a lie makes `evolve` throw: that is the record's fault, not the database's. */
function readably<T>(fold: () => T): T {
  try {
    return fold();
  } catch (error) {
    throw new UnusableRow(error instanceof Error ? error.message : String(error));
  }
}
