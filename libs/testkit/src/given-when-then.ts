import assert from 'node:assert/strict';
import { Rejected, type Decider, type RejectionCode } from '#domain';

/** What is expected of one command, decided on the state that the given facts lead to. */
export interface Then<Fact> {
  /** Exactly these facts, in this order; `[]`: the command changes nothing. */
  readonly then: (facts: readonly Fact[]) => void;
  readonly thenRejected: (code: RejectionCode) => void;
}

export interface When<Command, Fact> {
  readonly when: (command: Command) => Then<Fact>;
}

/**
 * Business sentences over any decider: `const given = givenWhenThen(endpointDecider)`, then
 * `given([created]).when(turnOff).then([turnedOff])`.
 *
 * Plain assertions, which say the same in any runner.
 */
export function givenWhenThen<Command, State, Fact>(
  decider: Decider<Command, State, Fact>,
): (facts: readonly Fact[]) => When<Command, Fact> {
  return (given) => ({
    when: (command) => {
      const state = given.reduce(decider.evolve, decider.initialState);
      const decide = () => decider.decide(command, state);
      return {
        // eslint-disable-next-line unicorn/no-thenable -- it is the word; nobody awaits a sentence
        then: (facts) => assert.deepEqual(decide(), facts),
        thenRejected: (code) => {
          assert.throws(decide, (error: unknown) => {
            assert.ok(error instanceof Rejected, `expected a rejection "${code}", got ${String(error)}`);
            assert.equal(error.code, code);
            return true;
          });
        },
      };
    },
  });
}
