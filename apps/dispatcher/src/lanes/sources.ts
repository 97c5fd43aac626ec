import { Fifo } from './fifo.ts';
import type { TaskSource } from './task.ts';

/**
 * Where tasks come from, partition by partition in turn, so that one which may not send keeps only its own records
 * waiting: drawn tasks that cannot start would fill the queue for everybody (R14).
 */
export class Sources {
  readonly #byPartition = new Map<number, Fifo<TaskSource>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(source: TaskSource): void {
    let fifo = this.#byPartition.get(source.partition);
    if (fifo === undefined) this.#byPartition.set(source.partition, (fifo = new Fifo()));
    fifo.push(source);
    this.#size += 1;
  }

  /** One source of each partition that may be drawn from. */
  *turn(mayDraw: (partition: number) => boolean): Generator<TaskSource, void, void> {
    for (const [partition, fifo] of this.#byPartition) {
      if (fifo.size === 0 || !mayDraw(partition)) continue;
      const source = fifo.shift();
      if (source === undefined) continue;
      this.#size -= 1;
      yield source;
    }
  }
}
