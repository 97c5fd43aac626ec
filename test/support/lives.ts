import type { Outcome } from '#domain';
import { MemoryLog, MemoryStore } from '#log';
import type { DispatcherOptions } from '../../apps/dispatcher/src/create-dispatcher.ts';
import { DispatcherRig, PARTITIONS } from './dispatcher-rig.ts';
import { FakeSender } from './fake-sender.ts';

export interface LivesOptions {
  readonly store?: MemoryStore;
  readonly timeScale?: number;
  readonly dispatcher?: DispatcherOptions;
}

/** One store, and the processes that come and go over it. The sender is the world outside: it outlives them all. */
export class Lives {
  readonly store: MemoryStore;
  readonly sender = new FakeSender();
  readonly #options: LivesOptions;
  readonly #dead: DispatcherRig[] = [];
  #rig: DispatcherRig | undefined;

  constructor(options: LivesOptions = {}) {
    this.store = options.store ?? new MemoryStore();
    this.#options = options;
  }

  get rig(): DispatcherRig {
    if (this.#rig === undefined) throw new Error('no process lives');
    return this.#rig;
  }

  get isAlive(): boolean {
    return this.#rig !== undefined;
  }

  async begin(): Promise<DispatcherRig> {
    const before = this.#dead.at(-1);
    const log = new MemoryLog(this.store);
    await log.ensureTopics(PARTITIONS);
    const rig = new DispatcherRig(log, {
      sender: this.sender,
      ...(before === undefined ? {} : { secrets: before.secrets }),
    });
    const { timeScale, dispatcher } = this.#options;
    // Set before it is open: a crash may come at any moment from here on.
    this.#rig = rig;
    await rig.open({
      ...(timeScale === undefined ? {} : { timeScale }),
      ...(dispatcher === undefined ? {} : { dispatcher }),
    });
    return rig;
  }

  /** kill -9: nothing is told to anybody. What it had asked of the network may still be answered, to nobody. */
  crash(): void {
    const { rig } = this;
    (rig.log as MemoryLog).crash();
    this.#dead.push(rig);
    this.#rig = undefined;
    // Frees its timers; a dead member commits nothing, and its log refuses every append.
    void rig.close().catch(() => {});
  }

  /** The group lets every member go; each comes back at once under a new id (R11). */
  expel(): void {
    const ids = this.store.group('dispatcher').members.map(({ memberId }) => memberId);
    for (const id of ids) this.store.expel(id);
  }

  /** SIGTERM. */
  async stop(): Promise<void> {
    const { rig } = this;
    await rig.close();
    await rig.log.close();
    this.#dead.push(rig);
    this.#rig = undefined;
  }

  async restart(): Promise<DispatcherRig> {
    this.crash();
    return this.begin();
  }

  /** Read by nobody's process: also while none lives. */
  outcomes(): Promise<Outcome[]> {
    return new DispatcherRig(new MemoryLog(this.store)).outcomes();
  }

  get alerts(): string[] {
    return [...this.#dead, ...(this.#rig === undefined ? [] : [this.#rig])].flatMap(
      ({ signals }) => signals.alerts,
    );
  }

  get lateMs(): number[] {
    return [...this.#dead, ...(this.#rig === undefined ? [] : [this.#rig])].flatMap(
      ({ signals }) => signals.lateMs,
    );
  }
}
