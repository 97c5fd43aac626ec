import type { TenantCommand } from '#domain';
import { contractNamed, requireAttributes } from '../create-tenant.ts';
import { sealedTenantSecret } from '../tenant-secret.ts';
import { lineOfTenant } from './line-of-state.ts';
import {
  differing,
  planDiffering,
  type ConflictChoice,
  type LinePlan,
  type PlanContext,
} from './plan-line.ts';
import type { TenantLine } from './transfer-line.ts';

/** Throws as creating a tenant does, where a line is not fit for its contract. */
export function planTenant(context: PlanContext, line: TenantLine, choice: ConflictChoice): LinePlan {
  const contract = contractNamed(context, line.contract);
  requireAttributes(contract, line.attributes);
  const sealed = line.secret === null ? null : sealedTenantSecret(context, contract, line.id, line.secret);
  const there = context.control.table.tenant(line.id);
  if (there === undefined) {
    const { kind: _, id: tenantId, ...rest } = line;
    const create: TenantCommand = { type: 'create', ...rest, tenantId, secret: sealed, at: context.now() };
    return { result: 'created', change: { on: 'tenant', id: line.id, commands: [create] } };
  }
  const fields = differing(line, lineOfTenant(context.secretBox, there));
  // A secret can be replaced, not taken away: what is waiting could not be signed any more.
  const never = line.secret === null ? ['contract', 'secret'] : ['contract'];
  return planDiffering(fields, never, choice, () => ({
    on: 'tenant',
    id: line.id,
    commands: changesOf(line, fields, sealed, context.now()),
  }));
}

function changesOf(
  line: TenantLine,
  fields: readonly string[],
  sealed: string | null,
  at: number,
): readonly TenantCommand[] {
  const { name, attributes, entitled, limits } = line;
  const update: TenantCommand = { type: 'update', name, attributes, entitled, limits, at };
  const others = fields.some((field) => field !== 'secret');
  const secret: readonly TenantCommand[] =
    sealed !== null && fields.includes('secret') ? [{ type: 'set-secret', secret: sealed, at }] : [];
  return [...(others ? [update] : []), ...secret];
}
