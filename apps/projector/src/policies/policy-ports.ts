import type { DeliveryRef, DisableReason, OutcomePosition } from '#domain';
import type { EventRecord } from '#log';

/**
 * Disables an endpoint. Idempotent by term (P6): resolves once the endpoint is failed, or where there is nothing to do
 * any more (other term, off, deleted). Rejects only for what passes; it is asked again.
 */
export type DisableEndpoint = (disabling: Disabling) => Promise<void>;

export interface Disabling {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly term: number;
  readonly reason: DisableReason;
  readonly cause: OutcomePosition;
  /** Epoch ms of the outcome. */
  readonly at: number;
}

/** The bytes to send for this delivery: the event's body with its slot filled (P7). */
export type BodyOf = (event: EventRecord, ref: DeliveryRef) => Uint8Array;

export interface PolicyMetrics {
  /** Held deliveries that an enabling settled. */
  settled(how: 'released' | 'discarded' | 'expired', count: number): void;
  /** Alert when true: the partition waits for a newer release of this app (R21). */
  stopped(partition: number, stopped: boolean): void;
}
