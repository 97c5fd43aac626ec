import type { ControlEntry, ControlFact } from '#domain';
import type { AuditRow, AuditSubject, ShownState } from '../entities/audit-row.ts';
import type { ControlStateRow } from '../entities/control-state-row.ts';
import { evolveShown } from './evolve-shown.ts';
import { shownState } from './shown-state.ts';

/** A fact with its place in `control`. */
export interface ControlEntryAt extends ControlEntry {
  readonly position: number;
}

/** Named by heads and versions, or told by the states before and after. */
const told = new Set([
  'type',
  'at',
  'version',
  'tenantId',
  'endpointId',
  'keyId',
  'recordId',
  'settings',
  'secret',
  'secrets',
  'headers',
  'active',
]);

/** What is about the same thing has the same key. */
export function stateKey({ kind, id }: { readonly kind: string; readonly id: string | null }): string {
  return `${kind} ${id ?? ''}`;
}

/** The closest name that the fact has: an endpoint's (a `webhook` to the API), a key's, a tenant's. */
export function subjectOf(fact: ControlFact): AuditSubject {
  if ('endpointId' in fact && fact.endpointId !== null) return { kind: 'webhook', id: fact.endpointId };
  if ('keyId' in fact) return { kind: 'key', id: fact.keyId };
  if ('replayId' in fact) return { kind: 'replay', id: fact.replayId };
  if ('recordId' in fact) return { kind: 'record', id: fact.recordId };
  if ('tenantId' in fact && fact.tenantId !== null) return { kind: 'tenant', id: fact.tenantId };
  return { kind: 'installation', id: null };
}

/**
 * What facts come to in the audit. `states`: of everything that they touch, by {@link stateKey}; brought up to date here.
 * Pure but for that.
 *
 * 1. An entry stands there if its fact applied: a stale one changed nothing and is left out, and so is a copy that has a
 *    version; copies of the others are told by their fact id, by the table.
 * 2. A tenant's deletion ends its endpoints and keys too, without facts of their own, as in the control table.
 * 3. No secret, hash or header value comes in here ({@link shownState}).
 */
export function auditEntries(
  states: Map<string, ControlStateRow>,
  entries: readonly ControlEntryAt[],
): { readonly rows: readonly AuditRow[]; readonly changed: readonly ControlStateRow[] } {
  const changed = new Map<string, ControlStateRow>();
  const put = (row: ControlStateRow) => {
    states.set(stateKey(row), row);
    changed.set(stateKey(row), row);
  };
  const stateOf = (subject: AuditSubject) => states.get(stateKey(subject))?.state ?? null;
  const rows: AuditRow[] = [];
  for (const entry of entries) {
    const { fact } = entry;
    const subject = subjectOf(fact);
    const named = 'tenantId' in fact ? fact.tenantId : null;
    const isTenantThere = named !== null && stateOf({ kind: 'tenant', id: named }) !== null;
    const before = stateOf(subject);
    const after = evolveShown(before, fact, isTenantThere);
    if (after === undefined) {
      rows.push(rowOf(entry, subject, { tenantId: named, before: null, after: null }));
      continue;
    }
    if (after === before) continue;
    // The state says whose it is; a fact may claim anything, or, as a revoking does, nothing.
    const tenantId = ownerOf(after) ?? ownerOf(before) ?? named;
    // How far a job has got is no decision: there may be thousands of such facts.
    if (fact.type !== 'replay.advanced') rows.push(rowOf(entry, subject, { tenantId, before, after }));
    put({ kind: subject.kind, id: subject.id ?? '', tenantId, state: after });
    if (fact.type !== 'tenant.deleted') continue;
    for (const row of states.values()) {
      if (row.tenantId === fact.tenantId && row.state !== null) put({ ...row, state: null });
    }
  }
  return { rows, changed: [...changed.values()] };
}

function ownerOf(state: ShownState | null): string | null {
  const tenantId = state?.['tenantId'];
  return typeof tenantId === 'string' ? tenantId : null;
}

function rowOf(
  { position, factId, actor, fact }: ControlEntryAt,
  subject: AuditSubject,
  { tenantId, before, after }: Pick<AuditRow, 'tenantId' | 'before' | 'after'>,
): AuditRow {
  const { type, at } = fact;
  const isTold = (name: string) => told.has(name) || (after !== null && name in after);
  const details = shownState(Object.fromEntries(Object.entries(fact).filter(([name]) => !isTold(name))));
  const { kind: subjectKind, id: subjectId } = subject;
  return { position, factId, at, actor, type, subjectKind, subjectId, tenantId, before, after, details };
}
