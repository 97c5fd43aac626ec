import { Refused, retryAfter, type Principal } from '#http-edge';
import type { KeyRates } from '../use-cases/key-rates.ts';
import type { EdgeReply } from './edge-request.ts';

/**
 * Counts the request against its key's limit, and tells what is left as the IETF draft of `RateLimit` writes it, in refusals
 * too. Strangers are not counted: they are refused before anything is done for them.
 */
export function countRequest(rates: KeyRates, { keyId }: Principal, reply: EdgeReply): void {
  const { policy } = rates;
  const left = rates.take(keyId, performance.now());
  if (policy === undefined || left === undefined) return;
  reply
    .header('ratelimit-policy', `"default";q=${policy.quota};w=${policy.windowSeconds}`)
    .header('ratelimit', `"default";r=${left.remaining};t=${left.resetSeconds}`);
  if (left.waitSeconds === 0) return;
  const detail = `at most ${policy.quota} requests a minute for one key in one process`;
  throw new Refused('too_many_requests', detail, { headers: retryAfter(left.waitSeconds) });
}
