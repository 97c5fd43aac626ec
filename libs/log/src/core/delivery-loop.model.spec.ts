import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import type { Decision, DeliveryRef, Outcome } from '#domain';
import { decodeEvent, encodeEvent } from '../codecs/event-codec.ts';
import { decodeOutcomeHead, encodeOutcome } from '../codecs/outcome-codec.ts';
import { decodeWaiting, encodeWaiting } from '../codecs/waiting-codec.ts';
import { MemoryLog } from '../memory/memory-log.ts';
import { MemoryStore } from '../memory/memory-store.ts';
import { LogError } from '../port/log-error.ts';
import type { Group } from '../port/group.ts';
import type { LogRecord } from '../port/record.ts';
import { Batcher } from './batcher.ts';
import { DoneSet, type AttemptSource } from './done-set.ts';
import { RecentBudget } from './recent-budget.ts';
import { Window } from './window.ts';

const ATTEMPTS = 3;
const TOPICS = ['events', 'retry.1s'] as const;
type Topic = (typeof TOPICS)[number];
const body = new TextEncoder().encode('{}');

/** The receivers, and what they may see twice. */
class World {
  readonly posts = new Map<string, number>();
  readonly excused = new Map<string, number>();
  readonly delivered = new Set<string>();
  readonly #failing: ReadonlySet<string>;

  constructor(failing: ReadonlySet<string>) {
    this.#failing = failing;
  }

  async post(deliveryId: string, attempt: number): Promise<boolean> {
    const key = `${deliveryId}/${attempt}`;
    this.posts.set(key, (this.posts.get(key) ?? 0) + 1);
    // Receivers differ, so that attempts overtake each other.
    for (let turns = (Number(deliveryId.slice(2)) * 3 + attempt * 5) % 7; turns >= 0; turns -= 1)
      await turn();
    const works = attempt === ATTEMPTS || !this.#failing.has(key);
    if (works) this.delivered.add(deliveryId);
    return works;
  }

  excuse(key: string): void {
    this.excused.set(key, (this.excused.get(key) ?? 0) + 1);
  }
}

/** The smallest dispatcher that keeps P2–P4: one partition, no waiting, one endpoint. */
class Dispatcher {
  readonly inFlight = new Set<string>();
  readonly #log: MemoryLog;
  readonly #world: World;
  readonly #batcher: Batcher;
  readonly #windows = new Map<Topic, Window>();
  readonly #done = new DoneSet({ deliveries: new RecentBudget(), events: new RecentBudget() });
  #group: Group | undefined;
  #dead = false;
  #finished = 0;

  constructor(store: MemoryStore, world: World) {
    this.#log = new MemoryLog(store);
    this.#world = world;
    this.#batcher = new Batcher(this.#log, { backoffMs: 1 });
  }

  async start(): Promise<void> {
    this.#group = await this.#log.join(
      { name: 'dispatcher', topics: TOPICS, sliceRecords: 3 },
      {
        onClaim: async () => {
          for await (const slice of this.#log.read('outcomes', 0, 0))
            slice.forEach((one) => this.#learn(one));
          for (const topic of TOPICS) {
            const committed = await this.#group?.committed(topic, 0);
            this.#windows.set(topic, new Window({ records: 100, bytes: 1e6 }, committed?.offset ?? 0));
          }
        },
        onSlice: (slice) => {
          for (const record of slice.records) {
            const topic = slice.topic as Topic;
            if (this.#windows.get(topic)!.take(record)) void this.#handle(topic, record).catch(() => {});
          }
        },
        onLose: () => Promise.resolve(),
        onCrash: () => {},
      },
    );
  }

  crash(): void {
    this.#dead = true;
    for (const key of this.inFlight) this.#world.excuse(key);
    this.#log.crash();
    this.#batcher.stop();
  }

  /** Fetching begins again at the commit, as after a rebalance. */
  async refetch(): Promise<void> {
    for (const topic of TOPICS) {
      this.#group?.seek(topic, 0, (await this.#group.committed(topic, 0))?.offset ?? 0);
    }
  }

  get isIdle(): boolean {
    return [...this.#windows.values()].every((window) => window.count === 0);
  }

  #learn(record: LogRecord): void {
    const decoded = decodeOutcomeHead(record);
    if (decoded.ok && decoded.value.kind === 'outcome')
      this.#done.noteOutcome(decoded.value.outcome, 'before', 0);
  }

  async #handle(topic: Topic, record: LogRecord): Promise<void> {
    const [ref, source] = read(topic, record);
    if (topic === 'events' && this.#done.noteEvent('t', ref.eventId, record.offset, 0) === 'copy') {
      return this.#finish(topic, record);
    }
    if (this.#done.isCopy(source, 0)) {
      const again = this.#done.takeSuccessor(source, 0);
      if (again !== undefined) await this.#place(ref, again);
      return this.#finish(topic, record);
    }
    this.#done.takeUp(source, 0);
    await this.#attempt(ref, source);
    await this.#finish(topic, record);
  }

  async #attempt(ref: DeliveryRef, source: AttemptSource): Promise<void> {
    const { attempt, step } = source;
    const key = `${ref.deliveryId}/${attempt}`;
    if (this.#dead || this.#done.isCopy(source, 0)) return;
    this.inFlight.add(key);
    const works = await this.#world.post(ref.deliveryId, attempt);
    if (this.#dead) throw new Error('crashed');
    const next = { attempt: attempt + 1, step: step + 1, dueAt: 0, hops: [] };
    const decision: Decision = works ? { kind: 'delivered' } : { kind: 'retry', next };
    const outcome: Outcome = { ref, attempt, step, term: 1, at: 0, decision };
    const encoded = encodeOutcome({ kind: 'outcome', outcome, detail: null });
    await this.#batcher.append({ topic: 'outcomes', partition: 0, ...encoded });
    this.inFlight.delete(key);
    this.#done.noteOutcome(outcome, 'this', 0);
    if (!works) await this.#place(ref, next);
  }

  async #place(ref: DeliveryRef, next: { readonly attempt: number; readonly step: number }): Promise<void> {
    const { attempt, step } = next;
    const waiting = { ref, attempt, step, dueAt: 0, hops: [], deferredSince: null, body };
    await this.#batcher.append({ topic: 'retry.1s', partition: 0, ...encodeWaiting(waiting) });
    this.#done.notePlaced({ ...ref, attempt, step }, 0);
  }

  async #finish(topic: Topic, record: LogRecord): Promise<void> {
    const window = this.#windows.get(topic)!;
    window.done(record.offset);
    // Behind, as positions are: what was done since the last commit is met again after a crash.
    this.#finished += 1;
    if (!this.#dead && this.#finished % 4 === 0) await this.#group?.commit(topic, 0, window.lowWatermark);
  }
}

function read(topic: Topic, record: LogRecord): [DeliveryRef, AttemptSource] {
  const at = { topic, offset: record.offset, chain: 0 };
  if (topic === 'events') {
    const event = decodeEvent(record);
    if (!event.ok) throw new Error('unreadable');
    const ref = refOf(event.value.eventId, record.offset);
    return [ref, { ...at, deliveryId: ref.deliveryId, attempt: 1, step: 0 }];
  }
  const waiting = decodeWaiting(record);
  if (!waiting.ok) throw new Error('unreadable');
  const { ref, attempt, step } = waiting.value;
  return [ref, { ...at, deliveryId: ref.deliveryId, attempt, step }];
}

const refOf = (eventId: string, eventOffset: number): DeliveryRef => ({
  deliveryId: `d-${eventId}`,
  tenantId: 't',
  endpointId: 'e',
  eventId,
  eventType: 'x',
  chain: 0,
  askedBy: 'event',
  eventOffset,
  occurredAt: 0,
  acceptedAt: 0,
});

const event = (eventId: string) => ({
  topic: 'events' as const,
  partition: 0,
  ...encodeEvent({
    eventId,
    eventType: 'x',
    tenantId: 't',
    contract: 'c',
    occurredAt: 0,
    acceptedAt: 0,
    controlPosition: 0,
    slot: null,
    body,
  }),
});

const unavailable = () => new LogError('log_unavailable', 'asked for by the model');

describe('window, done-set and batcher over a log that fails while processes crash', () => {
  it('lose nothing, and repeat only attempts that were in flight at a crash (P4)', async () => {
    const step = fc.record({
      publish: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
      trouble: fc.constantFrom('none', 'none', 'refused', 'answer lost', 'refetch', 'crash', 'crash'),
      turns: fc.integer({ min: 0, max: 12 }),
    });
    const failing = fc.uniqueArray(fc.constantFrom(...keys()), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), failing, async (steps, fails) => {
        const store = new MemoryStore({ now: () => 0 });
        const publisher = new MemoryLog(store);
        await publisher.ensureTopics(1);
        const publishing = new Batcher(publisher, { backoffMs: 1 });
        const world = new World(new Set(fails));
        const published = new Set<string>();
        let dispatcher = new Dispatcher(store, world);
        await dispatcher.start();
        for (const { publish, trouble, turns } of steps) {
          for (const id of publish) published.add(`d-${id}`);
          await Promise.all(publish.map((id) => publishing.append(event(String(id)))));
          if (trouble === 'refused') store.failNextAppend({ error: unavailable() });
          if (trouble === 'answer lost') store.failNextAppend({ error: unavailable(), written: true });
          if (trouble === 'refetch') await dispatcher.refetch();
          for (let i = 0; i < turns; i += 1) await turn();
          if (trouble === 'crash') {
            dispatcher.crash();
            dispatcher = new Dispatcher(store, world);
            await dispatcher.start();
          }
        }
        const deadline = performance.now() + 3_000;
        for (let quiet = 0; quiet < 10 && performance.now() < deadline;) {
          await turn();
          const isDone = world.delivered.size === published.size && dispatcher.isIdle;
          quiet = isDone ? quiet + 1 : 0;
        }
        dispatcher.crash();
        expect(world.delivered).toEqual(published);
        for (const [key, times] of world.posts) {
          expect([key, times <= 1 + (world.excused.get(key) ?? 0)]).toEqual([key, true]);
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

function keys(): string[] {
  return Array.from({ length: 10 }, (_, id) => [`d-${id}/1`, `d-${id}/2`]).flat();
}
