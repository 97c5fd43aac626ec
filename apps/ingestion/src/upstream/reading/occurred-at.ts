import { aheadOf, NO_EVENT_TIME, parseEventTime } from '../../accept/event-time.ts';
import type { TimeUnit } from '../mapping/upstream-source.ts';
import { Unfit } from './unfit.ts';

const decimal = /^\d{1,16}(?:\.\d{1,9})?$/;

/** Epoch ms of a time that a record states. Throws {@link Unfit}, by the rules of publishing. */
export function occurredAtOf(text: string, unit: TimeUnit, what: string, now: number): number {
  const at = unit === 'rfc3339' ? parseEventTime(text) : countedAt(text, unit);
  const expected = unit === 'rfc3339' ? NO_EVENT_TIME : `must be a decimal number of ${unit} since 1970`;
  const problem = at === undefined ? expected : aheadOf(now, at);
  if (problem !== undefined) throw new Unfit(`${what}: ${problem}`);
  return at ?? now;
}

/**
 * When the record was written, by its producer's or the broker's clock: for events that state no time, so that reading
 * the record again gives the same event. null: a clock that cannot be right.
 */
export function writtenAt(timestamp: string, now: number): number | null {
  const at = Number(timestamp);
  return Number.isSafeInteger(at) && at > 0 && aheadOf(now, at) === undefined ? at : null;
}

function countedAt(text: string, unit: TimeUnit): number | undefined {
  if (!decimal.test(text)) return undefined;
  const at = Math.floor(Number(text) * (unit === 'seconds' ? 1_000 : 1));
  return Number.isSafeInteger(at) ? at : undefined;
}
