import { describe, expect, it } from '@jest/globals';
import { readArguments } from './arguments.ts';

describe('the arguments of npm run kafka', () => {
  it('are one broker on free ports with passing data where nothing is said', () => {
    expect(readArguments([])).toEqual({ brokers: 1 });
  });

  it('are taken as said', () => {
    expect(readArguments(['--brokers', '3', '--port', '9092', '--keep-data', 'here'])).toEqual({
      brokers: 3,
      port: 9092,
      dataFolder: 'here',
    });
  });

  it('may ask for brokers that know their users, for one run', () => {
    expect(readArguments(['--sasl'])).toEqual({ brokers: 1, sasl: true });
    expect(() => readArguments(['--sasl', '--keep-data', 'x'])).toThrow('leave one of them out');
  });

  it.each([
    [['--brokers', '2'], '--brokers 2: 1 or 3'],
    [['--port', 'x'], '--port x: a number from 1 to 65533'],
    [['--port', '0'], '--port 0: a number'],
    [['--broker', '3'], "Unknown option '--broker'"],
  ])('%j are refused', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
