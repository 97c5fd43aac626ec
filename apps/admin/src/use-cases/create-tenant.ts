import { checkAttributes, type Contract } from '#contracts';
import { noTenantLimits, type TenantState } from '#domain';
import { Refused, requireScope, type Principal } from '#http-edge';
import { tenantById } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { tenantLimits, type LimitsAsk } from './limits.ts';
import { newId } from './new-id.ts';
import { pointerStep, refusedField } from './refused-field.ts';
import { sealedTenantSecret } from './tenant-secret.ts';

const DEFAULT_CONTRACT = 'standard-webhooks';

export interface CreateTenant {
  /** Absent: one is made (`ten_…`). */
  readonly id?: string | undefined;
  readonly name: string;
  readonly contract?: string | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  readonly secret?: string | undefined;
  readonly entitled?: boolean | undefined;
  readonly limits?: LimitsAsk | undefined;
}

export interface WrittenTenant {
  readonly tenant: TenantState;
  readonly position: number;
}

export async function createTenant(
  context: AdminContext,
  principal: Principal,
  ask: CreateTenant,
): Promise<WrittenTenant> {
  requireScope(principal, 'admin');
  const contract = contractNamed(context, ask.contract ?? DEFAULT_CONTRACT);
  const attributes = ask.attributes ?? {};
  requireAttributes(contract, attributes);
  const limits = tenantLimits(ask.limits ?? {}, noTenantLimits);
  const tenantId = ask.id ?? newId('ten_', context.random);
  const secret =
    ask.secret === undefined ? null : sealedTenantSecret(context, contract, tenantId, ask.secret);
  const { position } = await context.writer.tenant(
    tenantId,
    {
      type: 'create',
      tenantId,
      name: ask.name,
      contract: contract.id,
      attributes,
      secret,
      entitled: ask.entitled ?? true,
      ...(ask.limits === undefined ? {} : { limits }),
      at: context.now(),
    },
    principal.actor,
  );
  return { tenant: tenantById(context, tenantId), position };
}

export function contractNamed(context: Pick<AdminContext, 'contracts'>, id: string): Contract {
  const contract = context.contracts.get(id);
  if (contract !== undefined) return contract;
  const known = [...context.contracts.keys()].join(', ');
  throw refusedField('/contract', 'unknown_contract', `there is no contract "${id}"; there are ${known}`);
}

/** Bodies carry them, so an event of this tenant could not be rendered without. */
export function requireAttributes(contract: Contract, attributes: Readonly<Record<string, string>>): void {
  // A DTO knows that it is an object, not what is in it.
  const odd = Object.entries(attributes).find(([, value]) => typeof value !== 'string');
  if (odd !== undefined) {
    throw refusedField(`/attributes/${pointerStep(odd[0])}`, 'is_string', 'must be text');
  }
  const errors = checkAttributes(contract, attributes).map((problem) => ({
    ...problem,
    pointer: `/attributes${problem.pointer}`,
  }));
  if (errors.length === 0) return;
  const detail = errors.map((each) => `${each.pointer}: ${each.detail}`).join('; ');
  throw new Refused('validation_failed', detail, { errors });
}
