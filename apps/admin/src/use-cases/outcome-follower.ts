import { endsChain } from '#domain';
import { decodeOutcome, type Follower, type Log, type LogRecord } from '#log';
import type { OutcomeWatch, SeenOutcome, Watching } from './outcome-watch.ts';

/** Follows one partition of `outcomes` for as long as a test waits: with PostgreSQL away, tests still answer. */
export class OutcomeFollower implements OutcomeWatch {
  readonly #log: Pick<Log, 'follow' | 'endOffsets'>;
  readonly #open = new Set<Watch>();

  constructor(log: Pick<Log, 'follow' | 'endOffsets'>) {
    this.#log = log;
  }

  async begin(partition: number): Promise<Watching> {
    const ends = await this.#log.endOffsets('outcomes');
    const watch = new Watch(() => this.#open.delete(watch));
    await watch.follow(this.#log, partition, ends[partition] ?? 0);
    this.#open.add(watch);
    return watch;
  }

  /** Those who wait are answered "not known yet": a stop must not last as long as the slowest receiver. */
  async stop(): Promise<void> {
    await Promise.all([...this.#open].map((watch) => watch.stop()));
  }
}

/**
 * 1. What was seen before `until` is kept, so nothing between the asking and the waiting is missed.
 * 2. Only tests are kept: their number is what people click, not what a partition carries.
 * 3. `until` settles once: by the outcome, the time, an error of the log, or the stop.
 */
class Watch implements Watching {
  readonly #onStop: () => void;
  readonly #seen = new Map<string, SeenOutcome>();
  #wanted: string | undefined;
  #settle: ((seen: SeenOutcome | undefined) => void) | undefined;
  #follower: Follower | undefined;
  #ended = false;

  constructor(onStop: () => void) {
    this.#onStop = onStop;
  }

  async follow(log: Pick<Log, 'follow'>, partition: number, from: number): Promise<void> {
    this.#follower = await log.follow('outcomes', partition, from, {
      onRecords: (records) => this.#take(records),
      onError: () => this.#end(),
    });
  }

  async until(deliveryId: string, chain: number, withinMs: number): Promise<SeenOutcome | undefined> {
    this.#wanted = keyOf(deliveryId, chain);
    const known = this.#seen.get(this.#wanted);
    if (known !== undefined || this.#ended) return known;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve) => {
        this.#settle = resolve;
        timer = setTimeout(() => resolve(undefined), withinMs);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.#onStop();
    this.#end();
    await this.#follower?.stop();
  }

  #end(): void {
    this.#ended = true;
    this.#settle?.(undefined);
  }

  #take(records: readonly LogRecord[]): void {
    for (const record of records) {
      const decoded = decodeOutcome(record);
      if (!decoded.ok || decoded.value.kind !== 'outcome') continue;
      const { outcome, detail } = decoded.value;
      if (outcome.ref.askedBy !== 'test' || !endsChain(outcome.decision)) continue;
      const key = keyOf(outcome.ref.deliveryId, outcome.ref.chain);
      const seen = { decision: outcome.decision, detail };
      this.#seen.set(key, seen);
      if (key === this.#wanted) this.#settle?.(seen);
    }
  }
}

function keyOf(deliveryId: string, chain: number): string {
  return `${deliveryId}/${chain}`;
}
