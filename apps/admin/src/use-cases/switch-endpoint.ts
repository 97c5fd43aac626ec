import type { Written } from '#control';
import type { EndpointState, HeldChoice, OutcomePosition } from '#domain';
import { requireScope, type Principal } from '#http-edge';
import { partitionOf } from '#log';
import { ownEndpoint, requireEntitled } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import type { WrittenEndpoint } from './create-endpoint.ts';
import { endpointNow } from './endpoint-now.ts';
import { writeIfMatch, type IfMatch } from './if-match.ts';

/** A new term begins (R22); `held` says what becomes of what waited (R23). Nothing happens to one that is active. */
export async function enableEndpoint(
  context: AdminContext,
  principal: Principal,
  id: string,
  held: HeldChoice,
  ifMatch: IfMatch,
): Promise<WrittenEndpoint> {
  requireScope(principal, 'endpoints:write');
  const { endpoint, tenant } = ownEndpoint(context, principal, id);
  requireEntitled(tenant);
  const { position } = await writeIfMatch(ifMatch, endpoint, () =>
    writeEnabled(context, principal, id, held),
  );
  return { endpoint: endpointNow(context, id), position };
}

export async function disableEndpoint(
  context: AdminContext,
  principal: Principal,
  id: string,
  ifMatch: IfMatch,
): Promise<WrittenEndpoint> {
  requireScope(principal, 'endpoints:write');
  const { endpoint } = ownEndpoint(context, principal, id);
  const heldFrom = await outcomesEnd(context, endpoint);
  const { position } = await writeIfMatch(ifMatch, context.control.table.endpoint(id), () =>
    writeTurnedOff(context, principal, id, heldFrom),
  );
  return { endpoint: endpointNow(context, id), position };
}

export function writeEnabled(
  context: AdminContext,
  principal: Principal,
  id: string,
  held: HeldChoice,
): Promise<Written> {
  return context.writer.endpoint(id, { type: 'enable', held, at: context.now() }, principal.actor);
}

export function writeTurnedOff(
  context: AdminContext,
  principal: Principal,
  id: string,
  heldFrom: OutcomePosition,
): Promise<Written> {
  return context.writer.endpoint(id, { type: 'turn-off', heldFrom, at: context.now() }, principal.actor);
}

/** From where on outcomes may say `held` for this endpoint: the end before it is switched off. */
export async function outcomesEnd(
  context: Pick<AdminContext, 'log' | 'partitions'>,
  endpoint: EndpointState,
): Promise<OutcomePosition> {
  const partition = partitionOf(endpoint.tenantId, context.partitions);
  const ends = await context.log.endOffsets('outcomes');
  return { partition, offset: ends[partition] ?? 0 };
}
