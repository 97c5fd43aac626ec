import type { Broker, Cluster } from 'kafkajs';
import { LogError } from '../port/log-error.ts';
import { asCoordinator, cut, type Coordinator } from './cluster.ts';
import { refusalOf } from './group-refusals.ts';
import { isTimeout, toLogError } from './to-log-error.ts';

/** The way to the broker that coordinates one group, which may change at any time. */
export class CoordinatorLink {
  readonly #cluster: Cluster;
  readonly #groupId: string;
  readonly #signal: AbortSignal;
  #coordinator: Coordinator | undefined;

  /** Aborted: nobody is looked for any more. */
  constructor(cluster: Cluster, groupId: string, signal: AbortSignal) {
    this.#cluster = cluster;
    this.#groupId = groupId;
    this.#signal = signal;
  }

  /** Of the broker that was asked last; undefined: another one is to be found first. */
  get nodeId(): number | undefined {
    return this.#coordinator?.nodeId;
  }

  async find(): Promise<Coordinator> {
    const isConnected = this.#coordinator?.isConnected() === true;
    if (this.#signal.aborted && !isConnected) throw new LogError('log_closed', 'left');
    await this.#cluster.connect();
    this.#coordinator ??= asCoordinator(await this.#found());
    const coordinator = this.#coordinator;
    if (!coordinator.isConnected()) await coordinator.connect();
    return coordinator;
  }

  async #found(): Promise<Broker> {
    try {
      return await this.#cluster.findGroupCoordinator({ groupId: this.#groupId });
    } catch (error) {
      // All brokers that it knows of may have moved.
      await this.#cluster.refreshMetadata().catch(toLogError);
      throw error;
    }
  }

  /** Gives up on what is under way there: it is refused as a lost connection, and the next request connects anew. */
  cut(): void {
    if (this.#coordinator !== undefined) cut(this.#coordinator);
    this.#coordinator = undefined;
  }

  /**
   * One request. A coordinator that moved, died or does not answer is looked for again by the next one; a connection that
   * gave no answer in time is cut first, or it would be found again.
   */
  async ask<T>(request: (coordinator: Coordinator) => Promise<T>): Promise<T> {
    let coordinator: Coordinator | undefined;
    try {
      coordinator = await this.find();
      return await request(coordinator);
    } catch (error) {
      if (isTimeout(error) && coordinator !== undefined) cut(coordinator);
      if (refusalOf(error) === undefined) this.#coordinator = undefined;
      throw error;
    }
  }
}
