import { createHash } from 'node:crypto';

/** Length of a UUID as text, in ASCII bytes: the slot that bodies leave for it (P7). */
export const DELIVERY_ID_BYTES = 36;

/**
 * The delivery's UUID: equal on every attempt of every chain, wherever and whenever it is asked for.
 * SHA-256, cut to 122 bits, in the form of a version 5 UUID: receivers' validators know that version,
 * and many in use do not know version 8 yet.
 */
export function deliveryIdOf(tenantId: string, eventId: string, endpointId: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([tenantId, eventId, endpointId]))
    .digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = digest.toString('hex', 0, 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
