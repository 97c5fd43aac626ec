import { boundedDelay, hopsFor } from '../retry/hops.ts';
import { isSuccess, type DeliveryPolicy } from '../retry/delivery-policy.ts';
import { tiers } from '../retry/tiers.ts';
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

/**
 * What stands in the way of an attempt; undefined: nothing, send it (DESIGN §7, step 1, in its order). The engine's
 * `failed` keeps deliveries for a release; the customer's `off` means that nobody wants them.
 */
export function decideBeforeAttempt(
  policy: DeliveryPolicy,
  moment: AttemptMoment,
  endpoint: EndpointNow,
): Decision | undefined {
  if (endpoint === undefined) return { kind: 'cancelled', reason: 'endpoint_deleted' };
  if (!goesToInactive(moment.ref.askedBy)) {
    if (endpoint.status === 'failed') return { kind: 'held' };
    if (endpoint.status === 'off') return { kind: 'cancelled', reason: 'endpoint_off' };
  }
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

/** Bounds of one deferral, real ms (R18). */
export const MIN_DEFERRAL_MS = 4_000;
const MAX_DEFERRAL_MS = 2 * 3_600_000;

/** One that would bring a delivery back with less than this left to be sent in is not worth it. */
const LEAST_TIME_LEFT_MS = 10_000;

/**
 * P8: steps aside without using an attempt; undefined: the contract's age limit is too near, and it keeps its place.
 * `deferredSince`: epoch ms of the first deferral of this attempt. The delay is the lane's guess, so it is brought into 4 s
 * to 2 h, and cut to the longest tier that leaves time to send it in (R18): an estimate must not expire what could
 * still be sent.
 *
 * All of it is real time, as lanes are: shortened with the tiers, a deferral would come back at once and step aside
 * again. Only the longest tier bounds what a small time scale can wait.
 */
export function decideDeferral(
  policy: DeliveryPolicy,
  moment: AttemptMoment,
  deferral: { readonly delayMs: number; readonly deferredSince: number },
): Decision | undefined {
  if (moment.at - deferral.deferredSince > MAX_DEFERRED_MS) {
    return { kind: 'failed', reason: 'overload', disables: false };
  }
  const least = MIN_DEFERRAL_MS / moment.timeScale;
  const real = Math.max(boundedDelay(deferral.delayMs), MIN_DEFERRAL_MS);
  const asked = Math.min(boundedDelay(real / moment.timeScale), MAX_DEFERRAL_MS);
  for (const delayMs of [asked, ...tiersBetween(least, asked), Math.min(least, asked)]) {
    const next = successor(moment, delayMs, moment.attempt);
    if (!isTooOld(policy, moment.ref, next.dueAt + LEAST_TIME_LEFT_MS)) return { kind: 'deferred', next };
  }
  return undefined;
}

/** Delays of tiers, longest first; neither `least` nor `most` is one of them. */
function tiersBetween(least: number, most: number): readonly number[] {
  return tiers
    .map((tier) => tier.delayMs)
    .filter((tierMs) => tierMs > least && tierMs < most)
    .toReversed();
}

function successor(moment: AttemptMoment, asked: number, attempt: number): Successor {
  // Bounded here once, so that the due time and the hops can never disagree.
  const delayMs = boundedDelay(asked);
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
  // A receiver may ask for more patience than the schedule, never for less.
  return Math.max(scheduled, Math.min(boundedDelay(result.retryAfterMs), policy.retryAfterUpToMs));
}

/** The limit is real time whatever the time scale: it comes from clocks of receivers. */
function isTooOld(policy: DeliveryPolicy, ref: DeliveryRef, at: number): boolean {
  return policy.maxAgeMs !== null && at > ref.occurredAt + policy.maxAgeMs;
}
