import type { JsonNode } from '#contracts';

/** An event as another team's record states it. */
export interface UpstreamEvent {
  readonly tenantId: string;
  /** Undefined: the record carries none. */
  readonly id: string | undefined;
  /** Whose id it is: two events of one origin with one id are the same event. */
  readonly origin: string;
  readonly type: string;
  /** Epoch ms; null: nobody knows. */
  readonly occurredAt: number | null;
  /** null: the event has no data. */
  readonly data: JsonNode | null;
  /** Of the record's own trace; absent: it has none that can be understood. */
  readonly traceparent?: string;
}
