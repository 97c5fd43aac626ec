import type { DeliveryPolicy } from '../retry/delivery-policy.ts';
import type { AttemptResult } from './attempt-result.ts';
import { decideAfterAttempt, decideBeforeAttempt, type AttemptMoment } from './decide-delivery.ts';
import type { DeliveryRef } from './delivery-ref.ts';
import { endsChain, type Decision } from './outcome.ts';

/** Any moment will do: nothing here reads a clock. */
export const T0 = 1_736_937_000_000;

export const refOf = (changes: Partial<DeliveryRef> = {}): DeliveryRef => ({
  deliveryId: '8f14e45f-ceea-467f-a8f1-5e2c1b0d3a4e',
  tenantId: 'acme',
  endpointId: 'wh_1',
  eventId: 'evt_1',
  eventType: 'host.offline',
  chain: 0,
  askedBy: 'event',
  eventOffset: 7,
  occurredAt: T0,
  acceptedAt: T0,
  ...changes,
});

export const momentOf = (changes: Partial<AttemptMoment> = {}): AttemptMoment => ({
  ref: refOf(),
  attempt: 1,
  step: 0,
  at: T0,
  timeScale: 1,
  ...changes,
});

export const answered = (status: number, retryAfterMs: number | null = null): AttemptResult => ({
  kind: 'response',
  status,
  retryAfterMs,
});
export const timedOut: AttemptResult = { kind: 'error', errorClass: 'timeout' };

/** What was sent when (ms after the first attempt), and what happened last. */
export interface Chain {
  readonly sentAfterMs: readonly number[];
  readonly hops: readonly (readonly string[])[];
  readonly steps: readonly number[];
  readonly last: Decision;
}

/** Lives a whole chain with an active endpoint: each attempt takes `tookMs` and gets the next result. */
export function live(
  policy: DeliveryPolicy,
  results: (attempt: number) => AttemptResult,
  options: { moment?: AttemptMoment; tookMs?: number } = {},
): Chain {
  const first = options.moment ?? momentOf();
  const sentAfterMs: number[] = [];
  const hops: (readonly string[])[] = [];
  const steps: number[] = [];
  let moment = first;
  for (;;) {
    const before = decideBeforeAttempt(policy, moment, { status: 'active' });
    if (before !== undefined) return { sentAfterMs, hops, steps, last: before };
    sentAfterMs.push(moment.at - first.at);
    const ended = { ...moment, at: moment.at + (options.tookMs ?? 0) };
    const decision = decideAfterAttempt(policy, ended, results(moment.attempt));
    if (endsChain(decision)) return { sentAfterMs, hops, steps, last: decision };
    if (!('next' in decision)) throw new Error('a chain goes on with a successor');
    const { next } = decision;
    hops.push(next.hops);
    steps.push(next.step);
    moment = { ...moment, attempt: next.attempt, step: next.step, at: next.dueAt };
  }
}
