export interface HeldTimer {
  readonly id: number;
  readonly work: () => void;
  /** Of an interval: ms until it comes again. */
  readonly every: number | undefined;
  at: number;
}

/** Timers by when they are due, in the order of their making where two are due together. */
export class TimerHeap {
  readonly #heap: HeldTimer[] = [];
  readonly #live = new Set<number>();

  push(timer: HeldTimer): void {
    this.#live.add(timer.id);
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(timer, heap[above])) break;
      this.#swap(at, above);
      at = above;
    }
  }

  /** One that is not there is ignored. */
  delete(id: number): void {
    this.#live.delete(id);
  }

  /** Takes out the first one due by `end`. */
  shift(end: number): HeldTimer | undefined {
    for (let first = this.#heap[0]; first !== undefined && first.at <= end; first = this.#heap[0]) {
      this.#dropFirst();
      if (this.#live.delete(first.id)) return first;
    }
    return undefined;
  }

  #dropFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) if (isBefore(heap[below], heap[least])) least = below;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (one === undefined || other === undefined) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}

function isBefore(one: HeldTimer | undefined, other: HeldTimer | undefined): boolean {
  if (one === undefined) return false;
  return other === undefined || one.at < other.at || (one.at === other.at && one.id < other.id);
}
