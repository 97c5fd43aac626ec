import type { TenantLimits, TenantState } from '#domain';
import { Refused } from '#http-edge';

/**
 * How many webhooks a tenant may have: its own limit, else the installation's.
 *
 * 1. Those being created now count too, so that calls at the same time do not pass the limit together.
 * 2. That is true of this process: other copies may create as many more as they have under way at the same moment.
 */
export class EndpointRoom {
  readonly #defaults: TenantLimits;
  readonly #underWay = new Map<string, number>();

  constructor(defaults: TenantLimits) {
    this.#defaults = defaults;
  }

  /** Runs `create` if there is room for one more than `count`; throws {@link Refused} 409 too_many_webhooks. */
  async forOne<T>(tenant: TenantState, count: number, create: () => Promise<T>): Promise<T> {
    const max = tenant.limits.maxEndpoints ?? this.#defaults.maxEndpoints;
    const underWay = this.#underWay.get(tenant.id) ?? 0;
    if (max !== null && count + underWay >= max) {
      const detail = `tenant ${tenant.id} may have ${max} webhooks; delete one that is not needed, or have the limit raised`;
      throw new Refused('too_many_webhooks', detail);
    }
    this.#underWay.set(tenant.id, underWay + 1);
    try {
      return await create();
    } finally {
      const left = (this.#underWay.get(tenant.id) ?? 1) - 1;
      if (left > 0) this.#underWay.set(tenant.id, left);
      else this.#underWay.delete(tenant.id);
    }
  }
}
