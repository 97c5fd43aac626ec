import type { AuditRow, ShownState } from '#read-model';
import { isoTime } from './iso-time.ts';

/** One decision: who, when, what, about what, and what it was before and after. Secrets and header values are `…`. */
export function auditView(row: AuditRow) {
  return {
    id: row.factId,
    at: isoTime(row.at),
    actor: row.actor,
    type: row.type,
    subject: { kind: row.subjectKind, id: row.subjectId },
    tenant: row.tenantId,
    before: row.before === null ? null : shownView(row.before),
    after: row.after === null ? null : shownView(row.after),
    details: shownView(row.details),
    control_position: row.position,
  };
}

/** Names as everywhere in this API; times as text. What is below the first level is a customer's own, or has none. */
function shownView(state: ShownState): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => {
      const isTime = name.endsWith('At') && typeof value === 'number';
      return [
        name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        isTime ? isoTime(value) : value,
      ];
    }),
  );
}
