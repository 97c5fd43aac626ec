import { JsonError, PublishRejected } from '#contracts';
import { Refused } from '#http-edge';
import { LogError } from '#log';
import { Unfit } from '../reading/unfit.ts';

/**
 * - `quarantine`: the record's own fault, or nothing that waiting mends.
 * - `again`: the log is away; nothing is known, and nothing is dropped.
 * - `fatal`: this process cannot go on.
 */
export type Refusal =
  | { readonly verdict: 'quarantine'; readonly reason: string; readonly isForeseen: boolean }
  | { readonly verdict: 'again' | 'fatal' };

const MAX_REASON = 900;

/** The one place where errors of accepting a record become what happens to it. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Unfit) return because(error.message);
  if (error instanceof PublishRejected) return because(`the contract refuses it: ${error.message}`);
  if (error instanceof Refused) return because(`${error.code}: ${error.message}`);
  if (error instanceof JsonError) return because(`${error.code}: ${error.message}`);
  if (error instanceof LogError) {
    if (error.retryable) return { verdict: 'again' };
    if (error.code === 'record_too_large')
      return because('larger than the log takes once it is rendered; send less data');
    return { verdict: 'fatal' };
  }
  // One record that meets a mistake of ours must not stop the others for ever.
  return { ...because('it could not be accepted; the log of this process says more'), isForeseen: false };
}

function because(reason: string): Extract<Refusal, { verdict: 'quarantine' }> {
  const bounded = reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason;
  return { verdict: 'quarantine', reason: bounded, isForeseen: true };
}
