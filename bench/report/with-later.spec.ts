import { describe, expect, it } from '@jest/globals';
import type { ResultFile } from './result-file.ts';
import { withLater } from './with-later.ts';

const ofCase = (name: string, value: number) => ({
  case: name,
  title: name,
  rate: null,
  engine: [],
  bareLoop: [],
  figures: [{ name: 'figure', unit: '', values: [value] }],
});

const run = (at: string, cases: readonly ReturnType<typeof ofCase>[], cpu = 'a'): ResultFile => ({
  target: 'kafka',
  at,
  machine: { cpu } as ResultFile['machine'],
  events: 1,
  runs: 1,
  cases,
});

describe('results of several runs', () => {
  it('are told as one, the later run of a case in the place of the one before', () => {
    const told = withLater([
      run('monday', [ofCase('idle', 1), ofCase('batch', 2)]),
      run('tuesday', [ofCase('idle', 3), ofCase('kills', 4)]),
    ]);
    expect(told.cases.map((one) => [one.case, one.figures[0]?.values[0]])).toEqual([
      ['idle', 3],
      ['batch', 2],
      ['kills', 4],
    ]);
    expect(told).toMatchObject({ at: 'monday', again: [{ at: 'tuesday', cases: ['idle', 'kills'] }] });
  });

  it('are not told as one where they are of different machines', () => {
    expect(() => withLater([run('monday', []), run('tuesday', [], 'b')])).toThrow(
      'another target or machine',
    );
  });
});
