import { describe, expect, it } from '@jest/globals';
import type { Keep, Swept } from '#read-model';
import { eventually } from '#testkit';
import { Sweeper } from './sweeper.ts';

const keep: Keep = { bodiesMs: 1, deliveriesMs: null };
const nothing: Swept = { values: 0, deliveries: 0, events: 0, quarantined: 0, erased: 0 };

function sweeperOf(results: readonly (Swept | Error)[]) {
  const asked: (readonly [Keep, number])[] = [];
  const said: string[] = [];
  const say = (_: object, message: string) => void said.push(message);
  const sweeper = new Sweeper({
    keep,
    now: () => 17,
    everyMs: 1,
    logger: { info: say, warn: say, error: say },
    sweep: async (...given) => {
      asked.push(given);
      const result = results[asked.length - 1] ?? nothing;
      if (result instanceof Error) throw result;
      return result;
    },
  });
  return { sweeper, asked, said };
}

describe('a sweeper', () => {
  it('sweeps again and again, and says what went', async () => {
    const { sweeper, asked, said } = sweeperOf([nothing, { ...nothing, values: 3 }]);
    sweeper.start();
    await eventually(() => expect(asked.length).toBeGreaterThan(3));
    await sweeper.stop();
    expect(asked[0]).toEqual([keep, 17]);
    expect(said).toEqual(['rows swept']);
  });

  it('goes on after a failure, and tells an outage once', async () => {
    const { sweeper, asked, said } = sweeperOf([
      new Error('gone'),
      new Error('gone'),
      { ...nothing, erased: 1 },
    ]);
    sweeper.start();
    await eventually(() => expect(asked.length).toBeGreaterThan(3));
    await sweeper.stop();
    expect(said).toEqual(['rows cannot be swept, trying again', 'rows swept']);
  });

  it('does nothing after its stop', async () => {
    const { sweeper, asked } = sweeperOf([]);
    sweeper.start();
    await sweeper.stop();
    const before = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked.length).toBe(before);
  });
});
