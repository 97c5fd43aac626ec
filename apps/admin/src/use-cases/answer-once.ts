import { createHash } from 'node:crypto';
import { Refused, retryAfter, type Principal } from '#http-edge';
import type { NamedRequest } from '#read-model';
import type { AdminContext } from './admin-context.ts';
import { KEPT_MS } from './old-answers.ts';

/** Longer than any call takes: whoever took the key before is gone. */
const UNDER_WAY_MS = 120_000;

export interface OnceAsk {
  /** The Idempotency-Key; undefined: the work is done each time. */
  readonly key: string | undefined;
  /** All that the request says; the same key with another request is refused. */
  readonly request: readonly unknown[];
}

export interface OnceAnswer<Answer> {
  readonly answer: Answer;
  /** True: nothing was done now, this is what was answered before. */
  readonly replayed: boolean;
}

type OnceContext = Pick<AdminContext, 'answered' | 'oldAnswers' | 'secretBox' | 'now' | 'logger'>;

/**
 * Does the work of one Idempotency-Key once. `Answer` must survive JSON.
 *
 * 1. The key is taken in the database before the work begins, so of two at once, in whichever processes, one works (409).
 * 2. An answer is kept sealed: it may hold a secret that is shown once.
 * 3. Work that threw is released: the request may be sent again, mended or not. After a 503 nobody knows whether it was
 *    done, and it would be done again; that is what 503 always says.
 * 4. A process that died over the work leaves the key taken until it is forgotten: whether the work was done, only the
 *    caller can look; doing it twice unseen is what they sent the key against.
 */
export async function answerOnce<Answer>(
  context: OnceContext,
  principal: Principal,
  { key, request }: OnceAsk,
  work: () => Promise<Answer>,
): Promise<OnceAnswer<Answer>> {
  if (key === undefined) return { answer: await work(), replayed: false };
  const { answered, oldAnswers, secretBox, logger } = context;
  const named = { caller: principal.keyId, key: checked(key) };
  const owner = `answer|${named.caller}|${named.key}`;
  const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const now = context.now();
  oldAnswers.forget(answered, now, (err) => logger.warn({ err }, 'answers.not_forgotten'));
  const fate = await take(context, named, fingerprint, now);
  if (fate.state !== 'taken' && fate.fingerprint !== fingerprint) throw reused();
  if (fate.state === 'under-way') throw inUse(now - fate.takenAt > UNDER_WAY_MS);
  if (fate.state === 'answered') {
    return { answer: JSON.parse(secretBox.open(fate.sealed, owner)) as Answer, replayed: true };
  }
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    await answered.release(named).catch((err: unknown) => logger.warn({ err }, 'answers.not_released'));
    throw error;
  }
  // It is done: that it could not be kept must not read as if it were not.
  await answered
    .keep(named, secretBox.seal(JSON.stringify(answer), owner))
    .catch((err: unknown) => logger.warn({ err }, 'answers.not_kept'));
  return { answer, replayed: false };
}

async function take(
  { answered, logger }: OnceContext,
  named: NamedRequest,
  fingerprint: string,
  now: number,
) {
  try {
    return await answered.take(named, fingerprint, { now, notBefore: now - KEPT_MS });
  } catch (cause) {
    logger.warn({ err: cause }, 'answers.unavailable');
    const detail =
      'Idempotency-Key needs the database, which does not answer; nothing was done, send the same request again';
    throw new Refused('unavailable', detail, { headers: retryAfter(5), cause });
  }
}

function checked(key: string): string {
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return key;
  const detail = '"Idempotency-Key" must have 1 to 255 printable ASCII characters';
  throw new Refused('invalid_header', detail);
}

function reused(): Refused {
  const detail =
    'this Idempotency-Key was sent with another request within the last 24 hours; send a key of its own with each request';
  return new Refused('idempotency_key_reused', detail);
}

function inUse(isAbandoned: boolean): Refused {
  const detail = isAbandoned
    ? 'the process that took this Idempotency-Key ended before it answered; look whether it was done, then send another key'
    : 'a request with this Idempotency-Key is under way; send it again in a moment';
  return new Refused('idempotency_key_in_use', detail, isAbandoned ? {} : { headers: retryAfter(1) });
}
