import type { Outcome } from '#domain';
import type { DisableEndpoint } from './policy-ports.ts';

/** As many attempts are remembered at least, twice as many at most. */
const REMEMBERED = 10_000;

interface AttemptName {
  readonly deliveryId: string;
  readonly chain: number;
  readonly attempt: number;
}

/** Nearly all are the first attempt of an event's own chain: told by the delivery, they need no text of their own. */
const keyOf = ({ deliveryId, chain, attempt }: AttemptName): string =>
  chain === 0 && attempt === 1 ? deliveryId : `${deliveryId} ${chain} ${attempt}`;

/**
 * A delivery failed for good, and the contract says that this disables its endpoint (R22). The first outcome of an
 * attempt counts (R3); coming late or twice is harmless, as the command names the term it speaks of (P6).
 */
export class DisableEndpointPolicy {
  readonly #disable: DisableEndpoint;
  /** Two generations: a Set that drops its oldest one by one spends more on that than on all else. */
  #recent = new Set<string>();
  #older = new Set<string>();

  constructor(disable: DisableEndpoint) {
    this.#disable = disable;
  }

  /** Resolves once the endpoint is disabled, or nothing is to be done. */
  async handle(outcome: Outcome, partition: number, offset: number): Promise<void> {
    const { ref, attempt, term, at, decision } = outcome;
    if (decision.kind === 'deferred') return;
    const key = keyOf({ deliveryId: ref.deliveryId, chain: ref.chain, attempt });
    if (this.#recent.has(key) || this.#older.has(key)) return;
    if (decision.kind === 'failed' && decision.disables && decision.reason !== 'overload') {
      const { tenantId, endpointId } = ref;
      const { reason } = decision;
      await this.#disable({ tenantId, endpointId, term, reason, cause: { partition, offset }, at });
    }
    this.#remember(key);
  }

  /** An outcome that disables nothing: a later one of the same attempt is a copy all the same (R3). */
  pass(attempt: AttemptName): void {
    this.#remember(keyOf(attempt));
  }

  /** After the command went through: one that was refused must be asked again. */
  #remember(key: string): void {
    this.#recent.add(key);
    if (this.#recent.size < REMEMBERED) return;
    this.#older = this.#recent;
    this.#recent = new Set();
  }
}
