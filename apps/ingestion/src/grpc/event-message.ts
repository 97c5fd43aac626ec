import { JsonError, scanJson, type JsonNode } from '#contracts';
import { Refused } from '#http-edge';
import { EventFaults } from '../accept/event-faults.ts';
import type { PublishedEvent } from '../accept/published-event.ts';

/** hyperhook.v1.Event; what was not sent is absent. */
export interface EventMessage {
  readonly id?: string;
  readonly type?: string;
  readonly occurred_at?: string;
  readonly data?: Uint8Array;
  readonly tenant?: string;
}

/** Beside `data`, of which most is made, an event is small. */
const ENVELOPE_BYTES = 128;

/** What an event holds in memory, about. */
export function bytesOf(message: EventMessage | undefined): number {
  return (message?.data?.length ?? 0) + ENVELOPE_BYTES;
}

/**
 * Reads an event message by the rules that hold for JSON, as far as protobuf has not kept them already. Pointers lead
 * from the event. Throws {@link Refused} with all that is wrong. `now`: epoch ms.
 */
export function eventOfMessage(message: EventMessage | undefined, now: number): PublishedEvent {
  const faults = new EventFaults();
  if (message === undefined)
    faults.add('', 'required', 'is required; send the event that is to be published');
  faults.throwAny();
  const { id = null, type = '', occurred_at: text, data, tenant } = message ?? {};
  const occurredAt = faults.time('occurred_at', text, now);
  if (type === '') faults.noType();
  faults.throwAny();
  return { tenant, input: { id, type, occurredAt, data: scanned(data) } };
}

/** The publisher's bytes, as they are (P7); none at all are an empty object. */
function scanned(data: Uint8Array | undefined): JsonNode | null {
  if (data === undefined || data.length === 0) return null;
  try {
    return scanJson(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { code, message } = error;
    const errors = [{ pointer: `/data${error.pointer}`, code, detail: message }];
    throw new Refused(code, message, { errors, cause: error });
  }
}
