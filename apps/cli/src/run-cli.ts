import { CommanderError } from 'commander';
import type { Around } from './around.ts';
import { exitCodes, exitNameOf } from './exit-code.ts';
import { EndedWith } from './ended-with.ts';
import { errorText } from './output/error-text.ts';
import { createProgram } from './program.ts';

/** One run of `hyperhook`, from its arguments to its exit code. */
export async function runCli(around: Around): Promise<number> {
  try {
    await createProgram(around).program.parseAsync(around.args, { from: 'user' });
    return exitCodes.ok[0];
  } catch (error) {
    if (error instanceof EndedWith) return error.code;
    // Commander has said what is wrong already.
    if (!(error instanceof CommanderError)) around.stderr.write(`${errorText(error)}\n`);
    return exitCodes[exitNameOf(error)][0];
  }
}
