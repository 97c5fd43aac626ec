import { noEndpointLimits, type EndpointLimits } from '#domain';
import { defaultLanesOptions, Lanes, type LanesOptions } from './lanes.ts';
import type { Task } from './task.ts';

/** A bench of lanes with a clock of its own: attempts end when the test says so. */
export class Bench {
  now = 0;
  crowded = false;
  /** Do attempts that end ask their endpoint? */
  asked = true;
  closed = new Set<number>();
  readonly #limits = new Map<string, EndpointLimits>();
  readonly started: string[] = [];
  /** When each of them was started. */
  readonly startedAt: number[] = [];
  readonly deferred: string[] = [];
  readonly delays: number[] = [];
  readonly #ends: (() => void)[] = [];
  readonly lanes: Lanes;

  constructor(options: Partial<LanesOptions> = {}) {
    this.lanes = new Lanes(
      { ...defaultLanesOptions, startsPerTurn: Number.POSITIVE_INFINITY, ...options },
      {
        now: () => this.now,
        mayStart: (partition) => !this.closed.has(partition),
        crowded: () => this.crowded,
        limitsOf: (endpointId) => this.#limits.get(endpointId),
      },
    );
  }

  limit(endpointId: string, limits: Partial<EndpointLimits>): void {
    this.#limits.set(endpointId, { ...noEndpointLimits, ...limits });
  }

  /** Looks on every ms for so long; every attempt ends at once. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    while (this.now < end) {
      this.now += 1;
      this.lanes.pump();
      await this.end(Number.POSITIVE_INFINITY);
    }
  }

  task(endpointId: string, name = endpointId, partition = 0): Task {
    return {
      endpointId,
      partition,
      attempt: () => {
        this.started.push(name);
        this.startedAt.push(this.now);
        return new Promise((resolve) => this.#ends.push(() => resolve(this.asked)));
      },
      defer: (delayMs) => {
        this.deferred.push(name);
        this.delays.push(delayMs);
        return true;
      },
    };
  }

  add(...tasks: Task[]): void {
    const left = [...tasks];
    this.lanes.add({ partition: tasks[0]?.partition ?? 0, draw: () => left.shift() });
  }

  async end(count = 1): Promise<void> {
    for (const end of this.#ends.splice(0, count)) end();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
}

export const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
