import { setTimeout as delay } from 'node:timers/promises';
import type { ChaosFacts } from '../judge/facts.ts';
import { pauseAt, plannedEvent, publishable, requestSize, type PlannedEvent } from '../plan/load.ts';
import type { PlannedTenant } from '../plan/world.ts';
import type { Api } from './api.ts';

const PUBLISHERS = 3;
const AGAIN_MS = 100;
/** After the faults are over: by then whatever was away is back. */
const GIVES_UP_MS = 90_000;

interface Entry {
  readonly status: string;
  readonly problem?: { readonly status: number; readonly code: string };
}

/**
 * Publishes the events of a plan, one after the other, until it is told to finish. An answer other than 202 says nothing: the
 * same ids are published again until 202 comes (P10). Some are published again after that, too.
 */
export class Publisher {
  /** Requests made again because the answer said nothing. */
  repeated = 0;
  /** Events published again after their 202. */
  again = 0;
  readonly #api: Api;
  readonly #facts: ChaosFacts;
  readonly #seed: number;
  readonly #world: readonly PlannedTenant[];
  readonly #later = new Set<Promise<void>>();
  readonly #began = Date.now();
  #next = 0;
  #finishedAt = Infinity;

  constructor(api: Api, facts: ChaosFacts, seed: number, world: readonly PlannedTenant[]) {
    this.#api = api;
    this.#facts = facts;
    this.#seed = seed;
    this.#world = world;
  }

  /** Numbers of events begun so far. */
  get begun(): number {
    return this.#next;
  }

  /** Begins nothing new. */
  finish(): void {
    this.#finishedAt = Math.min(this.#finishedAt, performance.now());
  }

  /** Resolves once it was told to finish, and what was begun has been accepted. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: PUBLISHERS }, () => this.#publish()));
    while (this.#later.size > 0) await Promise.all(this.#later);
  }

  async #publish(): Promise<void> {
    while (this.#finishedAt === Infinity) {
      const from = this.#next;
      this.#next += requestSize(this.#seed, from);
      const events = Array.from({ length: this.#next - from }, (_, n) =>
        plannedEvent(this.#seed, this.#world, from + n),
      );
      await this.#untilAccepted(events, 1);
      await delay(pauseAt(this.#seed, Date.now() - this.#began));
    }
  }

  async #untilAccepted(events: readonly PlannedEvent[], copy: number): Promise<void> {
    const { position } = this.#api;
    const all = events.map((event) => this.#facts.publishing(event, position));
    let left = all;
    for (;;) {
      const body = left.map(({ planned, startedAt }) => publishable(planned, startedAt, copy));
      const answer = await this.#api.publish(body);
      const at = Date.now();
      const entries = answer.body as readonly Entry[];
      const accepted = left.filter(
        (_, n) => answer.status === 202 || (answer.status === 207 && entries[n]?.status !== 'refused'),
      );
      for (const event of accepted) {
        if (event.acceptedAt === undefined) this.#later.add(this.#publishAgain(event.planned));
        event.acceptedAt ??= at;
      }
      this.#complain(answer.status, answer.body);
      left = left.filter((event) => !accepted.includes(event));
      if (left.length === 0) return;
      if (performance.now() > this.#finishedAt + GIVES_UP_MS) {
        this.#facts.complain('P1', `${left.length} events were never accepted: ${answer.status}`);
        return;
      }
      this.repeated += 1;
      await delay(AGAIN_MS);
    }
  }

  /** P10: by somebody who has not noticed that it was accepted. */
  #publishAgain({ again, ...event }: PlannedEvent): Promise<void> {
    const work = async (): Promise<void> => {
      if (again === undefined) return;
      await delay(again.afterMs);
      this.again += 1;
      await this.#untilAccepted([{ ...event, again }], again.changed ? 2 : 1);
    };
    const done: Promise<void> = work().finally(() => this.#later.delete(done));
    return done;
  }

  /** Every event of the plan is one that its contract takes. */
  #complain(status: number, body: unknown): void {
    const refused =
      status === 207 ? (body as readonly Entry[]).map(({ problem }) => problem?.status ?? 202) : [status];
    const wrong = refused.filter((one) => one >= 400 && one < 500 && one !== 429);
    if (wrong.length === 0) return;
    this.#facts.complain('P1', `an event was refused: ${JSON.stringify(body).slice(0, 500)}`);
    this.finish();
  }
}
