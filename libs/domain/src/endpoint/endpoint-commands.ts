import type { HeldChoice } from './endpoint-facts.ts';
import type {
  DisableReason,
  EndpointSecret,
  EndpointSettings,
  OutcomePosition,
  PublicKey,
} from './endpoint-state.ts';

export type EndpointCommand =
  | {
      readonly type: 'create';
      readonly endpointId: string;
      readonly tenantId: string;
      readonly settings: EndpointSettings;
      readonly secrets: readonly EndpointSecret[];
      readonly active: boolean;
      readonly at: number;
    }
  | { readonly type: 'update'; readonly settings: Partial<EndpointSettings>; readonly at: number }
  | {
      readonly type: 'rotate-secret';
      /** null: sign no more (where the contract allows it). */
      readonly sealed: string | null;
      /** Of what is sealed; absent: it has none. */
      readonly publicKey?: PublicKey | undefined;
      /** How long the secret before it goes on signing beside it. */
      readonly graceMs: number;
      readonly at: number;
    }
  /** Those in their grace period sign no more, as of now. */
  | { readonly type: 'expire-secrets'; readonly at: number }
  | {
      readonly type: 'rewrap';
      /** The same, sealed anew. */
      readonly secrets: readonly EndpointSecret[];
      readonly headers: EndpointSettings['headers'];
      readonly at: number;
    }
  /** The secrets as they are elsewhere, newest first: for imports, where receivers know them already. */
  | { readonly type: 'replace-secrets'; readonly secrets: readonly EndpointSecret[]; readonly at: number }
  | { readonly type: 'enable'; readonly held: HeldChoice; readonly at: number }
  | {
      readonly type: 'turn-off';
      /** null: nothing is held from here on (what comes due while off is cancelled). A failure before it keeps its own. */
      readonly heldFrom: OutcomePosition | null;
      readonly at: number;
    }
  | {
      readonly type: 'fail';
      readonly term: number;
      readonly reason: DisableReason;
      readonly cause: OutcomePosition;
      readonly at: number;
    }
  | { readonly type: 'delete'; readonly at: number };
