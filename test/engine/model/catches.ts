import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Broken } from './broken.ts';

/** Cases: mostly one of the first ten catches it, of some only one in hundreds. */
const FOUND_WITHIN = 5_000;
/** Shrinking has found what matters by then. */
const SHRINK_WITHIN_MS = 5_000;

/** Breaks it, expects the model to say so, and prints the counterexample in one line. `problemOf`: undefined for none. */
export async function catches<T>(
  { name, breakIt }: Broken,
  cases: fc.Arbitrary<T>,
  problemOf: (one: T) => Promise<string | undefined>,
  told: (one: T) => string,
): Promise<void> {
  const mend = breakIt();
  let playing: Promise<string | undefined> = Promise.resolve(undefined);
  try {
    let problem = '';
    const property = fc.asyncProperty(cases, async (one) => {
      playing = problemOf(one).catch((error: unknown) => String(error));
      const found = await playing;
      problem = found ?? problem;
      return found === undefined;
    });
    const found = await fc.check(property, { numRuns: FOUND_WITHIN, endOnFailure: true });
    expect(found.failed).toBe(true);
    const { counterexamplePath: path, seed } = found;
    const shrunk = await fc.check(property, {
      seed,
      ...(path === null ? {} : { path }),
      interruptAfterTimeLimit: SHRINK_WITHIN_MS,
    });
    const [example] = shrunk.counterexample ?? found.counterexample ?? [];
    if (example !== undefined)
      process.stdout.write(`${name}: caught by case ${found.numRuns}: ${told(example)} => ${problem}\n`);
  } finally {
    // One that shrinking was interrupted in goes on, broken and with the clock in its hands, until it ends by itself.
    await playing;
    mend();
  }
}
