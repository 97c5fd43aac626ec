/**
 * The whole grammar of deciding: a command and a state give facts, a fact gives the next state.
 * Time, ids and randomness arrive in commands, so both functions may be run again at any time, anywhere.
 */
export interface Decider<Command, State, Fact> {
  /** Throws only {@link Rejected}: a caller's mistake or a lost race. */
  readonly decide: (command: Command, state: State) => readonly Fact[];
  /** Total: a fact that does not fit the state leaves it as it is. */
  readonly evolve: (state: State, fact: Fact) => State;
  readonly initialState: State;
}
