import { endpointDecider, subscribes, type EndpointFact, type EndpointState } from '#domain';

interface Stage {
  /** Offset in `control` of the fact that began it. */
  readonly offset: number;
  /** Undefined: deleted. */
  readonly state: EndpointState | undefined;
}

/** One endpoint, as `control` tells its life: by positions in the log, not by clocks. */
export class EndpointHistory {
  readonly id: string;
  readonly tenant: string;
  readonly #stages: Stage[] = [];
  /** What became of what was held, by the term that the enabling began (R23). */
  readonly #enablings = new Map<number, 'release' | 'discard' | 'keep'>();
  readonly #failedTerms = new Set<number>();

  constructor(id: string, tenant: string) {
    this.id = id;
    this.tenant = tenant;
  }

  fold(offset: number, fact: EndpointFact): void {
    const before = this.#stages.at(-1)?.state;
    if (before === undefined && fact.type !== 'endpoint.created') return;
    const state = endpointDecider.evolve(before, fact);
    if (state === before) return;
    this.#stages.push({ offset, state });
    if (fact.type === 'endpoint.enabled' && fact.heldFrom !== null) this.#enablings.set(fact.term, fact.held);
    if (fact.type === 'endpoint.failed') this.#failedTerms.add(fact.term);
  }

  get now(): EndpointState | undefined {
    return this.#stages.at(-1)?.state;
  }

  get url(): string {
    return this.#stages[0]?.state?.url ?? '';
  }

  get wasDeleted(): boolean {
    return this.#stages.length > 0 && this.now === undefined;
  }

  get wasOff(): boolean {
    return this.#stages.some(({ state }) => state?.status === 'off');
  }

  /** Did the engine disable it in this term? */
  failedIn(term: number): boolean {
    return this.#failedTerms.has(term);
  }

  /** What was chosen for what it had held under `term`; undefined: it was not enabled after that. */
  choiceAfter(term: number): 'release' | 'discard' | 'keep' | undefined {
    return this.#enablings.get(term + 1);
  }

  get hasDiscarded(): boolean {
    return [...this.#enablings.values()].includes('discard');
  }

  /**
   * Must an event of this type, published with the echo of control position `echo`, be delivered here, whenever it was fanned
   * out? True where every state from then on wants it (R20).
   */
  wantsFrom(echo: number, eventType: string): boolean {
    const before = this.#stages.filter(({ offset }) => offset < echo).at(-1);
    if (before === undefined) return false;
    return [before, ...this.#stages.filter(({ offset }) => offset >= echo)].every(
      ({ state }) => state !== undefined && state.status !== 'off' && subscribes(state, eventType),
    );
  }
}
