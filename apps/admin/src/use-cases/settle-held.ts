import type { ReplaySelection } from '#domain';
import { Refused, requireScope, type Principal } from '#http-edge';
import { ownEndpoint, requireEntitled } from './acting-for.ts';
import type { AdminContext } from './admin-context.ts';
import { beginReplay, type StartedReplay } from './start-replay.ts';

/**
 * Settles what an endpoint keeps held, as a job: `release` sends it, `discard` ends it. A release is about what an
 * enabling left held (`keep`); what an enabling is just releasing is not its business, or it would go out twice. While
 * the endpoint is failed, what it holds now may be discarded too; the enabling that follows finds nothing of it.
 */
export async function settleHeld(
  context: AdminContext,
  principal: Principal,
  endpointId: string,
  ask: { readonly action: 'release' | 'discard'; readonly ratePerSecond?: number | undefined },
): Promise<StartedReplay> {
  requireScope(principal, 'deliveries:replay');
  const { endpoint, tenant } = ownEndpoint(context, principal, endpointId);
  const { action } = ask;
  if (action === 'release') {
    requireEntitled(tenant);
    if (endpoint.status !== 'active') {
      const detail = `webhook ${endpointId} is ${endpoint.status}; enable it, which can release what it holds`;
      throw new Refused('conflict', detail);
    }
  }
  const isHolding = endpoint.status !== 'active' && endpoint.heldFrom !== null;
  const current = action === 'discard' && isHolding ? [endpoint.term] : [];
  const selection: ReplaySelection = {
    what: 'held',
    endpointId,
    types: [],
    statuses: [],
    since: null,
    until: null,
    terms: [...endpoint.keptTerms, ...current],
  };
  return beginReplay(context, principal, {
    tenant,
    action,
    selection,
    restamp: false,
    includeInactive: false,
    ratePerSecond: ask.ratePerSecond ?? context.replayRate,
  });
}
