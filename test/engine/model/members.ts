import {
  Batcher,
  MemoryLog,
  MemoryStore,
  TierClock,
  WaitingBudget,
  Window,
  type Group,
  type LogRecord,
  type Slice,
  type TopicName,
} from '#log';

export const workTopics = ['events', 'retry.1s'] as const;
export type WorkTopic = (typeof workTopics)[number];

export const TIER_MS = 1_000;
const CAPS = { records: 6, bytes: 1_000_000 };

interface Owned {
  readonly windows: ReadonlyMap<TopicName, Window>;
  readonly clock: TierClock;
  /** Handed out, to be completed in any order. */
  readonly inHand: LogRecord[];
}

/** A member of the group as the core's own parts make it: windows, a tier clock, pauses. Completing is the test's. */
export class Member {
  readonly id: number;
  readonly log: MemoryLog;
  readonly owned = new Map<number, Owned>();
  readonly crashes: Error[] = [];
  readonly batcher: Batcher;
  readonly #store: MemoryStore;
  readonly #budget = new WaitingBudget(4, 1_000_000);
  readonly #onWoken: (record: LogRecord) => void;
  #group: Group | undefined;

  constructor(id: number, store: MemoryStore, onWoken: (record: LogRecord) => void) {
    this.id = id;
    this.#store = store;
    this.log = new MemoryLog(store);
    this.batcher = new Batcher(this.log, { backoffMs: 5 });
    this.#onWoken = onWoken;
  }

  async join(): Promise<void> {
    this.#group = await this.log.join(
      { name: 'dispatcher', topics: workTopics, sliceRecords: 3 },
      {
        onClaim: (partition) => this.#claim(partition),
        onSlice: (slice) => this.#take(slice),
        onLose: (partition) => this.#lose(partition),
        onCrash: (error) => this.crashes.push(error),
      },
    );
  }

  get memberId(): string {
    return this.#group?.memberId ?? '';
  }

  mayAct(partition: number): boolean {
    return this.#group !== undefined && this.#group.owns(partition) && this.#group.isFresh();
  }

  /** The n-th of all that it may complete now. */
  complete(n: number): LogRecord | undefined {
    const mine = [...this.owned].filter(([partition]) => this.mayAct(partition));
    const all = mine.flatMap(([, { inHand }]) => inHand);
    const record = all[n % Math.max(1, all.length)];
    if (record === undefined) return undefined;
    const owned = this.owned.get(record.partition);
    owned?.inHand.splice(owned.inHand.indexOf(record), 1);
    owned?.windows.get(record.topic)?.done(record.offset);
    this.reconcile();
    return record;
  }

  async commit(): Promise<void> {
    for (const partition of this.owned.keys()) await this.#commit(partition);
  }

  /** What is due is handed out; a tail that was dropped is fetched again. */
  wake(): void {
    for (const [partition, { clock, inHand }] of this.owned) {
      for (const record of clock.due(this.#store.now())) {
        this.#onWoken(record);
        inHand.push(record);
      }
      const from = clock.refetchFrom(this.#store.now());
      if (from !== undefined) this.#group?.seek('retry.1s', partition, from);
    }
    this.reconcile();
  }

  leave(): Promise<void> {
    this.batcher.stop();
    return this.log.close();
  }

  crash(): void {
    this.batcher.stop();
    this.log.crash();
  }

  /** Desired state: full windows and dropping clocks wait. */
  reconcile(): void {
    for (const [partition, { windows, clock }] of this.owned) {
      const full = { events: windows.get('events')?.isFull === true, 'retry.1s': clock.hasDropped };
      for (const topic of workTopics) this.#group?.[full[topic] ? 'pause' : 'resume'](topic, partition);
    }
  }

  async #claim(partition: number): Promise<void> {
    const windows = new Map<TopicName, Window>();
    for (const topic of workTopics) {
      const { offset = 0 } = (await this.#group?.committed(topic, partition)) ?? {};
      windows.set(topic, new Window(CAPS, offset));
    }
    this.owned.set(partition, { windows, clock: new TierClock(TIER_MS, this.#budget), inHand: [] });
  }

  #take({ topic, partition, records }: Slice): void {
    const owned = this.owned.get(partition);
    if (owned === undefined) return;
    const window = owned.windows.get(topic);
    for (const record of records) {
      if (topic === 'retry.1s' && owned.clock.hasDropped) continue;
      if (window?.take(record) !== true) continue;
      if (topic === 'events') owned.inHand.push(record);
      else if (!owned.clock.push(record, this.log.now())) window.forget(record.offset);
    }
    this.reconcile();
  }

  async #lose(partition: number): Promise<void> {
    await this.#commit(partition);
    this.owned.get(partition)?.clock.clear();
    this.owned.delete(partition);
  }

  async #commit(partition: number): Promise<void> {
    for (const [topic, window] of this.owned.get(partition)?.windows ?? [])
      await this.#group?.commit(topic, partition, window.lowWatermark);
  }
}
