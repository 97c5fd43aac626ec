import type { TierName } from '../retry/tiers.ts';
import type { DeliveryRef } from './delivery-ref.ts';

export const failReasons = ['attempts_exhausted', 'gone', 'overload'] as const;
export type FailReason = (typeof failReasons)[number];

export const cancelReasons = ['endpoint_deleted', 'tenant_deleted', 'discarded', 'endpoint_off'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** What comes next for a delivery: one placement in a tier. */
export interface Successor {
  /** Number of the attempt that the waiting record will make. */
  readonly attempt: number;
  /** One higher than the placement before it, over the whole chain (R2). */
  readonly step: number;
  /** Epoch ms, scaled. */
  readonly dueAt: number;
  readonly hops: readonly TierName[];
}

/**
 * The fact that ends an attempt, or a delivery without one.
 *
 * - `delivered`, `failed`: the chain is over.
 * - `retry`: this attempt failed, `next` says when the following one is made.
 * - `expired`: its time ran out before it could be sent; not charged to the endpoint.
 * - `held`: the engine disabled the endpoint; waits for a release (R23).
 * - `cancelled`: nobody will ever want it (deleted, switched off by the customer, discarded).
 * - `deferred`: no attempt was made, it waits so that others may pass (P8); `next` says until when.
 */
export type Decision =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly next: Successor }
  | { readonly kind: 'failed'; readonly reason: FailReason; readonly disables: boolean }
  | { readonly kind: 'expired' }
  | { readonly kind: 'held' }
  | { readonly kind: 'cancelled'; readonly reason: CancelReason }
  | { readonly kind: 'deferred'; readonly next: Successor };

export type DecisionKind = Decision['kind'];

export interface Outcome {
  readonly ref: DeliveryRef;
  /** The attempt this outcome ends, or would have been (held, expired, cancelled, deferred). */
  readonly attempt: number;
  /** Placement the record came from; 0 for one that never waited. */
  readonly step: number;
  /** The endpoint's term at the attempt's start (R22). */
  readonly term: number;
  /** Epoch ms. */
  readonly at: number;
  readonly decision: Decision;
}

/** Does this outcome end the chain? Held counts: a release asks anew, under a chain of its own. */
export function endsChain(decision: Decision): boolean {
  return decision.kind !== 'retry' && decision.kind !== 'deferred';
}

/** Words for people: DESIGN §2. */
export type DeliveryStatus = 'pending' | 'delivered' | 'failed' | 'expired' | 'held' | 'cancelled';

export function statusAfter(kind: DecisionKind): DeliveryStatus {
  return kind === 'retry' || kind === 'deferred' ? 'pending' : kind;
}
