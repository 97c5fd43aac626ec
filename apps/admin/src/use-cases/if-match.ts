import type { Written } from '#control';
import { Rejected } from '#domain';
import { Refused } from '#http-edge';

/** The versions that a caller will change; undefined: whichever it is. */
export type IfMatch = readonly number[] | undefined;

/**
 * Writes only over a version that the caller has seen. Between the check and the decision nothing may wait, so `write`
 * is called at once; a race lost in the log itself is told in the same words as one lost before it.
 */
export async function writeIfMatch(
  ifMatch: IfMatch,
  state: { readonly version: number } | undefined,
  write: () => Promise<Written>,
): Promise<Written> {
  const stale = (now: string) =>
    new Refused('precondition_failed', `it is not the version of If-Match any more${now}; load it again`);
  if (ifMatch !== undefined && state !== undefined && !ifMatch.includes(state.version)) {
    throw stale(` but ${state.version}`);
  }
  try {
    return await write();
  } catch (error) {
    if (ifMatch !== undefined && error instanceof Rejected && error.code === 'conflict') throw stale('');
    throw error;
  }
}
