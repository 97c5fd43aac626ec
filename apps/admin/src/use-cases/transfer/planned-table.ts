import type { ControlChange, ControlTable } from '#control';
import {
  apiKeyDecider,
  endpointDecider,
  tenantDecider,
  type ApiKeyState,
  type Decider,
  type EndpointState,
  type TenantState,
} from '#domain';

/** The control table as it would be: what a dry run planned stands before what is there. */
export class PlannedTable {
  readonly #real: ControlTable;
  readonly #tenants = new Map<string, TenantState>();
  readonly #keys = new Map<string, ApiKeyState>();
  readonly #endpoints = new Map<string, EndpointState>();

  constructor(real: ControlTable) {
    this.#real = real;
  }

  tenant(id: string): TenantState | undefined {
    return this.#tenants.get(id) ?? this.#real.tenant(id);
  }

  key(id: string): ApiKeyState | undefined {
    return this.#keys.get(id) ?? this.#real.key(id);
  }

  keyByHash(hash: string): ApiKeyState | undefined {
    return this.#real.keyByHash(hash) ?? [...this.#keys.values()].find((key) => key.hash === hash);
  }

  endpoint(id: string): EndpointState | undefined {
    return this.#endpoints.get(id) ?? this.#real.endpoint(id);
  }

  apply(change: ControlChange): void {
    switch (change.on) {
      case 'tenant':
        return put(this.#tenants, change.id, after(tenantDecider, this.tenant(change.id), change.commands));
      case 'key':
        return put(this.#keys, change.id, after(apiKeyDecider, this.key(change.id), change.commands));
      case 'endpoint':
      default:
        return put(
          this.#endpoints,
          change.id,
          after(endpointDecider, this.endpoint(change.id), change.commands),
        );
    }
  }
}

function put<State>(states: Map<string, State>, id: string, state: State | undefined): void {
  if (state !== undefined) states.set(id, state);
}

function after<Command, State, Fact>(
  decider: Decider<Command, State, Fact>,
  state: State,
  commands: readonly Command[],
): State {
  return commands.reduce<State>(
    (now, command) => decider.decide(command, now).reduce(decider.evolve, now),
    state,
  );
}
