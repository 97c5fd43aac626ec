import { describe, expect, it } from '@jest/globals';
import type { Measured } from './bench-run.ts';
import type { CaseResult } from './case-result.ts';
import { lineOfCase } from './lines.ts';

const run = (deliveriesPerSecond: number, p50 = 1): Measured => ({
  events: 1,
  deliveries: 1,
  deliveriesPerSecond,
  acceptedPerSecond: deliveriesPerSecond,
  sendToReceive: { p50, p99: 2, max: 9 },
  acceptToReceive: { p50, p99: 2, max: 9 },
  cpuMicros: 200,
  writtenBytes: 0,
  deviceBytes: null,
  byRole: {},
  peers: { load: 0, receiver: 0 },
  retryLateness: null,
});
const result: CaseResult = {
  case: 'saturated',
  title: '',
  rate: null,
  engine: [run(750), run(2_000), run(800)],
  bareLoop: [run(1_000), run(2_000), run(1_000)],
  figures: [{ name: 'lost', unit: '', values: [0] }],
};

describe('the line of a case', () => {
  it('has medians, the spread, and the median of the ratios run by run', () => {
    expect(lineOfCase(result)).toBe(
      'saturated, 800 deliveries/s (750–2,000), p50 1.0 ms, p99 2.0 ms, CPU 200 µs, ratio 0.80, lost 0',
    );
  });

  it('compares latency where the rate was given', () => {
    const paced = { ...result, rate: 200, engine: [run(200, 3)], bareLoop: [run(200, 2)], figures: [] };
    expect(lineOfCase(paced)).toMatch(/ratio 1\.50 \(p50\)$/);
  });

  it('says no ratio where there was no bare loop', () => {
    expect(lineOfCase({ ...result, bareLoop: [], figures: [] })).toMatch(/CPU 200 µs$/);
  });
});
