import { fillSlot } from '#contracts';
import type { EventRecord } from '#log';

/** The bytes of an event as one delivery sends them: complete, its id in its place (P7). Made when they are asked for. */
export function eventBody({ body, slot }: EventRecord, deliveryId: string): () => Uint8Array {
  return slot === null ? () => body : () => fillSlot(body, slot, deliveryId);
}
