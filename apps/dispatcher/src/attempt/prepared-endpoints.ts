import type { EndpointState, TenantState } from '#domain';
import { createSigner, type Contract, type RequestSigner } from '#contracts';
import { endpointOwner, openHeaders, tenantOwner, type SecretBox } from '#control';
import { prepareTarget, redactHeaders, type Target } from '#webhook-http';

/** Headers that a customer set: as they are sent, and as history may show them (names without values). */
export interface CustomHeaders {
  readonly sent: Readonly<Record<string, string>>;
  readonly shown: Readonly<Record<string, string>>;
}

/** What every attempt to one version of an endpoint shares: made once, not per request. */
export interface PreparedEndpoint {
  readonly target: Target;
  readonly signer: RequestSigner;
  readonly tenant: TenantState;
  /** The customer's own; null: none. */
  readonly headers: CustomHeaders | null;
  /** Epoch ms at which a secret in its grace period stops signing; Infinity: never. */
  readonly until: number;
}

/**
 * Keyed by the state itself: a new version of an endpoint is a new object (ControlTable invariant 3), so nothing here
 * can be stale, and old versions are collected. Secrets are plain only inside the signers, values of custom headers only here
 * and on the wire.
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
      headers: this.#headersOf(endpoint),
      target: prepareTarget(endpoint.url),
      signer: createSigner(contract, plain, { standardWebhooks: this.#standardWebhooks }),
      tenant,
      until: Math.min(
        ...live.map((secret) => secret.until ?? Number.POSITIVE_INFINITY),
        Number.POSITIVE_INFINITY,
      ),
    };
  }

  #headersOf(endpoint: EndpointState): CustomHeaders | null {
    if (Object.keys(endpoint.headers).length === 0) return null;
    const sent = openHeaders(this.#secrets, endpoint.headers, endpoint);
    return { sent, shown: redactHeaders(sent) };
  }
}
