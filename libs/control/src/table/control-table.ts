import {
  apiKeyDecider,
  assertNever,
  endpointDecider,
  tenantDecider,
  type ApiKeyState,
  type ControlEntry,
  type ControlFact,
  type EndpointFact,
  type EndpointState,
  type InstallationFact,
  type ReplayFact,
  type TenantState,
} from '#domain';
import { ReplayJobs, type ReplayJob } from './replay-jobs.ts';
import { TenantEndpoints } from './tenant-endpoints.ts';

const NO_ENDPOINTS: readonly EndpointState[] = [];

/**
 * The fold of `control` that every process keeps in memory: who the tenants are, which keys are good, which endpoints
 * want what. No database stands behind it.
 *
 * 1. Deterministic: the same entries give the same table everywhere, in batches of any size.
 * 2. Total: an entry that does not fit (stale version, unknown id) changes nothing and is told apart by `apply`.
 * 3. States are immutable, so a state in somebody's hand is a snapshot, and its identity a cache key.
 */
export class ControlTable {
  #installation: InstallationFact | undefined;
  readonly #tenants = new Map<string, TenantState>();
  readonly #endpoints = new Map<string, EndpointState>();
  readonly #endpointsOf = new Map<string, TenantEndpoints>();
  readonly #keys = new Map<string, ApiKeyState>();
  readonly #keysByHash = new Map<string, ApiKeyState>();
  readonly #replays = new ReplayJobs();

  /**
   * True: the entry was applied. False: it did not fit, and nothing has changed. `offset`: where it stands in `control`,
   * the number of the chains that a replay asks for.
   */
  apply(entry: ControlEntry, offset = 0): boolean {
    const { fact } = entry;
    switch (fact.type) {
      case 'installation.created':
        if (this.#installation !== undefined) return false;
        this.#installation = fact;
        return true;
      case 'delivery.asked':
      case 'secret.revealed':
      case 'installation.exported':
      case 'data.erased':
      case 'record.redriven':
        return true;
      case 'tenant.created':
      case 'tenant.updated':
      case 'tenant.secret-set':
      case 'tenant.secret-rewrapped':
      case 'tenant.deleted':
        return this.#applyTenant(fact);
      case 'key.created':
      case 'key.revoked':
        return this.#applyKey(fact);
      case 'endpoint.created':
      case 'endpoint.updated':
      case 'endpoint.secret-rotated':
      case 'endpoint.secret-expired':
      case 'endpoint.secret-rewrapped':
      case 'endpoint.enabled':
      case 'endpoint.turned-off':
      case 'endpoint.failed':
      case 'endpoint.deleted':
        return this.#applyEndpoint(fact);
      case 'replay.started':
      case 'replay.advanced':
      case 'replay.paused':
      case 'replay.resumed':
      case 'replay.rate-set':
      case 'replay.cancelled':
      case 'replay.finished':
        return this.#applyReplay(fact, offset);
      default:
        return assertNever(fact);
    }
  }

  get installation(): InstallationFact | undefined {
    return this.#installation;
  }

  tenant(id: string): TenantState | undefined {
    return this.#tenants.get(id);
  }

  tenants(): IterableIterator<TenantState> {
    return this.#tenants.values();
  }

  /** Undefined also for an endpoint whose tenant is deleted. */
  endpoint(id: string): EndpointState | undefined {
    return this.#endpoints.get(id);
  }

  /** A snapshot in order of creation; the same array until one of them changes. */
  endpointsOf(tenantId: string): readonly EndpointState[] {
    return this.#endpointsOf.get(tenantId)?.snapshot() ?? NO_ENDPOINTS;
  }

  key(id: string): ApiKeyState | undefined {
    return this.#keys.get(id);
  }

  keys(): IterableIterator<ApiKeyState> {
    return this.#keys.values();
  }

  /** A revoked key is gone. Expiry is the caller's to check: the table knows no time. */
  keyByHash(hash: string): ApiKeyState | undefined {
    return this.#keysByHash.get(hash);
  }

  /** Undefined also for a job whose tenant is deleted. */
  replay(id: string): ReplayJob | undefined {
    return this.#replays.get(id);
  }

  /** In order of their start, ended ones too. */
  replays(): IterableIterator<ReplayJob> {
    return this.#replays.all();
  }

  get endpointCount(): number {
    return this.#endpoints.size;
  }

  #applyTenant(fact: Extract<ControlFact, { type: `tenant.${string}` }>): boolean {
    const before = this.#tenants.get(fact.tenantId);
    const after = tenantDecider.evolve(before, fact);
    if (after === before) return false;
    if (after !== undefined) {
      this.#tenants.set(fact.tenantId, after);
      return true;
    }
    this.#tenants.delete(fact.tenantId);
    for (const id of this.#endpointsOf.get(fact.tenantId)?.ids() ?? []) this.#endpoints.delete(id);
    this.#endpointsOf.delete(fact.tenantId);
    this.#replays.dropOf(fact.tenantId);
    for (const key of this.#keys.values()) if (key.tenantId === fact.tenantId) this.#dropKey(key);
    return true;
  }

  #applyKey(fact: Extract<ControlFact, { type: `key.${string}` }>): boolean {
    const before = this.#keys.get(fact.keyId);
    const after = apiKeyDecider.evolve(before, fact);
    if (after === before) return false;
    if (after === undefined) {
      if (before !== undefined) this.#dropKey(before);
      return true;
    }
    if (after.tenantId !== null && !this.#tenants.has(after.tenantId)) return false;
    // Two keys of one hash would be one credential of two owners: the first in the log keeps it.
    if (this.#keysByHash.has(after.hash)) return false;
    this.#keys.set(after.id, after);
    this.#keysByHash.set(after.hash, after);
    return true;
  }

  #dropKey(key: ApiKeyState): void {
    this.#keys.delete(key.id);
    this.#keysByHash.delete(key.hash);
  }

  #applyReplay(fact: ReplayFact, offset: number): boolean {
    // As with endpoints: a late fact brings nothing of a tenant that is gone back to life.
    if (fact.type === 'replay.started' && !this.#tenants.has(fact.tenantId)) return false;
    return this.#replays.apply(fact, offset);
  }

  #applyEndpoint(fact: EndpointFact): boolean {
    const before = this.#endpoints.get(fact.endpointId);
    // An endpoint of a tenant that is gone must not come back to life by a late fact.
    if (fact.type === 'endpoint.created' && !this.#tenants.has(fact.tenantId)) return false;
    const after = endpointDecider.evolve(before, fact);
    if (after === before) return false;
    if (after === undefined) {
      this.#endpoints.delete(fact.endpointId);
      // The state says whose it was; a fact may claim anything.
      if (before !== undefined) this.#endpointsOf.get(before.tenantId)?.remove(before.id);
      return true;
    }
    this.#endpoints.set(after.id, after);
    const siblings = this.#endpointsOf.get(after.tenantId) ?? new TenantEndpoints();
    this.#endpointsOf.set(after.tenantId, siblings);
    siblings.put(after);
    return true;
  }
}
