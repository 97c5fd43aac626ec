import type { Outcome } from '#domain';
import type { Enabling } from './enablings.ts';

/** A delivery whose latest outcome, as far as was read, is `held` under a term that an enabling settles. */
export interface HeldDelivery {
  readonly outcome: Outcome;
  readonly offset: number;
  readonly enabling: Enabling;
}

interface Standing {
  readonly chain: number;
  readonly attempt: number;
  readonly offset: number;
  readonly enabling: Enabling;
}

/** Folds outcomes, in their order, into what is still held. Keeps positions only: there may be millions. */
export class HeldDeliveries {
  readonly #settling: (endpointId: string, term: number) => Enabling | undefined;
  readonly #held = new Map<string, Standing>();

  constructor(settling: (endpointId: string, term: number) => Enabling | undefined) {
    this.#settling = settling;
  }

  get size(): number {
    return this.#held.size;
  }

  observe(outcome: Outcome, offset: number): void {
    const { ref, attempt, decision } = outcome;
    const before = this.#held.get(ref.deliveryId);
    const isCopy =
      before !== undefined &&
      (ref.chain < before.chain || (ref.chain === before.chain && attempt <= before.attempt));
    // Of an earlier attempt, it does not bring it back; of the same one, told by an owner before, it is not what happened (R3):
    // for everybody else the delivery is held.
    if (isCopy) return;
    const enabling = decision.kind === 'held' ? this.#settling(ref.endpointId, outcome.term) : undefined;
    if (enabling === undefined) this.#held.delete(ref.deliveryId);
    else this.#held.set(ref.deliveryId, { chain: ref.chain, attempt, offset, enabling });
  }

  /** The enabling that settles exactly this outcome, if it still stands. */
  standing(outcome: Outcome, offset: number): Enabling | undefined {
    const standing = this.#held.get(outcome.ref.deliveryId);
    return standing?.offset === offset ? standing.enabling : undefined;
  }
}
