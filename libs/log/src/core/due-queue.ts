interface Waiting<T> {
  readonly item: T;
  readonly at: number;
}

/**
 * Things that wait for a time each, in any order: what a tier leaves over under a second (R15). A binary heap; pure,
 * time is an argument. Holds little and shortly, so it has no caps: what is in it counts in its window.
 */
export class DueQueue<T> {
  readonly #heap: Waiting<T>[] = [];

  get length(): number {
    return this.#heap.length;
  }

  /** Epoch ms; undefined: nothing waits. */
  nextDueAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  push(item: T, at: number): void {
    const heap = this.#heap;
    const added = { item, at };
    let child = heap.push(added) - 1;
    while (child > 0) {
      const above = (child - 1) >>> 1;
      const parent = heap[above];
      if (parent === undefined || parent.at <= at) break;
      heap[child] = parent;
      child = above;
    }
    heap[child] = added;
  }

  /** Takes out everything whose time has come, earliest first; never early. */
  due(now: number): T[] {
    const woken: T[] = [];
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      woken.push(first.item);
      this.#dropFirst();
    }
    return woken;
  }

  /** Forgets what `isGone` names: a partition that was lost. */
  remove(isGone: (item: T) => boolean): void {
    const kept = this.#heap.filter((waiting) => !isGone(waiting.item));
    this.#heap.length = 0;
    for (const { item, at } of kept) this.push(item, at);
  }

  #dropFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let hole = 0;
    for (;;) {
      const left = hole * 2 + 1;
      const right = heap[left + 1];
      let child = heap[left];
      let at = left;
      if (child !== undefined && right !== undefined && right.at < child.at) [child, at] = [right, left + 1];
      if (child === undefined || child.at >= last.at) break;
      heap[hole] = child;
      hole = at;
    }
    heap[hole] = last;
  }
}
