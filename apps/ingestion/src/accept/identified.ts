import { Refused } from '#http-edge';
import type { PublishedEvent } from './published-event.ts';

/** The Idempotency-Key of a single event is its id where it brings none: ids do what the header is for (P10). */
export function identified(event: PublishedEvent, key: string | undefined): PublishedEvent {
  if (key === undefined || event.input.id !== null) return event;
  return { ...event, input: { ...event.input, id: key } };
}

/** One key cannot be the id of many. */
export function refuseKeyOfMany(key: string | undefined): void {
  if (key === undefined) return;
  const detail = 'a batch takes no "Idempotency-Key"; give each of its events an "id", which does the same';
  throw new Refused('invalid_header', detail);
}
