import type { TopicName } from '../topics.ts';
import type { Feed } from './feed.ts';

/** What a commit is fenced by: the claim it was asked under, and the id under which that was given (R11). */
export interface Fence {
  readonly memberId: string;
  /** False: the claim is over, and nothing that it asked for may take effect any more. */
  readonly isHeld: boolean;
}

type ClaimState = 'waiting' | 'owned' | 'letting-go' | 'over';

/**
 * One ownership of one partition: from the group's word until onLose is through.
 *
 * waiting (an older claim of the same partition is still drained) → owned → letting go (it finishes, commits) → over
 */
export class Claim implements Fence {
  readonly memberId: string;
  readonly feeds = new Map<TopicName, Feed>();
  /** Set before the feeds exist too: onClaim may pause what it has just read (R6). */
  readonly paused = new Set<TopicName>();
  /** Where each topic began: given by onClaim or sought within it, else the commit. */
  readonly starts = new Map<TopicName, number>();
  #state: ClaimState = 'waiting';

  constructor(memberId: string) {
    this.memberId = memberId;
  }

  get isWaiting(): boolean {
    return this.#state === 'waiting';
  }

  get isOwned(): boolean {
    return this.#state === 'owned';
  }

  get isHeld(): boolean {
    return this.#state === 'owned' || this.#state === 'letting-go';
  }

  own(): void {
    this.#state = 'owned';
  }

  letGo(): void {
    this.#state = 'letting-go';
  }

  end(): void {
    this.#state = 'over';
  }
}
