import type { DataSource } from 'typeorm';

/** One request under an Idempotency-Key. `caller`: whose key it is; two callers never meet. */
export interface NamedRequest {
  readonly caller: string;
  readonly key: string;
}

/** What is known of a request: nothing, and it is the asker's now; or it is under way; or how it was answered. */
export type RequestFate =
  | { readonly state: 'taken' }
  | { readonly state: 'under-way'; readonly fingerprint: string; readonly takenAt: number }
  | { readonly state: 'answered'; readonly fingerprint: string; readonly sealed: string };

/** What was answered under Idempotency-Keys: durable, and the same for all processes. Rejects while PostgreSQL is away. */
export interface AnsweredRequests {
  /** Takes the request, unless it was taken since `notBefore`. Times in epoch ms. */
  take(
    request: NamedRequest,
    fingerprint: string,
    times: { readonly now: number; readonly notBefore: number },
  ): Promise<RequestFate>;
  /** `sealed`: the answer may hold secrets. */
  keep(request: NamedRequest, sealed: string): Promise<void>;
  /** Nothing came of it: the next one may take it. */
  release(request: NamedRequest): Promise<void>;
  /** Forgets what was taken before. */
  forgetBefore(at: number): Promise<void>;
}

/** Whoever inserts the row has the request; a row that is too old counts as none. */
const TAKE = `INSERT INTO answered_requests AS r (caller, idempotency_key, fingerprint, taken_at)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (caller, idempotency_key) DO UPDATE
    SET fingerprint = excluded.fingerprint, taken_at = excluded.taken_at, sealed_answer = NULL
    WHERE r.taken_at < $5
  RETURNING r.caller`;

const FIND = `SELECT fingerprint, taken_at AS "takenAt", sealed_answer AS sealed
  FROM answered_requests WHERE caller = $1 AND idempotency_key = $2`;

const KEEP = `UPDATE answered_requests SET sealed_answer = $3 WHERE caller = $1 AND idempotency_key = $2`;

const RELEASE = `DELETE FROM answered_requests
  WHERE caller = $1 AND idempotency_key = $2 AND sealed_answer IS NULL`;

interface Found {
  readonly fingerprint: string;
  readonly takenAt: Date;
  readonly sealed: string | null;
}

/** Released between two looks, more often than this? Then somebody else has it. */
const LOOKS = 3;

export function answeredRequests(dataSource: DataSource): AnsweredRequests {
  return {
    take: async ({ caller, key }, fingerprint, { now, notBefore }) => {
      for (let look = 1; look <= LOOKS; look += 1) {
        const given = [caller, key, fingerprint, new Date(now), new Date(notBefore)];
        const mine = await dataSource.query<unknown[]>(TAKE, given);
        if (mine.length > 0) return { state: 'taken' };
        const [found] = await dataSource.query<Found[]>(FIND, [caller, key]);
        if (found !== undefined) return fateOf(found);
      }
      return { state: 'under-way', fingerprint, takenAt: now };
    },
    keep: async ({ caller, key }, sealed) => {
      await dataSource.query(KEEP, [caller, key, sealed]);
    },
    release: async ({ caller, key }) => {
      await dataSource.query(RELEASE, [caller, key]);
    },
    forgetBefore: async (at) => {
      await dataSource.query('DELETE FROM answered_requests WHERE taken_at < $1', [new Date(at)]);
    },
  };
}

function fateOf({ fingerprint, takenAt, sealed }: Found): RequestFate {
  return sealed === null
    ? { state: 'under-way', fingerprint, takenAt: takenAt.getTime() }
    : { state: 'answered', fingerprint, sealed };
}
