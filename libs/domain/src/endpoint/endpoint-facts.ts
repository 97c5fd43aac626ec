import type { DisableReason, EndpointSecret, EndpointSettings, OutcomePosition } from './endpoint-state.ts';

/** What becomes of the deliveries held meanwhile (R23). */
export const heldChoices = ['release', 'discard', 'keep'] as const;
export type HeldChoice = (typeof heldChoices)[number];

interface OfEndpoint {
  readonly endpointId: string;
  readonly tenantId: string;
  /** The version that the endpoint has after this fact. A fact of another version changes nothing. */
  readonly version: number;
  /** Epoch ms. */
  readonly at: number;
}

export type EndpointFact =
  | (OfEndpoint & {
      readonly type: 'endpoint.created';
      readonly settings: EndpointSettings;
      readonly secrets: readonly EndpointSecret[];
      readonly active: boolean;
    })
  | (OfEndpoint & { readonly type: 'endpoint.updated'; readonly settings: EndpointSettings })
  | (OfEndpoint & { readonly type: 'endpoint.secret-rotated'; readonly secrets: readonly EndpointSecret[] })
  | (OfEndpoint & {
      readonly type: 'endpoint.secret-expired';
      /** What is left: the newest. */
      readonly secrets: readonly EndpointSecret[];
    })
  | (OfEndpoint & {
      readonly type: 'endpoint.secret-rewrapped';
      /** The same secrets and header values as before, sealed with another key. */
      readonly secrets: readonly EndpointSecret[];
      readonly headers: EndpointSettings['headers'];
    })
  | (OfEndpoint & {
      readonly type: 'endpoint.enabled';
      readonly term: number;
      readonly held: HeldChoice;
      /** Where the scan for held deliveries starts; null: nothing was held. */
      readonly heldFrom: OutcomePosition | null;
    })
  | (OfEndpoint & {
      readonly type: 'endpoint.turned-off';
      /** Of the failure that it was switched off in; null: nothing is held. */
      readonly heldFrom: OutcomePosition | null;
    })
  | (OfEndpoint & {
      readonly type: 'endpoint.failed';
      /** Applies only to an active endpoint of this term (R22, P6). */
      readonly term: number;
      readonly reason: DisableReason;
      /** The outcome that caused it. */
      readonly cause: OutcomePosition;
    })
  | (OfEndpoint & { readonly type: 'endpoint.deleted' });
