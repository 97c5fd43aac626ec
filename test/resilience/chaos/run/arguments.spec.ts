import { describe, expect, it } from '@jest/globals';
import { readArguments, replayOf } from './arguments.ts';

const read = (text: string) => readArguments(text === '' ? [] : text.split(' '), () => 42);

describe('the arguments of npm run chaos', () => {
  it('default to two minutes of the standalone process, and a random seed', () => {
    expect(read('')).toMatchObject({ options: { minutes: 2, seed: 42, brokers: undefined }, isPlan: false });
  });

  it('choose the cluster', () => {
    expect(read('--kafka').options.brokers).toBe(3);
    expect(read('--kafka --brokers 1').options.brokers).toBe(1);
  });

  it.each([
    ['--minutes 0', /--minutes 0: a number above 0/],
    ['--minutes soon', /--minutes soon: a number above 0/],
    ['--seed x', /--seed x: a whole number/],
    ['--kafka --brokers 2', /--brokers 2: 1 or 3/],
    ['--brokers 3', /add --kafka/],
    ['--wat', /wat/],
  ])('are refused with a reason: %s', (text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });

  it('can be given again', () => {
    for (const text of ['--seed 7 --minutes 0.5', '--seed 7 --minutes 3 --kafka --brokers 1']) {
      const { options } = read(text);
      expect(read(replayOf(options).replace('npm run chaos -- ', '')).options).toEqual(options);
    }
  });
});
