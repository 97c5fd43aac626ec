import { sharedSecret } from '#contracts';
import { endpointOwner } from '#control';
import type { SignatureScheme } from '#domain';
import { requireScope, type Principal } from '#http-edge';
import { ownEndpoint, requireEntitled } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import type { EndpointWithSecret, WrittenEndpoint } from './create-endpoint.ts';
import { endpointNow } from './endpoint-now.ts';
import { endpointKeys, schemeOf } from './endpoint-keys.ts';
import { tenantsSecret } from './endpoint-secret.ts';
import { writeIfMatch, type IfMatch } from './if-match.ts';

export interface RotateSecret {
  /** Absent: one is made; null: sign no more, where the contract allows it. */
  readonly secret?: string | null | undefined;
  /** Absent: as before. */
  readonly signature?: SignatureScheme | undefined;
  /** How long the one before goes on signing beside it; 0: it ends with this answer (HW-5). */
  readonly gracePeriodSeconds?: number | undefined;
}

/** Takes effect with the next attempt of every delivery, waiting ones included: they are signed when they are sent. */
export async function rotateSecret(
  context: AdminContext,
  principal: Principal,
  id: string,
  ask: RotateSecret,
  ifMatch: IfMatch,
): Promise<EndpointWithSecret> {
  requireScope(principal, 'endpoints:write');
  const { endpoint, tenant, contract } = ownEndpoint(context, principal, id);
  requireEntitled(tenant);
  if (contract.secret.owner === 'tenant') throw tenantsSecret(contract);
  const keys = endpointKeys(context, contract, ask, schemeOf(endpoint.secrets));
  const sealed = keys === null ? null : context.secretBox.seal(keys.text, endpointOwner(tenant.id, id));
  const graceMs = (ask.gracePeriodSeconds ?? 0) * 1_000;
  const { position } = await writeIfMatch(ifMatch, endpoint, () =>
    context.writer.endpoint(
      id,
      { type: 'rotate-secret', sealed, publicKey: keys?.publicKey, graceMs, at: context.now() },
      principal.actor,
    ),
  );
  const secret = keys === null ? null : sharedSecret(contract, keys.text);
  return { endpoint: endpointNow(context, id), secret, position };
}

/** The secrets before the newest stop signing now, whatever grace period they had. Nothing happens where there is none. */
export async function expireOldSecrets(
  context: AdminContext,
  principal: Principal,
  id: string,
  ifMatch: IfMatch,
): Promise<WrittenEndpoint> {
  requireScope(principal, 'endpoints:write');
  const { endpoint } = ownEndpoint(context, principal, id);
  const { position } = await writeIfMatch(ifMatch, endpoint, () =>
    context.writer.endpoint(id, { type: 'expire-secrets', at: context.now() }, principal.actor),
  );
  return { endpoint: endpointNow(context, id), position };
}
