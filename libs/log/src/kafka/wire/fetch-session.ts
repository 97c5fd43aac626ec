import type { FetchAnswer, SessionPart, Wanted } from './fetch.ts';

/** Answered where the broker has forgotten a session, or counts its requests otherwise. */
const SESSION_ID_NOT_FOUND = 70;
const INVALID_SESSION_EPOCH = 71;
const LAST_EPOCH = 2_147_483_647;

/**
 * What a broker remembers of one reader (KIP-227): a request names only what changed since the one before, and an answer
 * only what there is something to say of. With a hundred partitions, most of them quiet, that is nearly all of the work.
 *
 * 1. What is believed to be remembered changes only by an answer; a request without one ends the session, and the next
 *    names everything.
 * 2. One request at a time.
 */
export class FetchSession {
  #id = 0;
  #epoch = 0;
  /** By name and partition: the offset that the broker would read from next. */
  #remembered = new Map<string, Wanted>();

  /** The parts of a request for exactly these. */
  next(wanted: readonly Wanted[]): SessionPart {
    const frame = { sessionId: this.#id, sessionEpoch: this.#epoch };
    const now = new Map(wanted.map((one) => [keyOf(one), one]));
    const before = this.#remembered;
    this.#remembered = now;
    if (this.#epoch === 0) return { ...frame, wanted, forgotten: [] };
    const changed = wanted.filter((one) => before.get(keyOf(one))?.from !== one.from);
    const forgotten = [...before.values()].filter((one) => !now.has(keyOf(one)));
    return { ...frame, wanted: changed, forgotten };
  }

  /** False: the broker knows nothing of the session; ask again, for everything. */
  answered({ errorCode, sessionId }: Pick<FetchAnswer, 'errorCode' | 'sessionId'>): boolean {
    if (errorCode === SESSION_ID_NOT_FOUND || errorCode === INVALID_SESSION_EPOCH) {
      this.lost();
      this.#id = 0;
      return false;
    }
    // A broker without room for another session gives none: everything is named each time.
    this.#epoch = sessionId === 0 ? 0 : (this.#epoch % LAST_EPOCH) + 1;
    this.#id = sessionId;
    return true;
  }

  /** Invariant 1. The broker lets go of the old session when it is named with the first request of a new one. */
  lost(): void {
    this.#epoch = 0;
    this.#remembered.clear();
  }
}

const keyOf = ({ name, partition }: Pick<Wanted, 'name' | 'partition'>): string => `${name}/${partition}`;
