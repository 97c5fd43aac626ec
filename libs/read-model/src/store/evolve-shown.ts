import {
  apiKeyDecider,
  endpointDecider,
  isEndpointFact,
  replayDecider,
  tenantDecider,
  type ApiKeyFact,
  type ApiKeyState,
  type ControlFact,
  type EndpointFact,
  type EndpointState,
  type ReplayFact,
  type ReplayState,
  type TenantFact,
  type TenantState,
} from '#domain';
import type { ShownState } from '../entities/audit-row.ts';
import { shownState } from './shown-state.ts';

const isTenantFact = (fact: ControlFact): fact is TenantFact => fact.type.startsWith('tenant.');
const isReplayFact = (fact: ControlFact): fact is ReplayFact => fact.type.startsWith('replay.');
const isKeyFact = (fact: ControlFact): fact is ApiKeyFact => fact.type.startsWith('key.');

/**
 * The state after a fact, by the domain's own `evolve`, which looks at versions, terms and statuses and never at what is
 * hidden here. Null: there is none (any more). The same object as before: the fact did not fit, and nothing happened.
 * Undefined: such a fact changes no state of its own.
 *
 * `isTenantThere`: what belongs to a tenant that is gone does not come to life by a late fact.
 */
export function evolveShown(
  before: ShownState | null,
  fact: ControlFact,
  isTenantThere: boolean,
): ShownState | null | undefined {
  if (fact.type === 'installation.created') return before ?? shownState(fact);
  if (isTenantFact(fact)) return evolved<TenantState, TenantFact>(tenantDecider.evolve, before, fact);
  if (isEndpointFact(fact)) {
    if (fact.type === 'endpoint.created' && !isTenantThere) return before;
    return evolved<EndpointState, EndpointFact>(endpointDecider.evolve, before, fact);
  }
  if (isReplayFact(fact)) {
    if (fact.type === 'replay.started' && !isTenantThere) return before;
    return evolved<ReplayState, ReplayFact>(replayDecider.evolve, before, fact);
  }
  if (isKeyFact(fact)) {
    if (fact.type === 'key.created' && fact.tenantId !== null && !isTenantThere) return before;
    return evolved<ApiKeyState, ApiKeyFact>(apiKeyDecider.evolve, before, fact);
  }
  return undefined;
}

function evolved<State extends object, Fact>(
  evolve: (state: State | undefined, fact: Fact) => State | undefined,
  before: ShownState | null,
  fact: Fact,
): ShownState | null {
  // Hidden texts stand where the state has secrets: `evolve` replaces or keeps them, and reads none.
  const state = (before ?? undefined) as State | undefined;
  const after = evolve(state, fact);
  if (after === state) return before;
  return after === undefined ? null : shownState(after);
}
