/** What asked for a chain of attempts. */
export const askedBys = ['event', 'replay', 'release', 'test'] as const;
export type AskedBy = (typeof askedBys)[number];

/** Everything about a delivery that travels with it through the tiers; never changes within a chain. */
export interface DeliveryRef {
  /** UUID derived from (tenant id, event id, endpoint id): equal on every attempt of every chain. */
  readonly deliveryId: string;
  readonly tenantId: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  /** 0 for the event itself, else the control position of the fact that asked (R2). */
  readonly chain: number;
  readonly askedBy: AskedBy;
  /** Offset of the event in `events` of the delivery's partition; null for a test event. */
  readonly eventOffset: number | null;
  /** Epoch ms: when it happened upstream, and when the engine accepted it. */
  readonly occurredAt: number;
  readonly acceptedAt: number;
  /**
   * Epoch ms that the body was given anew in place of when it happened: only where a contract's replays need it
   * (Hyperspell), and only because somebody asked (P7). Then `occurredAt` is the same.
   */
  readonly restampedAt?: number;
  /** How many deliveries of an engine like this led to the event, one through the other; absent: none. */
  readonly hop?: number;
  /** W3C Trace Context of its event's publishing; absent: nobody traces it. Decides nothing. */
  readonly traceparent?: string;
}

/** Tests and manual replays go to a switched-off endpoint all the same and never disable it (R24). */
export function goesToInactive(askedBy: AskedBy): boolean {
  return askedBy === 'test' || askedBy === 'replay';
}

/** Test events are one attempt, however the contract retries. */
export function attemptsAllowed(askedBy: AskedBy, delays: readonly number[]): number {
  return askedBy === 'test' ? 1 : delays.length + 1;
}
