import { setTimeout as delay } from 'node:timers/promises';

/** Stopped, or the partition is somebody else's: what is not durable yet will be read again. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

/** 100 ms, doubling to 2 s. Rejects with {@link Abandoned} once `signal` aborts. */
export async function backoff(tries: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(Math.min(2_000, 100 * 2 ** Math.min(tries, 10)), undefined, { signal });
  } catch {
    throw new Abandoned('stopped while waiting');
  }
}

/** As `work`, unless `signal` aborts first: then {@link Abandoned}, whatever becomes of the work. */
export function abandonable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abandon = () => reject(new Abandoned('stopped while waiting'));
    const done = () => signal.removeEventListener('abort', abandon);
    work.then(
      (value) => {
        done();
        resolve(value);
      },
      (error: unknown) => {
        done();
        reject(error);
      },
    );
    if (signal.aborted) abandon();
    else signal.addEventListener('abort', abandon, { once: true });
  });
}
