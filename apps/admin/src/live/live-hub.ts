import type { Readable } from 'node:stream';
import type { FollowedControl } from '#control';
import type { ControlFact } from '#domain';
import { Refused, retryAfter } from '#http-edge';
import type { Logger } from '#platform';
import type { History } from '../use-cases/history.ts';
import { changesOf } from './changes-of-fact.ts';
import type { Changes } from './changes.ts';
import { LiveStream, type Listener } from './live-stream.ts';
import { Repeater } from './repeater.ts';
import { TablesWatch } from './tables-watch.ts';

export interface LiveLimits {
  /** In this process. */
  readonly streams: number;
  readonly perKey: number;
}

/** Ms. */
export interface LivePaces {
  /** Changes that come closer together are told together. */
  readonly changes: number;
  readonly stats: number;
  readonly heartbeat: number;
  /** A reader that takes nothing for so long is cut off. */
  readonly patience: number;
  /** For readers to take the last words of a stop. */
  readonly farewell: number;
}

export const livePaces: LivePaces = {
  changes: 500,
  stats: 1_000,
  heartbeat: 15_000,
  patience: 30_000,
  farewell: 1_000,
};

export interface LiveHubDeps {
  readonly control: Pick<FollowedControl, 'onApplied'>;
  readonly history: Pick<History, 'deliveriesReached' | 'deliveryMarks'>;
  /** The body of GET /stats. */
  readonly stats: () => Promise<unknown>;
  readonly partitions: number;
  readonly limits: LiveLimits;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
  readonly paces?: LivePaces;
}

/**
 * Tells the pages that listen what has changed.
 *
 * 1. While nobody listens nothing runs: no timer, no query, no listener. Stats are asked for only while somebody wants them.
 * 2. One query a pace, whatever the number of streams; the next begins when the one before has ended, and rests three
 *    times as long as that took (repeater.ts).
 * 3. A change is told within a pace of being in the tables, or in the control table, to those who may see it. What is not
 *    told yet gathers as flags (live-stream.ts).
 * 4. A stream is told first that everything may have changed, once a look at the tables has begun to compare: what comes
 *    after that look is found by the next ones.
 * 5. A stream ends when its reader goes, takes nothing for too long, or its credential is good no more, and when the
 *    process stops. Its place is free from then on.
 * 6. The database may be away: streams stay, changes of control are told, and what was missed is found afterwards.
 */
export class LiveHub {
  readonly #deps: LiveHubDeps;
  readonly #paces: LivePaces;
  readonly #tables: TablesWatch;
  readonly #looks: Repeater;
  readonly #statistics: Repeater;
  readonly #streams = new Map<LiveStream, string>();
  #flushing: NodeJS.Timeout | undefined;
  #unlisten: (() => void) | undefined;
  #isAway = false;
  #isStopped = false;

  constructor(deps: LiveHubDeps) {
    this.#deps = deps;
    this.#paces = deps.paces ?? livePaces;
    this.#tables = new TablesWatch(deps.history, deps.partitions);
    this.#looks = new Repeater(this.#paces.changes, () => this.#look());
    this.#statistics = new Repeater(this.#paces.stats, () => this.#tellStats());
  }

  /** How many listen. */
  get size(): number {
    return this.#streams.size;
  }

  /** Throws {@link Refused}: 429 where there are as many as may be, 503 at a stop. `holder`: who answers for it. */
  open(holder: string, listener: Listener): Readable {
    if (this.#isStopped) {
      throw new Refused('unavailable', 'this process is stopping; ask again', { headers: retryAfter(1) });
    }
    const { streams, perKey } = this.#deps.limits;
    const own = [...this.#streams.values()].filter((each) => each === holder).length;
    if (own >= perKey || this.#streams.size >= streams) {
      const detail =
        own >= perKey
          ? `at most ${perKey} live streams for one key, or for the portal tokens of one tenant, in one process`
          : `at most ${streams} live streams in one process`;
      throw new Refused('too_many_requests', `${detail}; close one, or ask for what you need now and then`, {
        headers: retryAfter(10),
      });
    }
    const stream = new LiveStream(listener, performance.now());
    this.#streams.set(stream, holder);
    stream.bytes.on('close', () => this.#closed(stream));
    this.#begin();
    return stream.bytes;
  }

  /** Says goodbye; those who do not take it in time are cut. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const left = [...this.#streams.keys()];
    for (const stream of left) stream.end('stopping');
    if (left.length === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#paces.farewell);
      for (const { bytes } of left) {
        bytes.on('close', () => {
          if (this.#streams.size > 0) return;
          clearTimeout(timer);
          resolve();
        });
      }
    });
    for (const stream of this.#streams.keys()) stream.cut();
  }

  #begin(): void {
    this.#unlisten ??= this.#deps.control.onApplied((_record, { fact }) => this.#decided(fact));
    this.#flushing ??= setInterval(() => this.#flush(), this.#paces.changes);
    this.#looks.start();
    if (this.#wantStats()) this.#statistics.start();
  }

  #closed(stream: LiveStream): void {
    this.#streams.delete(stream);
    if (!this.#wantStats()) this.#statistics.stop();
    if (this.#streams.size > 0) return;
    this.#looks.stop();
    this.#tables.forget();
    clearInterval(this.#flushing);
    this.#flushing = undefined;
    this.#unlisten?.();
    this.#unlisten = undefined;
  }

  #wantStats(): boolean {
    return [...this.#streams.keys()].some(({ listener }) => listener.wantsStats);
  }

  #decided(fact: ControlFact): void {
    const found = changesOf(fact);
    if (found !== undefined) this.#note(found.tenantId, found.changes);
    if (fact.type === 'key.revoked' || fact.type === 'tenant.deleted') this.#endUnknown();
  }

  #note(tenantId: string, changes: Partial<Changes>): void {
    for (const stream of this.#streams.keys()) {
      const { listener } = stream;
      if (listener.tenantId === null || listener.tenantId === tenantId) stream.note(changes);
    }
  }

  #endUnknown(): void {
    for (const stream of this.#streams.keys()) if (!stream.listener.isStillGood()) stream.end('credential');
  }

  #flush(): void {
    this.#endUnknown();
    const now = performance.now();
    for (const stream of this.#streams.keys()) {
      if (stream.flush(now) > this.#paces.patience) stream.cut();
      else stream.beat(now, this.#paces.heartbeat);
    }
  }

  async #look(): Promise<void> {
    const streams = [...this.#streams.keys()];
    const tenantIds = new Set(streams.flatMap(({ listener }) => listener.tenantId ?? []));
    try {
      const { any, tenants } = await this.#tables.look(tenantIds);
      const wasAway = this.#isAway;
      if (wasAway) this.#deps.logger.info({}, 'live.tables_back');
      this.#isAway = false;
      const changed = new Set(tenants);
      for (const stream of this.#streams.keys()) {
        const { tenantId } = stream.listener;
        const isChanged = tenantId === null ? any : changed.has(tenantId);
        if (wasAway || isChanged) stream.note({ deliveries: true });
      }
    } catch (error) {
      if (!this.#isAway) this.#deps.logger.warn({ err: error }, 'live.tables_away');
      this.#isAway = true;
    }
    for (const stream of streams) stream.release();
  }

  async #tellStats(): Promise<void> {
    try {
      const body = JSON.stringify(await this.#deps.stats());
      const now = performance.now();
      for (const stream of this.#streams.keys()) {
        if (stream.listener.wantsStats) stream.tellStats(body, now);
      }
    } catch {
      // The look at the tables tells of it; a page sees that its figures grow old.
    }
  }
}
