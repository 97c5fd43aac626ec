import type { EndpointState, TenantState } from '#domain';
import { createSigner, type Contract, type RequestSigner } from '#contracts';
import { endpointOwner, tenantOwner, type SecretBox } from '#control';
import { prepareTarget, type Target } from '#webhook-http';

/** What every attempt to one version of an endpoint shares: made once, not per request. */
export interface PreparedEndpoint {
  readonly target: Target;
  readonly signer: RequestSigner;
  readonly tenant: TenantState;
  /** Epoch ms at which a secret in its grace period stops signing; Infinity: never. */
  readonly until: number;
}

/**
 * Keyed by the state itself: a new version of an endpoint is a new object (ControlTable invariant 3), so nothing here
 * can be stale, and old versions are collected. Secrets are plain only inside the signers.
 */
export class PreparedEndpoints {
  readonly #cache = new WeakMap<EndpointState, PreparedEndpoint>();
  readonly #secrets: SecretBox;
  readonly #standardWebhooks: boolean;

  constructor(secrets: SecretBox, options: { readonly standardWebhooks: boolean }) {
    this.#secrets = secrets;
    this.#standardWebhooks = options.standardWebhooks;
  }

  for(endpoint: EndpointState, tenant: TenantState, contract: Contract, now: number): PreparedEndpoint {
    const known = this.#cache.get(endpoint);
    if (known !== undefined && known.tenant === tenant && now < known.until) return known;
    const prepared = this.#prepare(endpoint, tenant, contract, now);
    this.#cache.set(endpoint, prepared);
    return prepared;
  }

  #prepare(endpoint: EndpointState, tenant: TenantState, contract: Contract, now: number): PreparedEndpoint {
    const live = endpoint.secrets.filter((secret) => secret.until === null || secret.until > now);
    const plain =
      contract.secret.owner === 'tenant'
        ? tenant.secret === null
          ? []
          : [this.#secrets.open(tenant.secret, tenantOwner(tenant.id))]
        : live.map((secret) => this.#secrets.open(secret.sealed, endpointOwner(tenant.id, endpoint.id)));
    return {
      target: prepareTarget(endpoint.url),
      signer: createSigner(contract, plain, { standardWebhooks: this.#standardWebhooks }),
      tenant,
      until: Math.min(
        ...live.map((secret) => secret.until ?? Number.POSITIVE_INFINITY),
        Number.POSITIVE_INFINITY,
      ),
    };
  }
}
