import { DELIVERY_ID_BYTES } from './delivery-id.ts';

/** What stands in the slot until a delivery's id does. */
export const EMPTY_SLOT = '0'.repeat(DELIVERY_ID_BYTES);

/**
 * The body of one delivery: a copy with its id in the slot; the body itself where it holds none (P7).
 * Throws RangeError where id or slot cannot be right.
 */
export function fillSlot(body: Uint8Array, slot: number | null, deliveryId: string): Uint8Array {
  if (slot === null) return body;
  if (deliveryId.length !== DELIVERY_ID_BYTES || slot < 0 || slot + DELIVERY_ID_BYTES > body.length) {
    throw new RangeError(`${deliveryId} does not fit into ${body.length} bytes at ${slot}`);
  }
  const filled = Buffer.from(body);
  filled.write(deliveryId, slot, 'latin1');
  return filled;
}
