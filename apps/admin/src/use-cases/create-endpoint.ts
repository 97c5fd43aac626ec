import { sharedSecret } from '#contracts';
import { endpointOwner } from '#control';
import type { EndpointState, SignatureScheme } from '#domain';
import { requireScope, tenantOf, type Principal } from '#http-edge';
import { contractOf, requireEntitled } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { endpointKeys } from './endpoint-keys.ts';
import { checkedSettings, type SettingsAsk } from './endpoint-settings.ts';
import { endpointNow } from './endpoint-now.ts';
import { newId } from './new-id.ts';
import { requireTenantSecret } from './tenant-secret.ts';

export interface CreateEndpoint extends SettingsAsk {
  readonly url: string;
  readonly tenant?: string | undefined;
  readonly secret?: string | null | undefined;
  readonly signature?: SignatureScheme | undefined;
  readonly active?: boolean | undefined;
}

/** An endpoint as it is after a write, with the control position from which everybody sees it (R20). */
export interface WrittenEndpoint {
  readonly endpoint: EndpointState;
  readonly position: number;
}

/** `secret`: in clear, for this one answer; null: unsigned, or checked with a public key, which every answer shows. */
export interface EndpointWithSecret extends WrittenEndpoint {
  readonly secret: string | null;
}

export async function createEndpoint(
  context: AdminContext,
  principal: Principal,
  ask: CreateEndpoint,
): Promise<EndpointWithSecret> {
  requireScope(principal, 'endpoints:write');
  const tenant = tenantOf(principal, context.control.table, ask.tenant);
  requireEntitled(tenant);
  const contract = contractOf(context, tenant);
  const endpointId = newId('wh_', context.random);
  const settings = checkedSettings(context, contract, { tenantId: tenant.id, id: endpointId }, ask);
  const keys = endpointKeys(context, contract, ask);
  requireTenantSecret(contract, tenant);
  const owner = endpointOwner(tenant.id, endpointId);
  const create = {
    type: 'create',
    endpointId,
    tenantId: tenant.id,
    settings: { url: '', events: [], description: '', headers: {}, ...settings },
    secrets:
      keys === null
        ? []
        : [{ sealed: context.secretBox.seal(keys.text, owner), until: null, ...keys.publicKey }],
    active: ask.active ?? true,
    at: context.now(),
  } as const;
  const { length } = context.control.table.endpointsOf(tenant.id);
  const { position } = await context.endpointRoom.forOne(tenant, length, () =>
    context.writer.endpoint(endpointId, create, principal.actor),
  );
  const secret = keys === null ? null : sharedSecret(contract, keys.text);
  return { endpoint: endpointNow(context, endpointId), secret, position };
}
