import { describe, expect, it } from '@jest/globals';
import { progressBar } from './progress-bar.ts';

describe('the progress bar', () => {
  it('says how much is done, how fast, and how long it will take', () => {
    expect(progressBar({ done: 1_000, total: 4_000, unit: 'records' }, 2_000)).toBe(
      '[████████░░░░░░░░░░░░░░░░░░░░░░] 25%  1,000/4,000 records  500/s  6 s left',
    );
    expect(progressBar({ done: 10, total: 4_000_000, unit: 'records' }, 1_000)).toMatch(
      / 0% {2}10\/4,000,000 records {2}10\/s {2}111\.1 h left$/,
    );
  });

  it('never divides by nothing', () => {
    expect(progressBar({ done: 0, total: 0, unit: 'deliveries' }, 0)).toMatch(
      / 100% {2}0\/0 deliveries {2}0\/s {2}\? left$/,
    );
  });
});
