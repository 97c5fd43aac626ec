import { Refused } from '#http-edge';
import { refusedField } from '../refused-field.ts';
import { lineOfKey } from './line-of-state.ts';
import {
  differing,
  planDiffering,
  type ConflictChoice,
  type LinePlan,
  type PlanContext,
} from './plan-line.ts';
import type { KeyLine } from './transfer-line.ts';

/** A key never changes: it is there as the line says, or a conflict. */
export function planKey(context: PlanContext, line: KeyLine, choice: ConflictChoice): LinePlan {
  const { table } = context.control;
  if (line.tenant !== null && table.tenant(line.tenant) === undefined) {
    throw refusedField(
      '/tenant',
      'not_found',
      'no such tenant; its line must stand before those of its keys',
    );
  }
  if (line.tenant !== null && line.scopes.includes('admin')) {
    throw refusedField('/scopes', 'not_for_tenants', 'the scope "admin" belongs to keys without a tenant');
  }
  const there = table.key(line.id);
  if (there === undefined) {
    if (table.keyByHash(line.hash) !== undefined) {
      throw new Refused('conflict', 'this very key is there under another id');
    }
    const { kind: _, id: keyId, tenant: tenantId, ...rest } = line;
    const create = { type: 'create', keyId, tenantId, ...rest, at: context.now() } as const;
    return { result: 'created', change: { on: 'key', id: line.id, commands: [create] } };
  }
  const fields = differing(line, lineOfKey(there));
  return planDiffering(fields, fields, choice, () => ({ on: 'key', id: line.id, commands: [] }));
}
