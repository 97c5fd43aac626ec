import { hash } from 'node:crypto';

/** Length of a UUID as text, in ASCII bytes: the slot that bodies leave for it (P7). */
export const DELIVERY_ID_BYTES = 36;

const VARIANTS = '89ab';

/**
 * The delivery's UUID: equal on every attempt of every chain, wherever and whenever it is asked for.
 * SHA-256, cut to 122 bits, in the form of a version 5 UUID: receivers' validators know that version,
 * and many in use do not know version 8 yet.
 */
export function deliveryIdOf(tenantId: string, eventId: string, endpointId: string): string {
  const hex = hash('sha256', JSON.stringify([tenantId, eventId, endpointId]), 'hex');
  // Version 5 and the variant take the place of six bits.
  const variant = VARIANTS[Number.parseInt(hex[16] ?? '0', 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
