import type { Options } from '../options.ts';
import { LoadPeer, type ReceiverPeer } from '../peers.ts';
import { profilingEnv } from '../profiling/profiling-order.ts';
import { startOnKafka } from '../targets/kafka-target.ts';
import type { Setting } from '../targets/setting.ts';
import { startStandalone } from '../targets/standalone-target.ts';
import type { EngineTarget, Hook, Target } from '../targets/target.ts';
import type { Bench, Measured } from './bench-run.ts';
import { publishAndDeliver, type Shape } from './publish-and-deliver.ts';

export const CONNECTIONS = 64;

export interface Peers {
  readonly load: LoadPeer;
  readonly receiver: ReceiverPeer;
}

/** An engine and the bare loop, both up; what cases play on. */
export class Stage {
  readonly options: Options;
  readonly peers: Peers;
  readonly #setting: Setting;
  /** MiB of each process of the engine once the first 10,000 deliveries were made; empty before the warm-up. */
  residentAfterFirst: ReadonlyMap<string, number> = new Map();
  #tenants = 0;

  private constructor(options: Options, peers: Peers, setting: Setting) {
    this.options = options;
    this.peers = peers;
    this.#setting = setting;
  }

  /** `env`: settings of the engine besides those that every stage has. */
  static async open(
    options: Options,
    peers: Peers,
    env: Readonly<Record<string, string>> = {},
  ): Promise<Stage> {
    const start = options.kafka ? startOnKafka : startStandalone;
    const { hasBareLoop, profiling } = options;
    return new Stage(
      options,
      peers,
      await start({ env: { ...profilingEnv(profiling), ...env }, hasBareLoop }),
    );
  }

  get target(): EngineTarget {
    return this.#setting.target;
  }

  /** Undefined: it runs. */
  get whyNoBareLoop(): string | undefined {
    const { bareLoop } = this.#setting;
    return typeof bareLoop === 'string' ? bareLoop : undefined;
  }

  get engine(): Bench {
    return this.#at(this.target);
  }

  /** A tenant of its own with these endpoints, at the bare loop too. Gives its id, and the key to publish with. */
  async enter(hooks: readonly Hook[]): Promise<{ readonly tenant: string; readonly key: string }> {
    const tenant = `bench-${(this.#tenants += 1)}`;
    const { bareLoop } = this.#setting;
    if (typeof bareLoop !== 'string') await bareLoop.enter(tenant, hooks);
    return { tenant, key: await this.target.enter(tenant, hooks) };
  }

  /** Its endpoints are deleted: what waits for them is cancelled when its time comes, what hangs is over soon. */
  async forget(tenant: string): Promise<void> {
    const { data } = await this.target.must<{ data: { id: string }[] }>('GET', `/webhooks?tenant=${tenant}`);
    for (const { id } of data) await this.target.must('DELETE', `/webhooks/${id}?tenant=${tenant}`);
  }

  /** The engine, then the bare loop: what the machine does meanwhile comes to both. */
  async compare(
    shape: Shape,
  ): Promise<{ readonly engine: Measured; readonly bareLoop: Measured | undefined }> {
    const engine = await publishAndDeliver(this.engine, shape);
    return { engine, bareLoop: await this.atBareLoop(shape) };
  }

  async atBareLoop(shape: Shape): Promise<Measured | undefined> {
    const { bareLoop } = this.#setting;
    if (typeof bareLoop === 'string') return undefined;
    await this.target.rest();
    try {
      return await publishAndDeliver(this.#at(bareLoop), shape);
    } finally {
      await this.target.wake();
    }
  }

  #at(target: Target): Bench {
    return { ...this.peers, target, asksDevice: this.options.asksDevice };
  }

  stop(): Promise<void> {
    return this.#setting.stop();
  }
}
