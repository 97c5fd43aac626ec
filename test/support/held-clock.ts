import { setImmediate as turn } from 'node:timers/promises';
import { TimerHeap } from './timer-heap.ts';

/** What callers keep of a timer: enough of Node's own. */
class Handle {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

const START = 1_800_000_000_000;
/** What an instant sets going mostly ends within these; what takes turns by itself is waited for. */
const TURNS = 3;
/** Nothing that ends takes as many in one instant. */
const TURNS_FOR_EVER = 100_000;

/** What the globals were before any clock was held. */
const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  clearImmediate: globalThis.clearImmediate,
};
const realNow = Date.now;

type Work = (...args: unknown[]) => void;

/**
 * Time that passes only when told, for the globals that the engine asks: hours cost what happens in them. (Jest's own
 * fake timers wait a real millisecond for each timer, and thousands of model cases have no time for that.)
 */
class HeldClock {
  #now = START;
  #ids = 0;
  #passing = Promise.resolve();
  readonly #immediates = new Set<NodeJS.Immediate>();
  readonly #timers = new TimerHeap();

  get now(): number {
    return this.#now;
  }

  add(work: () => void, ms: number | undefined, every?: number): Handle {
    this.#ids += 1;
    this.#timers.push({ id: this.#ids, work, every, at: this.#now + wait(ms) });
    return new Handle(this.#ids);
  }

  clear(handle?: { readonly id?: number }): void {
    this.#timers.delete(handle?.id ?? -1);
  }

  addImmediate(work: Work, args: unknown[]): NodeJS.Immediate {
    const immediate = real.setImmediate(() => {
      this.#immediates.delete(immediate);
      work(...args);
    });
    this.#immediates.add(immediate);
    return immediate;
  }

  clearImmediate(immediate: NodeJS.Immediate): void {
    this.#immediates.delete(immediate);
    real.clearImmediate(immediate);
  }

  /** One after the other, also where several wait at once. */
  pass(ms: number): Promise<void> {
    return (this.#passing = this.#passing.then(() => this.#pass(ms)));
  }

  async #pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#settle();
    for (let next = this.#timers.shift(end); next !== undefined; next = this.#timers.shift(end)) {
      this.#now = Math.max(this.#now, next.at);
      // Before it runs, for it may clear itself.
      if (next.every !== undefined) this.#timers.push({ ...next, at: next.at + next.every });
      next.work();
      await this.#settle();
    }
    this.#now = end;
  }

  async #settle(): Promise<void> {
    for (let turns = 0; turns < TURNS || this.#immediates.size > 0; turns += 1) {
      if (turns === TURNS_FOR_EVER) throw new Error('it takes turn after turn while no time passes');
      await turn();
    }
  }
}

/** As Node rounds it. */
const wait = (ms: number | undefined): number => Math.max(1, Math.trunc(ms ?? 0));

let clock: HeldClock | undefined;

function held(): HeldClock {
  if (clock === undefined) throw new Error('hold the clock first');
  return clock;
}

/** The same for every clock: whatever was once a global, and all that it refers to, Jest keeps until the file is done. */
const heldGlobals = {
  setTimeout: (work: Work, ms?: number, ...args: unknown[]) => held().add(() => work(...args), ms),
  setInterval: (work: Work, ms?: number, ...args: unknown[]) => held().add(() => work(...args), ms, wait(ms)),
  clearTimeout: (handle?: { readonly id?: number }) => held().clear(handle),
  clearInterval: (handle?: { readonly id?: number }) => held().clear(handle),
  setImmediate: (work: Work, ...args: unknown[]) => held().addImmediate(work, args),
  clearImmediate: (immediate: NodeJS.Immediate) => held().clearImmediate(immediate),
};

/** From here on time passes only by {@link pass}. The loop's own turns go on, so promises settle. */
export function holdClock(): void {
  if (clock !== undefined) throw new Error('the clock is held: what held it has not ended');
  clock = new HeldClock();
  Object.assign(globalThis, heldGlobals);
  Date.now = () => Math.floor(held().now);
  Object.defineProperty(performance, 'now', { value: () => held().now - START, configurable: true });
}

export function freeClock(): void {
  if (clock === undefined) return;
  clock = undefined;
  Object.assign(globalThis, real);
  Date.now = realNow;
  Reflect.deleteProperty(performance, 'now');
}

export async function pass(ms: number): Promise<void> {
  await held().pass(ms);
}

/** Lets time pass until it is done: a stalled log answers nobody. */
export async function until<T>(work: Promise<T>): Promise<T> {
  const state = { isOver: false };
  const over = work.finally(() => (state.isOver = true));
  over.catch(() => {});
  for (let n = 0; n < 2_000 && !state.isOver; n += 1) await pass(n < 5 ? 0 : 20);
  if (!state.isOver) throw new Error('it hangs');
  return over;
}
