/** `off` is the customer's switch; `failed` is the engine's, with a reason. */
export type EndpointStatus = 'active' | 'off' | 'failed';

export const disableReasons = ['attempts_exhausted', 'gone'] as const;
export type DisableReason = (typeof disableReasons)[number];

/** Where in `outcomes` a thing happened. */
export interface OutcomePosition {
  readonly partition: number;
  readonly offset: number;
}

/** How a receiver tells that a request is ours: by a shared secret, by our public key, or either. */
export const signatureSchemes = ['v1', 'v1a', 'both'] as const;
export type SignatureScheme = (typeof signatureSchemes)[number];

/** What is public of one generation of keys; absent where only a shared secret signs (`v1`). */
export interface PublicKey {
  readonly scheme: Exclude<SignatureScheme, 'v1'>;
  /** As receivers are given it. */
  readonly publicKey: string;
}

/** One generation of what signs, sealed (never plain outside the signer). */
export interface EndpointSecret extends Partial<PublicKey> {
  readonly sealed: string;
  /** Epoch ms after which it no longer signs; null: until replaced. */
  readonly until: number | null;
}

/**
 * Value of a custom header: sealed, for it is a credential as often as not. Plain text stands in facts that were written
 * before values were sealed, and nowhere else.
 */
export type HeaderSetting = string | { readonly sealed: string };
/** What a receiver can take; null: as much as the engine gives any endpoint. */
export interface EndpointLimits {
  /** Attempts begun a second. */
  readonly perSecond: number | null;
  /** Attempts in flight. */
  readonly concurrency: number | null;
}

export const noEndpointLimits: EndpointLimits = { perSecond: null, concurrency: null };

/** Attempts in flight of any one endpoint at most (R17). */
export const MAX_CONCURRENCY = 64;

/** What a customer sets. */
export interface EndpointSettings {
  /** Canonical. */
  readonly url: string;
  /** Event types subscribed to; empty = all, future ones included. */
  readonly events: readonly string[];
  readonly description: string;
  /** Extra request headers, names in lower case. */
  readonly headers: Readonly<Record<string, HeaderSetting>>;
  /** Absent: none, as in all facts of earlier releases. */
  readonly limits?: EndpointLimits;
}

export interface EndpointState extends EndpointSettings {
  readonly id: string;
  readonly tenantId: string;
  /** Newest first; empty: unsigned by explicit choice, or signed with the tenant's secret where the contract says so. */
  readonly secrets: readonly EndpointSecret[];
  readonly status: EndpointStatus;
  /** Set while `failed`. */
  readonly reason: DisableReason | null;
  /** Where in `outcomes` its deliveries began to be held; null: nothing is (always so while active). */
  readonly heldFrom: OutcomePosition | null;
  /** Terms whose held deliveries an enabling left held (`keep`), oldest first; the last 100 of them. */
  readonly keptTerms: readonly number[];
  /** Grows with every change to `active` (R22); 1 for the first. */
  readonly term: number;
  /** Grows with every fact; what If-Match and expected versions speak of. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export function subscribes(endpoint: EndpointState, eventType: string): boolean {
  return endpoint.events.length === 0 || endpoint.events.includes(eventType);
}
