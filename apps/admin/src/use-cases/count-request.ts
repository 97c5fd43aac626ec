import { Refused, retryAfter, type Principal } from '#http-edge';
import type { KeyRates } from './key-rates.ts';

/**
 * Counts the request against its key's limit, and tells what is left as the IETF draft of `RateLimit` writes it, in refusals
 * too. Strangers are not counted: they are refused before anything is done for them. `tell`: puts a header on the answer,
 * whatever it will be.
 */
export function countRequest(
  rates: KeyRates,
  { keyId }: Principal,
  tell: (name: string, value: string) => void,
): void {
  const { policy } = rates;
  const left = rates.take(keyId, performance.now());
  if (policy === undefined || left === undefined) return;
  tell('ratelimit-policy', `"default";q=${policy.quota};w=${policy.windowSeconds}`);
  tell('ratelimit', `"default";r=${left.remaining};t=${left.resetSeconds}`);
  if (left.waitSeconds === 0) return;
  const detail = `at most ${policy.quota} requests a minute for one key in one process`;
  throw new Refused('too_many_requests', detail, { headers: retryAfter(left.waitSeconds) });
}
