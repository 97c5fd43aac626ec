import type { EndpointState } from '#domain';

/**
 * The endpoints of one tenant, in order of creation, for readers that keep a snapshot while facts go on coming.
 *
 * 1. A snapshot that was handed out never changes; the same array is handed out until something does.
 * 2. A change costs one copy of the array at most (memory moved, nothing looked up), and none while nobody has asked
 *    for a snapshot since the last: 100,000 endpoints stay cheap when facts and events take turns.
 */
export class TenantEndpoints {
  #list: EndpointState[] = [];
  /** Beside `#list`: when each was created, rising, so that a place is found by halving. */
  readonly #born: number[] = [];
  readonly #bornOf = new Map<string, number>();
  #births = 0;
  #shared = false;

  ids(): Iterable<string> {
    return this.#bornOf.keys();
  }

  snapshot(): readonly EndpointState[] {
    this.#shared = true;
    return this.#list;
  }

  put(endpoint: EndpointState): void {
    const list = this.#own();
    const born = this.#bornOf.get(endpoint.id);
    if (born !== undefined) {
      list[this.#placeOf(born)] = endpoint;
      return;
    }
    this.#bornOf.set(endpoint.id, this.#births);
    this.#born.push(this.#births);
    this.#births += 1;
    list.push(endpoint);
  }

  remove(id: string): void {
    const born = this.#bornOf.get(id);
    if (born === undefined) return;
    const place = this.#placeOf(born);
    this.#own().splice(place, 1);
    this.#born.splice(place, 1);
    this.#bornOf.delete(id);
  }

  #own(): EndpointState[] {
    if (this.#shared) this.#list = this.#list.slice();
    this.#shared = false;
    return this.#list;
  }

  #placeOf(born: number): number {
    let low = 0;
    let high = this.#born.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#born[middle] ?? 0) < born) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
