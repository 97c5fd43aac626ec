import { endsChain, type DecisionKind, type Outcome } from '#domain';
import type { Answer, Sent } from './fake-sender.ts';
import { PARTITIONS } from './dispatcher-rig.ts';
import { pass } from './held-clock.ts';
import { Lives } from './lives.ts';

/** These end an attempt for which a request was made. */
const afterRequest: ReadonlySet<DecisionKind> = new Set(['delivered', 'retry', 'failed']);

/** What happened to one installation in its lives, and what must hold once all is quiet. */
export class Chaos {
  readonly lives: Lives;
  readonly problems: string[] = [];
  readonly published: { readonly eventId: string; readonly offset: number }[] = [];
  endpoints: readonly string[] = [];
  #urls: readonly string[] = [];
  readonly #stalls = new Set<() => void>();
  /** Requests by (event, endpoint), in order. */
  readonly #posts = new Map<string, number[]>();
  /** Requests without an outcome, which a crash took: these may be made again, and no others (P4). */
  readonly #lost = new Map<string, number>();

  constructor(timeScale: number) {
    this.lives = new Lives({ timeScale, dispatcher: { standardWebhooks: true } });
  }

  watch(endpoints: readonly string[], scripts: readonly (readonly Answer[])[]): void {
    this.endpoints = endpoints;
    this.#urls = endpoints.map((id) => this.lives.rig.url(id));
    this.lives.sender.answer = (request: Sent, nth: number): Answer => {
      const at = this.#urls.indexOf(request.url);
      const key = `${request.headers['webhook-id']} ${this.endpoints[at]}`;
      const times = this.#posts.get(key);
      if (times === undefined) this.#posts.set(key, [request.at]);
      else times.push(request.at);
      return scripts[at]?.[nth] ?? 200;
    };
  }

  /** Appends get no answer for a while. */
  stall(ms: number): void {
    const go = this.lives.store.stall();
    this.#stalls.add(go);
    setTimeout(go, ms);
  }

  /** The next life takes over once the appends under way have come to their end: the advisory lock's work, or the group's. */
  async crash(): Promise<void> {
    this.lives.crash();
    for (const go of this.#stalls) go();
    await pass(1);
    const known = await this.#made();
    for (const [key, times] of this.#posts) {
      const before = this.#lost.get(key) ?? 0;
      const unknown = times.length - (known.get(key)?.size ?? 0);
      // One chain has one attempt in flight.
      if (unknown > before + 1) this.problems.push(`${key}: ${unknown} requests without outcome at a crash`);
      this.#lost.set(key, Math.max(before, unknown));
    }
  }

  /** Every promise, now that nothing moves any more. */
  async judge(attemptsAllowed: number): Promise<string[]> {
    const { rig, store } = this.lives;
    const outcomes = await this.lives.outcomes();
    const made = await this.#made();
    const offsets = new Set(this.published.map(({ offset }) => offset));
    for (const { eventId } of this.published) {
      for (const endpoint of this.endpoints) {
        const key = `${eventId} ${endpoint}`;
        const all = outcomes.filter(({ ref }) => ref.eventId === eventId && ref.endpointId === endpoint);
        this.#judgeChain(key, all, attemptsAllowed);
        const repeats = (this.#posts.get(key)?.length ?? 0) - (made.get(key)?.size ?? 0);
        if (repeats > (this.#lost.get(key) ?? 0))
          this.problems.push(`${key}: ${repeats} repeats, ${this.#lost.get(key) ?? 0} in flight at crashes`);
        if (all.some(({ ref }) => !offsets.has(ref.eventOffset ?? -1)))
          this.problems.push(`${key}: an outcome under another event offset`);
      }
    }
    // P2: everything is done, so every commit stands at its topic's end.
    for (const topic of ['events', 'retry.1s', 'retry.1m', 'retry.2h'] as const) {
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        const { end } = store.partition(topic, partition);
        const at = store.group('dispatcher').commits.get(`${topic}/${partition}`)?.offset ?? 0;
        if (at !== end) this.problems.push(`${topic}/${partition}: committed ${at} of ${end}`);
      }
    }
    for (const crash of rig.crashes) this.problems.push(`crashed: ${crash.message}`);
    if (rig.dispatcher.gauges().inHand > 0)
      this.problems.push(`${rig.dispatcher.gauges().inHand} records in hand`);
    return this.problems;
  }

  #judgeChain(key: string, outcomes: readonly Outcome[], attemptsAllowed: number): void {
    // The first outcome of a key wins everywhere (R3).
    const first = new Map<number, Outcome>();
    for (const outcome of outcomes) {
      if (outcome.decision.kind !== 'deferred' && !first.has(outcome.attempt))
        first.set(outcome.attempt, outcome);
    }
    const attempts = [...first.keys()];
    if (attempts.some((attempt, n) => attempt !== n + 1))
      this.problems.push(`${key}: attempts ${attempts.join()}`);
    if (attempts.length > attemptsAllowed) this.problems.push(`${key}: ${attempts.length} attempts`);
    const ends = [...first.values()].filter(({ decision }) => endsChain(decision));
    if (ends.length !== 1)
      this.problems.push(`${key}: ${ends.length} ends after attempts ${attempts.join()}`);
    const delivered = ends.find(({ decision }) => decision.kind === 'delivered');
    if (delivered !== undefined && this.#posts.get(key)?.some((at) => at > delivered.at) === true)
      this.problems.push(`${key}: sent again after it was delivered`);
  }

  /** Attempts that have an outcome, by (event, endpoint). */
  async #made(): Promise<Map<string, Set<number>>> {
    const made = new Map<string, Set<number>>();
    for (const { ref, attempt, decision } of await this.lives.outcomes()) {
      if (!afterRequest.has(decision.kind)) continue;
      const key = `${ref.eventId} ${ref.endpointId}`;
      const attempts = made.get(key);
      if (attempts === undefined) made.set(key, new Set([attempt]));
      else attempts.add(attempt);
    }
    return made;
  }
}
