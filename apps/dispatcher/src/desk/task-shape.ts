import type { DeliveryRef } from '#domain';

/** What a task is about, whatever record it came from. */
export interface TaskShape {
  readonly ref: DeliveryRef;
  /** Number of the attempt within its chain, from 1. */
  readonly number: number;
  /** Number of the placement it comes from; 0: it never waited (R2). */
  readonly step: number;
  /** Epoch ms of the first time this attempt stepped aside; null: it has not. */
  readonly deferredSince: number | null;
  /** The bytes as sent: complete, the delivery's id in its place (P7). */
  readonly body: () => Uint8Array;
}
