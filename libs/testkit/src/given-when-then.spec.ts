import { describe, expect, it } from '@jest/globals';
import { Rejected, type Decider } from '#domain';
import { givenWhenThen } from './given-when-then.ts';

/** Counts up, to three. */
const counter: Decider<'up' | 'crash', number, { to: number }> = {
  decide: (command, state) => {
    if (command === 'crash') throw new Error('a bug');
    if (state === 3) throw new Rejected('conflict', 'three is enough');
    return [{ to: state + 1 }];
  },
  evolve: (_, fact) => fact.to,
  initialState: 0,
};
const given = givenWhenThen(counter);

describe('a sentence about a decider', () => {
  it('holds where it is true', () => {
    given([])
      .when('up')
      .then([{ to: 1 }]);
    given([{ to: 1 }, { to: 2 }])
      .when('up')
      .then([{ to: 3 }]);
    given([{ to: 3 }])
      .when('up')
      .thenRejected('conflict');
  });

  it.each([
    [
      'other facts',
      () =>
        given([])
          .when('up')
          .then([{ to: 2 }]),
    ],
    ['no facts', () => given([]).when('up').then([])],
    [
      'more facts',
      () =>
        given([])
          .when('up')
          .then([{ to: 1 }, { to: 2 }]),
    ],
    ['a rejection that does not come', () => given([]).when('up').thenRejected('conflict')],
    [
      'another rejection',
      () =>
        given([{ to: 3 }])
          .when('up')
          .thenRejected('not_found'),
    ],
    [
      'facts where it is rejected',
      () =>
        given([{ to: 3 }])
          .when('up')
          .then([]),
    ],
    ['a bug taken for a rejection', () => given([]).when('crash').thenRejected('conflict')],
  ])('fails for %s', (_, sentence) => {
    expect(sentence).toThrow(/expected|three is enough/i);
  });
});
