import { isEndpointFact, type AskedBy, type ControlFact, type Decision, type Outcome } from '#domain';
import { accepts, type AnswerKind } from '../plan/answers.ts';
import type { PlannedEvent } from '../plan/load.ts';
import { EndpointHistory } from './endpoint-history.ts';

/** One request as the receiver saw it. Times are epoch ms. */
export interface Received {
  readonly path: string;
  readonly event: string;
  readonly at: number;
  /** Process id of the sender. */
  readonly by: number;
  readonly kind: AnswerKind;
  /** Of the bytes, the delivery id (where the body holds one) left out. */
  readonly bodyHash: string;
  /** The copy of the content that it carries; undefined: none of ours. */
  readonly copy: number | undefined;
}

export interface ChainFacts {
  readonly askedBy: AskedBy;
  /** Attempts that a request was made for, and whose outcome is in the log. */
  readonly attempts: Set<number>;
  /** Attempts with an outcome of any kind but a deferral: the first of each is what happened (R3). */
  readonly decided: Set<number>;
  /** Attempts whose first outcome tells of a request: what history shows (R3). */
  readonly shown: Set<number>;
  /** The first outcome that ended it (R3). */
  end: { readonly decision: Decision; readonly attempt: number; readonly term: number } | undefined;
}

/** The last attempt that something came of; 0: none yet. */
export const lastDecided = ({ decided }: ChainFacts): number => Math.max(0, ...decided);

/** Of one event for one endpoint: what its receiver saw, and what the log says. */
export class DeliveryFacts {
  readonly endpoint: string;
  readonly event: string;
  readonly requests: { readonly at: number; readonly by: number; readonly kind: AnswerKind }[] = [];
  readonly bodies = new Set<string>();
  readonly copies = new Set<number>();
  readonly chains = new Map<number, ChainFacts>();
  /** Requests beyond the attempts that the log knows which kills may cause: those in flight at them. */
  mayRepeat = 0;

  constructor(endpoint: string, event: string) {
    this.endpoint = endpoint;
    this.event = event;
  }

  get accepted(): number {
    return this.requests.filter(({ kind }) => accepts(kind)).length;
  }

  /** Attempts with a durable outcome. */
  get known(): number {
    return this.#count(({ attempts }) => attempts);
  }

  /** Those of them that history shows. */
  get shown(): number {
    return this.#count(({ shown }) => shown);
  }

  get repeats(): number {
    return Math.max(0, this.requests.length - this.known);
  }

  #count(attemptsOf: (chain: ChainFacts) => ReadonlySet<number>): number {
    let sum = 0;
    for (const chain of this.chains.values()) sum += attemptsOf(chain).size;
    return sum;
  }

  chain(number: number, askedBy: AskedBy): ChainFacts {
    const found = this.chains.get(number) ?? {
      askedBy,
      attempts: new Set(),
      decided: new Set(),
      shown: new Set(),
      end: undefined,
    };
    this.chains.set(number, found);
    return found;
  }

  /** The chain that was asked for last: what history shows. */
  get latest(): readonly [number, ChainFacts] | undefined {
    return [...this.chains].reduce<readonly [number, ChainFacts] | undefined>(
      (last, one) => (last === undefined || one[0] > last[0] ? one : last),
      undefined,
    );
  }
}

export interface EventFacts {
  readonly planned: PlannedEvent;
  /** Epoch ms of its first publish. */
  readonly startedAt: number;
  /** Control position that its first publish echoed. */
  readonly echo: number;
  /** Epoch ms of its first 202; undefined: none yet. */
  acceptedAt: number | undefined;
  /** In the log; undefined: not there (yet). */
  log: { readonly hash: string; readonly copy: number | undefined; copies: number } | undefined;
  unmatched: boolean;
}

/** All that is known of a run, from three sides: publishers, receivers, the log. Nothing here was said by an engine's process but 202. */
export class ChaosFacts {
  readonly events = new Map<string, EventFacts>();
  readonly endpoints = new Map<string, EndpointHistory>();
  readonly deliveries = new Map<string, DeliveryFacts>();
  /** `<topic>/<partition>/<offset>` of records that nobody can read: those the run wrote, and those the log says. */
  readonly poisoned = new Set<string>();
  readonly quarantined = new Set<string>();
  /** Promises broken as they were seen, e.g. a signature; each with the promise that it breaks. */
  readonly seen: { readonly promise: string; readonly what: string }[] = [];
  readonly #idByPath = new Map<string, string>();
  /** Requests to endpoints that `control` has not told of yet. */
  readonly #early: Received[] = [];

  complain(promise: string, what: string): void {
    this.seen.push({ promise, what });
  }

  publishing(planned: PlannedEvent, echo: number, startedAt = Date.now()): EventFacts {
    const found = this.events.get(planned.id) ?? {
      planned,
      startedAt,
      echo,
      acceptedAt: undefined,
      log: undefined,
      unmatched: false,
    };
    this.events.set(planned.id, found);
    return found;
  }

  received(request: Received): void {
    const endpoint = this.#idByPath.get(request.path);
    if (endpoint === undefined) {
      this.#early.push(request);
      return;
    }
    const delivery = this.delivery(endpoint, request.event);
    const { at, by, kind } = request;
    delivery.requests.push({ at, by, kind });
    delivery.bodies.add(request.bodyHash);
    if (request.copy !== undefined) delivery.copies.add(request.copy);
  }

  control(offset: number, fact: ControlFact): void {
    if (!isEndpointFact(fact)) return;
    const history =
      this.endpoints.get(fact.endpointId) ?? new EndpointHistory(fact.endpointId, fact.tenantId);
    this.endpoints.set(fact.endpointId, history);
    history.fold(offset, fact);
    if (fact.type !== 'endpoint.created') return;
    this.#idByPath.set(pathOf(history.url), history.id);
    for (const request of this.#early.splice(0)) this.received(request);
  }

  logged(event: string, hash: string, copy: number | undefined): void {
    const facts = this.events.get(event);
    if (facts === undefined) return;
    if (facts.log === undefined) facts.log = { hash, copy, copies: 1 };
    else facts.log.copies += 1;
  }

  unmatched(event: string): void {
    const facts = this.events.get(event);
    if (facts !== undefined) facts.unmatched = true;
  }

  asked(endpoint: string, event: string, chain: number, askedBy: AskedBy): void {
    this.delivery(endpoint, event).chain(chain, askedBy);
  }

  /** `wasSent`: a request was made for it. */
  outcome({ ref, attempt, term, decision }: Outcome, wasSent: boolean): void {
    const chain = this.delivery(ref.endpointId, ref.eventId).chain(ref.chain, ref.askedBy);
    if (wasSent) chain.attempts.add(attempt);
    if (decision.kind === 'deferred' || chain.decided.has(attempt)) return;
    chain.decided.add(attempt);
    if (wasSent) chain.shown.add(attempt);
    if (decision.kind !== 'retry') chain.end ??= { decision, attempt, term };
  }

  endpointAt(path: string): EndpointHistory | undefined {
    return this.endpoints.get(this.#idByPath.get(path) ?? '');
  }

  pathOf(endpoint: string): string {
    return pathOf(this.endpoints.get(endpoint)?.url ?? '');
  }

  /** Requests to where `control` knows no endpoint. */
  get nowhere(): readonly Received[] {
    return this.#early;
  }

  delivery(endpoint: string, event: string): DeliveryFacts {
    const key = `${endpoint} ${event}`;
    const found = this.deliveries.get(key) ?? new DeliveryFacts(endpoint, event);
    this.deliveries.set(key, found);
    return found;
  }

  /**
   * After the end (or the stop) of a sender, all that it sent being counted: deliveries that it was the last to send. What this gives
   * is asked once the log was read: it may not have told yet of an endpoint that they went to.
   */
  lastSentBy(pid: number): () => readonly DeliveryFacts[] {
    const sent = [...this.deliveries.values()].filter(({ requests }) => requests.at(-1)?.by === pid);
    const last = new Map(this.#early.map((one) => [`${one.path} ${one.event}`, one]));
    const early = [...last.values()].filter(({ by }) => by === pid);
    return () => {
      const found = early.flatMap(({ path, event }) => {
        const endpoint = this.#idByPath.get(path);
        return endpoint === undefined ? [] : [this.delivery(endpoint, event)];
      });
      return [...new Set([...sent, ...found])];
    };
  }

  /**
   * Of those, once the log was read: attempts whose outcome is not durable may come again, one of each chain, for one chain
   * has one attempt in flight. Read later, the log says the same: what is sent again adds a request and an outcome.
   * Returns how many.
   */
  noteInFlight(lastSent: readonly DeliveryFacts[]): number {
    let inFlight = 0;
    for (const delivery of lastSent) {
      const more = Math.min(delivery.repeats - delivery.mayRepeat, delivery.chains.size || 1);
      if (more <= 0) continue;
      delivery.mayRepeat += more;
      inFlight += more;
    }
    return inFlight;
  }
}

/** `/<tenant>/<name>` of a URL. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : '';
}
