import { setTimeout as delay } from 'node:timers/promises';
import type { Group, GroupHandlers } from '#log';
import { carryOn } from './carry-on.ts';
import { REPLAYS, type ReplayWorld } from './replay-world.ts';

/** Jobs that are carried on at once; others wait for one of them to end. */
const MAX_RUNNING = 16;
const FIRST_WAIT_MS = 200;
const MAX_WAIT_MS = 5_000;

/**
 * Carries jobs on in one of the processes that administer: the one that the log's group `replays` gives its only
 * partition to. Any number of copies may run; when the owner dies, another takes over where it stopped.
 *
 * 1. A job is carried on at most once in a process, and only while the process owns the group's partition.
 * 2. The partition is given back after every job has come to a safe place: its progress is written down.
 * 3. Nothing here must be right for "once": two owners at a time ask for copies (carry-on.ts).
 */
export class ReplayRunner {
  readonly #world: ReplayWorld;
  readonly #onCrash: (error: Error) => void;
  readonly #runs = new Map<string, Promise<void>>();
  #group: Group | undefined;
  #owning: AbortController | undefined;
  #unlisten: () => void = () => {};

  constructor(world: ReplayWorld, onCrash: (error: Error) => void) {
    this.#world = world;
    this.#onCrash = onCrash;
  }

  async start(): Promise<void> {
    const { log, control } = this.#world;
    this.#unlisten = control.onApplied((_, { fact }) => {
      if (fact.type.startsWith('replay.')) this.#look();
    });
    const handlers: GroupHandlers = {
      onClaim: async () => {
        this.#owning = new AbortController();
        this.#look();
        // The control table tells of facts; what the group reads is of no use here.
        return [{ topic: 'control', offset: control.position }];
      },
      onSlice: ({ records }) => {
        const last = records.at(-1);
        if (last === undefined) return;
        // For those who watch the group's lag.
        this.#group?.commit('control', 0, last.offset + 1).catch(() => {});
      },
      onLose: () => this.#lose(),
      onCrash: this.#onCrash,
    };
    this.#group = await log.join({ name: REPLAYS, topics: ['control'], eager: [] }, handlers);
    this.#look();
  }

  async stop(): Promise<void> {
    this.#unlisten();
    await this.#group?.leave();
    await this.#lose();
  }

  async #lose(): Promise<void> {
    this.#owning?.abort();
    this.#owning = undefined;
    await Promise.all(this.#runs.values());
  }

  #look(): void {
    const owning = this.#owning;
    if (owning === undefined || this.#group === undefined) return;
    for (const { id, status } of this.#world.control.table.replays()) {
      if (status !== 'running' || this.#runs.has(id) || this.#runs.size >= MAX_RUNNING) continue;
      const run = this.#carryOn(id, owning.signal).finally(() => {
        this.#runs.delete(id);
        this.#world.metrics.running(this.#runs.size);
        this.#look();
      });
      this.#runs.set(id, run);
    }
    this.#world.metrics.running(this.#runs.size);
  }

  /** Until it comes to a place where it may stop: PostgreSQL or the log may be away for hours. Never rejects. */
  async #carryOn(id: string, signal: AbortSignal): Promise<void> {
    const mayAct = () => this.#group?.owns(0) === true && this.#group.isFresh();
    for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(2 * waitMs, MAX_WAIT_MS)) {
      const page = this.#world.control.table.replay(id)?.page;
      try {
        return await carryOn(this.#world, id, { mayAct, signal });
      } catch (error) {
        if (signal.aborted) return;
        this.#world.logger.warn({ replay: id, waitMs, err: error }, 'replay waits and tries again');
      }
      if (this.#world.control.table.replay(id)?.page !== page) waitMs = FIRST_WAIT_MS;
      await delay(waitMs, undefined, { signal }).catch(() => {});
    }
  }
}
