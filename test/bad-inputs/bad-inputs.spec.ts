import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callers } from './callers.ts';
import { engine } from './engine.ts';
import { network } from './network.ts';
import { publishers } from './publishers.ts';
import { receivers } from './receivers.ts';
import { urls } from './urls.ts';
import { BadWorld } from './world.ts';

const table = [...urls, ...network, ...receivers, ...publishers, ...callers, ...engine].toSorted(
  (a, b) => a.row - b.row,
);

// Each row at least once, as a whole; what a row can also mean is in the specs of the part that keeps it.
describe('bad inputs and attacks', () => {
  let world: BadWorld;

  beforeAll(async () => {
    world = await BadWorld.start();
  }, 180_000);
  afterAll(() => world?.close(), 120_000);

  it('are 58', () => {
    expect(table.map(({ row }) => row)).toEqual([...Array(58).keys()].map((index) => index + 1));
  });

  it.each(table)(
    '($row) $input: $expected',
    async ({ check }) => {
      expect.hasAssertions();
      await check(world);
    },
    60_000,
  );
});
