import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brokenEngine } from './broken.ts';
import { catches } from './catches.ts';
import { modelCase, play, told } from './model-case.ts';

const { MODEL_RUNS, MODEL_SEED, MODEL_PATH } = process.env;
const replay = {
  ...(MODEL_SEED === undefined ? {} : { seed: Number(MODEL_SEED) }),
  ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH, endOnFailure: true }),
};

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
  it.each(brokenEngine)(
    '$name',
    (broken) => catches(broken, modelCase, async (one) => (await play(one)).problems[0], told),
    600_000,
  );
});
