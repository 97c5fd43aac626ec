import type { TopicName } from '#log';
import { isDataError, type ProjectionSlice, type ProjectionStore } from '#read-model';
import type { Portion, ProjectionLane } from './projection-lane.ts';
import { gathered } from './projections/projection.ts';
import type { ProjectorLogger, ProjectorMetrics } from './projector-ports.ts';
import { WritePace } from './write-pace.ts';

/** Of one transaction. */
const MAX_RECORDS = 4_000;
const MAX_BYTES = 4 * 1024 * 1024;

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

export interface WriterOptions {
  readonly projection: string;
  readonly store: ProjectionStore;
  /** All that are owned now. */
  readonly lanes: () => Iterable<ProjectionLane>;
  /** So much waits that waiting for more gains nothing. */
  readonly isPressing: () => boolean;
  readonly logger: ProjectorLogger;
  readonly metrics: ProjectorMetrics;
  /** Positions or health changed. */
  readonly onChange: () => void;
}

/**
 * Writes what waits in all lanes together: one transaction at a time, over any number of topics and partitions.
 *
 * Invariants
 * 1. A transaction moves each lane's position by compare-and-set, together with its rows (P5). Where somebody else moved
 *    one of them nothing is written: that lane goes on from the table's position, the others are written the next time.
 * 2. One bad record does not keep its neighbours out: halves, until it stands alone and is refused (P9).
 * 3. Under load a transaction waits until it is worth its cost ({@link WritePace}); a lone record goes at once.
 * 4. The database may be away for any time: it is tried again, nothing is dropped, nothing crashes. What failed is taken
 *    from the lanes anew, so that a partition that was lost meanwhile is not written by this process.
 */
export class ProjectionWriter {
  readonly #options: WriterOptions;
  readonly #pace = new WritePace();
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #retryMs = 0;
  #turn = 0;
  #ended = false;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** The database does not take rows. */
  get failing(): boolean {
    return this.#retryMs > 0;
  }

  /** Something may be there to write. */
  wake(): void {
    if (this.#writing !== undefined || this.#ended || this.failing || !this.#hasWork()) return;
    const waitMs = this.#options.isPressing() ? 0 : this.#pace.dueInMs();
    if (waitMs > 0) this.#timer ??= setTimeout(() => this.#start(), waitMs);
    else this.#start();
  }

  /** Resolves when no transaction is under way that was begun before the call. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async stop(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.settled();
  }

  #hasWork(): boolean {
    for (const lane of this.#options.lanes()) if (lane.ready) return true;
    return false;
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#writing !== undefined || this.#ended) return;
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined;
      this.#options.onChange();
      this.wake();
    });
  }

  async #write(): Promise<void> {
    const portions = this.#take();
    if (portions.length === 0) {
      this.#retryMs = 0;
      return;
    }
    this.#pace.began(portions.reduce((sum, { items }) => sum + items.length, 0));
    const { logger, onChange } = this.#options;
    try {
      await this.#apply(portions);
      if (this.failing) logger.info({}, 'projections go on');
      this.#retryMs = 0;
    } catch (error) {
      const waitMs = Math.min(Math.max(FIRST_RETRY_MS, 2 * this.#retryMs), LAST_RETRY_MS);
      // Once per outage: it may last for hours.
      if (!this.failing) logger.warn({ waitMs, err: error }, 'projections wait and try again');
      this.#retryMs = waitMs;
      onChange();
      if (!this.#ended) this.#timer = setTimeout(() => this.#start(), waitMs);
    }
  }

  /** Another lane is the first each time, so that a full one leaves room for the others. */
  #take(): readonly Portion[] {
    const lanes = [...this.#options.lanes()];
    const portions: Portion[] = [];
    let records = MAX_RECORDS;
    let bytes = MAX_BYTES;
    this.#turn += 1;
    for (let at = 0; at < lanes.length && records > 0 && bytes > 0; at += 1) {
      const portion = lanes[(at + this.#turn) % lanes.length]?.take(records, bytes);
      if (portion === undefined) continue;
      portions.push(portion);
      records -= portion.items.length;
      for (const { record } of portion.items) bytes -= record.value.byteLength;
    }
    return portions;
  }

  async #apply(taken: readonly Portion[]): Promise<void> {
    // The second half of what was cut in two may be void by now.
    const portions = taken.filter(({ lane, from }) => !lane.ended && lane.position === from);
    if (portions.length === 0) return;
    const { store, metrics } = this.#options;
    const slices = portions.map((portion) => this.#sliceOf(portion));
    const began = performance.now();
    try {
      const result = await store.apply(slices);
      for (const [index, { to, from }] of slices.entries()) {
        const position = result.applied ? to : (result.positions[index] ?? null);
        // Not applied, yet at `to`: our own commit, whose answer was lost.
        if (position === to) portions[index]?.lane.passed(to);
        else if (position !== from) portions[index]?.lane.goOnFrom(position);
      }
      if (result.applied) metrics.applied(countsOf(portions), performance.now() - began);
    } catch (error) {
      if (!isDataError(error)) throw error;
      await this.#isolate(portions, error);
    }
  }

  async #isolate(portions: readonly Portion[], error: unknown): Promise<void> {
    const [first, second] = halved(portions);
    if (second.length > 0) {
      await this.#apply(first);
      await this.#apply(second);
      return;
    }
    const [only] = first;
    const record = only?.items[0]?.record;
    if (record !== undefined)
      only?.lane.refuse(record, error instanceof Error ? error.message : String(error));
  }

  #sliceOf({ lane, from, items }: Portion): ProjectionSlice {
    const to = (items.at(-1)?.record.offset ?? -1) + 1;
    const { topic, partition } = lane;
    const changes = gathered(items.map((item) => item.changes));
    return { projection: this.#options.projection, topic, partition, from, to, changes };
  }
}

/** By records; the second is empty where there is but one. */
function halved(portions: readonly Portion[]): readonly [readonly Portion[], readonly Portion[]] {
  let room = Math.ceil(portions.reduce((sum, { items }) => sum + items.length, 0) / 2);
  const first: Portion[] = [];
  const second: Portion[] = [];
  for (const { lane, from, items } of portions) {
    const head = items.slice(0, room);
    const tail = items.slice(room);
    room -= head.length;
    const last = head.at(-1);
    if (head.length > 0) first.push({ lane, from, items: head });
    if (tail.length > 0) {
      second.push({ lane, from: last === undefined ? from : last.record.offset + 1, items: tail });
    }
  }
  return [first, second];
}

function countsOf(portions: readonly Portion[]): ReadonlyMap<TopicName, number> {
  const counts = new Map<TopicName, number>();
  for (const { lane, items } of portions)
    counts.set(lane.topic, (counts.get(lane.topic) ?? 0) + items.length);
  return counts;
}
