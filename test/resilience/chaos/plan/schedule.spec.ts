import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answerKinds, answerOf } from './answers.ts';
import { kafkaSlots, type ChaosOptions, type Fault } from './faults.ts';
import { markerIn, markerOf, plannedEvent } from './load.ts';
import { planRun, timelineOf } from './schedule.ts';
import { characters, PARTITIONS } from './world.ts';
import { partitionOf } from '#log';

const anyOptions = fc.record({
  seed: fc.integer(),
  minutes: fc.integer({ min: 1, max: 5 }),
  brokers: fc.constantFrom(1 as const, 3 as const, undefined),
});
const planned = (options: ChaosOptions): unknown => {
  const run = planRun(options);
  const events = Array.from({ length: 50 }, (_, n) => plannedEvent(options.seed, run.world, n));
  return { run, events, timeline: timelineOf(run) };
};
const isBroker = ({ kind }: Fault): boolean => kind.startsWith('broker-');

describe('a schedule', () => {
  it('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        expect(planned(options)).toEqual(planned(options));
        expect(planned(options)).not.toEqual(planned({ ...options, seed: options.seed + 1 }));
      }),
      { numRuns: 10 },
    );
  });

  it('never has more than one broker down, and gives the one before time to come back', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const faults = planRun(options).faults.filter(isBroker);
        for (const [n, { at, forMs }] of faults.entries()) {
          const next = faults[n + 1];
          if (next !== undefined) expect(next.at).toBeGreaterThanOrEqual(at + forMs + 10_000);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('does one thing at a time to a process, and nothing after its end', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { faults } = planRun(options);
        const freeAt = new Map<string, number>();
        for (const fault of faults) {
          expect(fault.at).toBeLessThan(options.minutes * 60_000);
          if (!('slot' in fault)) continue;
          expect(fault.at).toBeGreaterThanOrEqual(freeAt.get(fault.slot) ?? 0);
          freeAt.set(fault.slot, fault.at + fault.forMs);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('of half an hour has every kind of fault, and harms every process', () => {
    const ofKafka = planRun({ seed: 7, minutes: 30, brokers: 3 }).faults;
    expect(new Set(ofKafka.map(({ kind }) => kind))).toEqual(
      new Set([
        'kill',
        'stop',
        'pause',
        'join',
        'broker-kill',
        'broker-stop',
        'broker-freeze',
        'database-away',
      ]),
    );
    const harmed = new Set(ofKafka.flatMap((fault) => ('slot' in fault ? [fault.slot] : [])));
    for (const slot of kafkaSlots) expect(harmed).toContain(slot);
    const ofOne = planRun({ seed: 7, minutes: 30, brokers: undefined }).faults;
    expect(new Set(ofOne.map(({ kind }) => kind))).toEqual(
      new Set(['kill', 'stop', 'pause', 'database-kill', 'second-copy']),
    );
  });

  it('has work on every partition', () => {
    const { world } = planRun({ seed: 7, minutes: 1, brokers: 3 });
    const partitions = new Set(world.map(({ id }) => partitionOf(id, PARTITIONS)));
    expect(partitions.size).toBe(PARTITIONS);
  });
});

describe('receivers', () => {
  it('answer the same to the same request, and in every way in the course of time', () => {
    const seen = new Set<string>();
    for (const character of characters) {
      for (let nth = 0; nth < 1_500; nth += 1) {
        const asked = { path: `/t/${character}`, event: `e${nth}`, nth: 0, at: nth * 1_000 };
        const answer = answerOf(7, character, asked);
        expect(answerOf(7, character, asked)).toBe(answer);
        seen.add(answer);
        if (character === 'steady') expect(answer).toBe('ok');
        if (character === 'dead') expect(['ok', 'slow']).not.toContain(answer);
      }
    }
    expect([...seen].sort()).toEqual([...answerKinds].sort());
  });

  it('find in a body which copy of which event it is', () => {
    expect(markerIn(`{"name":"${markerOf(12, 1)}"}`)).toEqual({ n: 12, copy: 1 });
    expect(markerIn('{"name":"Jane"}')).toBeUndefined();
  });
});
