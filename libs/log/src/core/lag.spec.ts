import { describe, expect, it } from '@jest/globals';
import { lagByTopic } from './lag.ts';

describe('lag', () => {
  it('adds up by topic what stands between readers and the ends, and never falls below zero', async () => {
    const asked: string[] = [];
    const ends: Readonly<Record<string, readonly number[]>> = { events: [10, 20], outcomes: [7, 0] };
    const log = {
      endOffsets: async (topic: string) => {
        asked.push(topic);
        return ends[topic] ?? [];
      },
    };
    const lags = await lagByTopic(log, [
      { topic: 'events', partition: 0, position: 4 },
      { topic: 'events', partition: 1, position: 19 },
      // Its end was asked for before it got there.
      { topic: 'outcomes', partition: 0, position: 9 },
    ]);
    expect(lags).toEqual(
      new Map([
        ['events', 7],
        ['outcomes', 0],
      ]),
    );
    expect(asked).toEqual(['events', 'outcomes']);
  });
});
