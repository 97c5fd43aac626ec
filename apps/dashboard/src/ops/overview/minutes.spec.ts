import { describe, expect, it } from '@jest/globals';
import { endedMinutes, hourTotals, latestFirst, minuteColumns } from './minutes.ts';

const minutes = [
  { at: '2026-11-28T12:00:00.000Z', accepted: 1, attempts: 3, delivered: 1 },
  { at: '2026-11-28T12:01:00.000Z', accepted: 2, attempts: 5, delivered: 4 },
];

describe('the last hour by minutes', () => {
  it('is columns for a chart, with times in seconds', () => {
    expect(minuteColumns(minutes)).toEqual({
      times: [1_795_867_200, 1_795_867_260],
      accepted: [1, 2],
      attempts: [3, 5],
      delivered: [1, 4],
    });
  });

  it('has totals, and none where there is nothing', () => {
    expect(hourTotals(minutes)).toEqual({ accepted: 3, attempts: 8, delivered: 5 });
    expect(hourTotals([])).toEqual({ accepted: 0, attempts: 0, delivered: 0 });
  });

  it('is told without the minute that still grows', () => {
    expect(endedMinutes(minutes).map(({ accepted }) => accepted)).toEqual([1]);
    expect(endedMinutes([])).toEqual([]);
    expect(latestFirst(minutes).map(({ accepted }) => accepted)).toEqual([2, 1]);
  });
});
