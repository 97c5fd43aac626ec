import {
  endpointDecider,
  isEndpointFact,
  type ControlFact,
  type EndpointFact,
  type EndpointState,
  type OutcomePosition,
} from '#domain';

/** An endpoint was enabled, and something was held: what becomes of it (R23). */
export interface Enabling {
  /** Offset of the fact in `control`: the number of the chains that it asks for (R2). */
  readonly chain: number;
  readonly endpointId: string;
  /** The term that it began; it settles what was held under the one before. */
  readonly term: number;
  readonly choice: 'release' | 'discard';
  readonly heldFrom: OutcomePosition;
}

/**
 * Every enabling that applied, folded from `control`. An endpoint's held deliveries of term t are settled by the
 * enabling that began t + 1, whenever they appear: so one that arrives late is treated by the choice of its time, and
 * what was once kept is never released by a later enabling.
 */
export class Enablings {
  readonly #endpoints = new Map<string, EndpointState>();
  readonly #byEndpoint = new Map<string, Map<number, Enabling>>();
  readonly #all: Enabling[] = [];

  /** Folds one fact; answers the enabling it is, if it applied and settles something. */
  fold(offset: number, fact: ControlFact): Enabling | undefined {
    if (!isEndpointFact(fact)) return undefined;
    const before = this.#endpoints.get(fact.endpointId);
    const after = endpointDecider.evolve(before, slim(fact));
    if (after === before) return undefined;
    if (after === undefined) this.#endpoints.delete(fact.endpointId);
    else this.#endpoints.set(fact.endpointId, after);
    if (fact.type !== 'endpoint.enabled' || fact.held === 'keep' || fact.heldFrom === null) return undefined;
    const { endpointId, term, held: choice, heldFrom } = fact;
    const enabling: Enabling = { chain: offset, endpointId, term, choice, heldFrom };
    const ofEndpoint = this.#byEndpoint.get(endpointId) ?? new Map<number, Enabling>();
    this.#byEndpoint.set(endpointId, ofEndpoint.set(term, enabling));
    this.#all.push(enabling);
    return enabling;
  }

  /** The enabling that settles what this endpoint had held under `term`. */
  settling(endpointId: string, term: number): Enabling | undefined {
    return this.#byEndpoint.get(endpointId)?.get(term + 1);
  }

  /** Those whose held deliveries are on `partition`, from control offset `from` on. */
  of(partition: number, from: number): readonly Enabling[] {
    return this.#all.filter((each) => each.chain >= from && each.heldFrom.partition === partition);
  }
}

const NOTHING = { url: '', events: [], description: '', headers: {} };

/** `evolve` looks at versions, terms and states; what customers set need not be kept here. */
function slim(fact: EndpointFact): EndpointFact {
  if (fact.type === 'endpoint.created') return { ...fact, settings: NOTHING, secrets: [] };
  if (fact.type === 'endpoint.updated') return { ...fact, settings: NOTHING };
  if (fact.type === 'endpoint.secret-rotated' || fact.type === 'endpoint.secret-expired') {
    return { ...fact, secrets: [] };
  }
  if (fact.type === 'endpoint.secret-rewrapped') return { ...fact, secrets: [], headers: {} };
  return fact;
}
