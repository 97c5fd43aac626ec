import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Overload } from '../overload/overload.ts';
import { sayIsolated, sayOverloaded } from '../overload/say.ts';
import { stalls } from '../overload/stall.ts';

const STALL_MS = 8_000;
/** Twice the capacity of a busy machine: what is refused is as welcome as what is accepted. */
const LEAST_RATE = 500;

/**
 * Nothing grows without end. It is no less because the windows of a process may hold 5,000 records for each partition that
 * it owns; `npm run overload` judges by the 400 MB that a process is to have.
 */
const RUNAWAY_MB = 1_000;

/** Seconds of what `npm run overload` does for minutes. */
describe('more load than the engine can take', () => {
  let overload: Overload;
  let capacity = 0;
  beforeAll(async () => {
    overload = await Overload.open();
    capacity = await overload.capacity(3_000);
  }, 300_000);
  afterAll(() => overload?.close(), 60_000);

  it.each(stalls)(
    'with %s standing still: memory stays bounded, publishers hear when to come again, nothing accepted is lost',
    async (stall) => {
      const rate = Math.max(LEAST_RATE, Math.round(capacity * 2));
      const overloaded = await overload.stalled(stall, STALL_MS, rate);
      const what = `${stall} away for ${STALL_MS / 1_000} s at ${rate}/s`;
      expect(sayOverloaded(what, overloaded, RUNAWAY_MB)).toBe(0);
    },
    400_000,
  );

  it('one tenant that makes 90 % of it: its neighbours get theirs all the same', async () => {
    const isolated = await overload.besideOneAtNinety(3_000, Math.round(capacity / 2));
    sayIsolated('one tenant at 90 %', isolated);
    // Times are for `npm run overload` on a machine of its own; here, that nobody starves.
    expect(isolated.lost).toBe(0);
  }, 400_000);
});
