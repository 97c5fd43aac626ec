import type { ApiKeyCommand, Decider, EndpointCommand, TenantCommand } from '#domain';

/** Commands about one thing, each decided on what those before it lead to. */
export type ControlChange =
  | { readonly on: 'tenant'; readonly id: string; readonly commands: readonly TenantCommand[] }
  | { readonly on: 'key'; readonly id: string; readonly commands: readonly ApiKeyCommand[] }
  | { readonly on: 'endpoint'; readonly id: string; readonly commands: readonly EndpointCommand[] };

export function decideInTurn<Command, State, Fact>(
  decider: Decider<Command, State, Fact>,
  state: State,
  commands: readonly Command[],
): readonly Fact[] {
  let now = state;
  const facts: Fact[] = [];
  for (const command of commands) {
    for (const fact of decider.decide(command, now)) {
      now = decider.evolve(now, fact);
      facts.push(fact);
    }
  }
  return facts;
}
