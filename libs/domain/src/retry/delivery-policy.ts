/** What a contract promises about attempts. Every number is in milliseconds of contract time (before the time scale). */
export interface DeliveryPolicy {
  /** Inclusive ranges of HTTP status that count as delivered. */
  readonly success: readonly (readonly [from: number, to: number])[];
  /** One deadline over DNS, connect, TLS, sending and the response head. */
  readonly timeoutMs: number;
  /** Wait after failed attempt n is `delaysMs[n - 1]`; their number plus one is the number of attempts. */
  readonly delaysMs: readonly number[];
  /** No attempt starts later than this after the event occurred; null: no limit. */
  readonly maxAgeMs: number | null;
  /** The longest `Retry-After` that is honoured; null: the page promises a schedule, the header does not count. */
  readonly retryAfterUpToMs: number | null;
  /** 410 ends the delivery and disables the endpoint. */
  readonly goneDisables: boolean;
  /** A delivery that used up its attempts disables the endpoint. */
  readonly exhaustionDisables: boolean;
}

export function isSuccess(policy: DeliveryPolicy, status: number): boolean {
  return policy.success.some(([from, to]) => status >= from && status <= to);
}
