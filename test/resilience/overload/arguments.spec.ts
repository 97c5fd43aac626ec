import { describe, expect, it } from '@jest/globals';
import { readArguments } from './arguments.ts';

describe('arguments of an overload', () => {
  it('are five minutes of each case at twice the capacity, where nothing is said', () => {
    expect(readArguments([])).toEqual({
      isHelp: false,
      ms: 300_000,
      cases: ['endpoints', 'database', 'log', 'tenant'],
      load: 2,
      capacity: undefined,
      nodeOptions: '',
    });
  });

  it('choose cases, and say how much', () => {
    const args = ['--stall', 'log', '--stall', 'tenant', '--minutes', '0.5', '--capacity', '3000'];
    expect(readArguments(args)).toMatchObject({ ms: 30_000, cases: ['log', 'tenant'], capacity: 3_000 });
  });

  it.each([
    [['--stall', 'disk'], '--stall disk: one of endpoints, database, log, tenant'],
    [['--minutes', 'many'], '--minutes many: a number above 0'],
    [['--load', '0'], '--load 0: a number above 0'],
    [['--seed', '7'], "Unknown option '--seed'"],
  ])('%j are refused with what would be right', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
