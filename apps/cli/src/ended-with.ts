import { exitCodes, type ExitName } from './exit-code.ts';

/** Everything has been said; only the exit code is left to be given. */
export class EndedWith extends Error {
  override readonly name = 'EndedWith';
  readonly code: number;

  /** A number: that of another program which was run. */
  constructor(exit: ExitName | number) {
    super(`ended with ${exit}`);
    this.code = typeof exit === 'number' ? exit : exitCodes[exit][0];
  }
}
