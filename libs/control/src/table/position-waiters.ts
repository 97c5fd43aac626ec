import { LogError } from '#log';

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Who waits for which control position, lowest first and then in order of arrival: waking touches only those who are
 * reached, so thousands that wait for a later position cost a fact nothing.
 */
export class PositionWaiters {
  readonly #waiting: Waiter[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  /** `withinMs`: then it rejects as `log_unavailable`, and is forgotten; undefined: it waits as long as it takes. */
  wait(position: number, withinMs?: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const waiter: Waiter = {
        position,
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#waiting.splice(this.#countUpTo(position), 0, waiter);
      if (withinMs === undefined) return;
      timer = setTimeout(() => {
        const place = this.#waiting.indexOf(waiter);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(new LogError('log_unavailable', `control position ${position} not reached in ${withinMs} ms`));
      }, withinMs);
    });
  }

  wake(position: number): void {
    const first = this.#waiting[0];
    if (first === undefined || first.position > position) return;
    for (const waiter of this.#waiting.splice(0, this.#countUpTo(position))) waiter.resolve();
  }

  /** Nothing more will come: nobody is left waiting for ever. */
  fail(error: Error): void {
    for (const waiter of this.#waiting.splice(0)) waiter.reject(error);
  }

  /** How many wait for `position` or less. */
  #countUpTo(position: number): number {
    let low = 0;
    let high = this.#waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#waiting[middle]?.position ?? Infinity) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
