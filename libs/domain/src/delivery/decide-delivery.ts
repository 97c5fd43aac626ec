import { hopsFor, MAX_DELAY_MS } from '../retry/hops.ts';
import { isSuccess, type DeliveryPolicy } from '../retry/delivery-policy.ts';
import type { EndpointStatus } from '../endpoint/endpoint-state.ts';
import type { AttemptResult } from './attempt-result.ts';
import { attemptsAllowed, goesToInactive, type DeliveryRef } from './delivery-ref.ts';
import type { Decision, Successor } from './outcome.ts';
import { scaled } from './time-scale.ts';

/** One attempt about to be made, or just made. */
export interface AttemptMoment {
  readonly ref: DeliveryRef;
  readonly attempt: number;
  readonly step: number;
  /** Epoch ms: now, or when the attempt ended. */
  readonly at: number;
  readonly timeScale: number;
}

/** The endpoint as the control table has it now; undefined: deleted, or its tenant is. */
export type EndpointNow = { readonly status: EndpointStatus } | undefined;

/** What stands in the way of an attempt; undefined: nothing, send it. */
export function decideBeforeAttempt(
  policy: DeliveryPolicy,
  moment: AttemptMoment,
  endpoint: EndpointNow,
): Decision | undefined {
  if (endpoint === undefined) return { kind: 'cancelled', reason: 'endpoint_deleted' };
  if (endpoint.status !== 'active' && !goesToInactive(moment.ref.askedBy)) return { kind: 'held' };
  if (isTooOld(policy, moment.ref, moment.at)) return { kind: 'expired' };
  return undefined;
}

/** The one place that says what comes after an attempt. */
export function decideAfterAttempt(
  policy: DeliveryPolicy,
  moment: AttemptMoment,
  result: AttemptResult,
): Decision {
  if (result.kind === 'response' && isSuccess(policy, result.status)) return { kind: 'delivered' };

  const counts = !goesToInactive(moment.ref.askedBy);
  if (result.kind === 'response' && result.status === 410 && policy.goneDisables) {
    return { kind: 'failed', reason: 'gone', disables: counts };
  }
  if (moment.attempt >= attemptsAllowed(moment.ref.askedBy, policy.delaysMs)) {
    return { kind: 'failed', reason: 'attempts_exhausted', disables: counts && policy.exhaustionDisables };
  }
  const delayMs = delayAfter(policy, moment.attempt, result);
  const next = successor(moment, delayMs, moment.attempt + 1);
  return isTooOld(policy, moment.ref, next.dueAt) ? { kind: 'expired' } : { kind: 'retry', next };
}

/** Deferral waits at most this long altogether; a lane that cannot keep up for a day is overloaded, not busy (R18). */
export const MAX_DEFERRED_MS = 24 * 3_600_000;

/** P8: steps aside without using an attempt. `deferredSince`: epoch ms of the first deferral of this attempt. */
export function decideDeferral(
  policy: DeliveryPolicy,
  moment: AttemptMoment,
  deferral: { readonly delayMs: number; readonly deferredSince: number },
): Decision {
  if (moment.at - deferral.deferredSince > scaled(MAX_DEFERRED_MS, moment.timeScale)) {
    return { kind: 'failed', reason: 'overload', disables: false };
  }
  const next = successor(moment, deferral.delayMs, moment.attempt);
  return isTooOld(policy, moment.ref, next.dueAt) ? { kind: 'expired' } : { kind: 'deferred', next };
}

function successor(moment: AttemptMoment, delayMs: number, attempt: number): Successor {
  return {
    attempt,
    step: moment.step + 1,
    dueAt: moment.at + scaled(delayMs, moment.timeScale),
    hops: hopsFor(delayMs).tiers,
  };
}

function delayAfter(policy: DeliveryPolicy, attempt: number, result: AttemptResult): number {
  const scheduled = policy.delaysMs[attempt - 1] ?? 0;
  if (policy.retryAfterUpToMs === null || result.kind !== 'response' || result.retryAfterMs === null) {
    return scheduled;
  }
  const asked = Math.min(Math.max(0, result.retryAfterMs), policy.retryAfterUpToMs, MAX_DELAY_MS);
  return Math.max(scheduled, asked);
}

/** The limit is real time whatever the time scale: it comes from clocks of receivers. */
function isTooOld(policy: DeliveryPolicy, ref: DeliveryRef, at: number): boolean {
  return policy.maxAgeMs !== null && at > ref.occurredAt + policy.maxAgeMs;
}
