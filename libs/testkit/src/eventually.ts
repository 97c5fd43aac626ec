import { setTimeout as delay } from 'node:timers/promises';

/** Runs `check` until it stops throwing, at most `withinMs`; then throws what it threw last. Never a fixed sleep. */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(10);
    }
  }
}
