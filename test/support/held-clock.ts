import { jest } from '@jest/globals';

/** From here on time passes only by {@link pass}. The loop's own turns go on, so promises settle. */
export function holdClock(): void {
  jest.useFakeTimers({ now: 1_800_000_000_000, doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
}

export function freeClock(): void {
  jest.useRealTimers();
}

export async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
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
