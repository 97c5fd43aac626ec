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
  readonly #real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    setImmediate: globalThis.setImmediate,
    clearImmediate: globalThis.clearImmediate,
    now: Date.now,
  };

  hold(): void {
    const { setImmediate, clearImmediate } = this.#real;
    const clear = (handle?: { readonly id?: number }) => this.#timers.delete(handle?.id ?? -1);
    Object.assign(globalThis, {
      setTimeout: (work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        this.#add(() => work(...args), ms, undefined),
      setInterval: (work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        this.#add(() => work(...args), ms, wait(ms)),
      clearTimeout: clear,
      clearInterval: clear,
      setImmediate: (work: (...args: unknown[]) => void, ...args: unknown[]) => {
        const immediate = setImmediate(() => {
          this.#immediates.delete(immediate);
          work(...args);
        });
        this.#immediates.add(immediate);
        return immediate;
      },
      clearImmediate: (immediate: NodeJS.Immediate) => {
        this.#immediates.delete(immediate);
        clearImmediate(immediate);
      },
    });
    Date.now = () => Math.floor(this.#now);
    Object.defineProperty(performance, 'now', { value: () => this.#now - START, configurable: true });
  }

  free(): void {
    const { now, ...timers } = this.#real;
    Object.assign(globalThis, timers);
    Date.now = now;
    Reflect.deleteProperty(performance, 'now');
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

  #add(work: () => void, ms: number | undefined, every: number | undefined): Handle {
    this.#ids += 1;
    this.#timers.push({ id: this.#ids, work, every, at: this.#now + wait(ms) });
    return new Handle(this.#ids);
  }

  async #settle(): Promise<void> {
    for (let turns = 0; turns < TURNS || this.#immediates.size > 0; turns += 1) await turn();
  }
}

/** As Node rounds it. */
const wait = (ms: number | undefined): number => Math.max(1, Math.trunc(ms ?? 0));

let clock: HeldClock | undefined;

/** From here on time passes only by {@link pass}. The loop's own turns go on, so promises settle. */
export function holdClock(): void {
  clock = new HeldClock();
  clock.hold();
}

export function freeClock(): void {
  clock?.free();
  clock = undefined;
}

export async function pass(ms: number): Promise<void> {
  if (clock === undefined) throw new Error('hold the clock first');
  await clock.pass(ms);
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
