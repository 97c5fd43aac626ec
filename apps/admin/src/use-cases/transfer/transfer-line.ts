import type { EndpointLimits, EndpointSettings, Scope, TenantLimits } from '#domain';

/** What signs, in clear: a secret, a private key, or both with a space between. `until`: epoch ms after which it no longer signs; null: until replaced. */
export interface PlainSecret {
  readonly secret: string;
  readonly until: number | null;
}

export interface TenantLine {
  readonly kind: 'tenant';
  readonly id: string;
  readonly name: string;
  readonly contract: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly entitled: boolean;
  readonly limits: TenantLimits;
  /** Where the contract signs with the tenant's own; null: none, or none yet. */
  readonly secret: string | null;
}

/** A key moves as its hash: nobody knows it in clear, and whoever holds it goes on using it. */
export interface KeyLine {
  readonly kind: 'key';
  readonly id: string;
  /** null: a root key. */
  readonly tenant: string | null;
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
  readonly scopes: readonly Scope[];
  /** Epoch ms. */
  readonly expiresAt: number | null;
}

export interface EndpointLine extends Omit<EndpointSettings, 'headers' | 'limits'> {
  readonly kind: 'webhook';
  readonly id: string;
  readonly tenant: string;
  /** Names in lower case, values in clear. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: EndpointLimits;
  /** Newest first. Empty: unsigned by explicit choice, or signed with the tenant's. */
  readonly secrets: readonly PlainSecret[];
  readonly active: boolean;
}

/** One thing of an installation, whole, as it moves from one to another. */
export type TransferLine = TenantLine | KeyLine | EndpointLine;
