import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { broken } from './broken.ts';
import { modelCase, play, told } from './model-case.ts';

const { MODEL_RUNS, MODEL_SEED, MODEL_PATH } = process.env;
const replay = {
  ...(MODEL_SEED === undefined ? {} : { seed: Number(MODEL_SEED) }),
  ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH, endOnFailure: true }),
};

/** Cases: mostly one of the first ten catches it, of some only one in hundreds. */
const FOUND_WITHIN = 5_000;
/** Shrinking has found what matters by then. */
const SHRINK_WITHIN_MS = 5_000;

/** Replay a failure by MODEL_SEED and MODEL_PATH, which tells its timeline too; MODEL_RUNS asks for more cases. */
describe('whatever happens to the processes of a dispatcher group', () => {
  it('nothing is lost, sent early, or sent twice but what was in flight at a crash (P2, P3, P4, P10)', async () => {
    await fc.assert(
      fc.asyncProperty(modelCase, async (one) => {
        const { problems, timeline } = await play(one);
        expect({ problems, timeline: MODEL_PATH === undefined ? [] : timeline() }).toEqual({
          problems: [],
          timeline: MODEL_PATH === undefined ? [] : expect.anything(),
        });
      }),
      { numRuns: Number(MODEL_RUNS ?? 2_000), ...replay },
    );
  }, 3_600_000);
});

describe('the model catches', () => {
  it.each(broken)(
    '$name',
    async ({ name, breakIt }) => {
      const mend = breakIt();
      try {
        let problem = '';
        const property = fc.asyncProperty(modelCase, async (one) => {
          const { problems } = await play(one);
          if (problems[0] !== undefined) problem = problems[0];
          return problems.length === 0;
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
        mend();
      }
    },
    120_000,
  );
});
